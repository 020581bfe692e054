/* image FORMAT ELF IMAGE. Exit status 2, and a line that says why, if it cannot be made. */
#include "image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

_Noreturn void fail(const char *path, const char *why)
{
	fprintf(stderr, "image: %s: %s\n", path, why);
	exit(2);
}

void put(struct out *o, const void *p, size_t n)
{
	if (o->room - o->n < n && !(o->bytes = realloc(o->bytes, o->room = 2 * o->room + n)))
		fail("image", "no memory");
	if (n > 0)
		memcpy(o->bytes + o->n, p, n);
	o->n += n;
}

void putbig(struct out *o, uint64_t v, unsigned width)
{
	for (unsigned i = width; i-- > 0;)
		put(o, &(unsigned char){ (unsigned char)(v >> 8 * i) }, 1);
}

void putlittle(struct out *o, uint64_t v, unsigned width)
{
	for (unsigned i = 0; i < width; i++)
		put(o, &(unsigned char){ (unsigned char)(v >> 8 * i) }, 1);
}

void fill(struct out *o, size_t upto)
{
	static const unsigned char zero;

	while (o->n < upto)
		put(o, &zero, 1);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*write)(const struct elf *e, struct out *o);
	} formats[] = { { "plan9", plan9 }, { "darwin", darwin } };
	struct out o = { 0 };
	struct elf e;
	FILE *f;

	if (argc != 4)
		fail("usage", "image FORMAT ELF IMAGE");
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (strcmp(argv[1], formats[i].name) != 0)
			continue;
		readelf(&e, argv[2]);
		formats[i].write(&e, &o);
		f = fopen(argv[3], "wb");
		if (!f || fwrite(o.bytes, 1, o.n, f) != o.n || fclose(f) != 0 || chmod(argv[3], 0755) != 0)
			fail(argv[3], "cannot be written");
		return 0;
	}
	fail(argv[1], "no such format");
}
