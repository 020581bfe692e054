/*
 * corrupt.c - a good file made bad in every way that one number can.
 *
 * Usage: corrupt FILE [SECONDS]. Cuts it off at many lengths; gives every 32-bit and every
 * 16-bit field of headers, tables and unwind data odd values; then random damage for SECONDS
 * (default 5). Each result must open or be refused with one line; a sanitizer does the rest.
 * Prints how many were refused, and on -v each line once.
 */
#include "probe.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint8_t *good, *bad;
static size_t size;
static unsigned long opened, refused;
static bool verbose;

static void try(size_t n)
{
	static char last[256];
	char err[256];

	if (probe_bytes(bad, n, err)) {
		opened++;
	} else {
		refused++;
		if (verbose && strcmp(err, last) != 0)
			puts(strcpy(last, err));
	}
}

static void cut(void)
{
	size_t n, step = 1 + size / 3000;

	memcpy(bad, good, size);
	for (n = 0; n < size; n += n < 200 ? 1 : step)
		try(n);
}

static void fields(size_t off, size_t n)
{
	uint32_t values[] = {0, 1, 2, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff, (uint32_t)size, (uint32_t)size - 1, 0, 0, 0, 0};
	size_t at, i;

	if (off > size || n > size - off)
		return;
	for (at = off; at + 4 <= off + n; at += 2) {
		uint32_t old;

		memcpy(&old, good + at, 4);
		values[11] = old + 1;
		values[12] = old - 1;
		values[13] = old ^ 0x80;
		values[14] = old << 1;
		for (i = 0; i < nelem(values); i++) {
			memcpy(bad + at, &values[i], at % 4 ? 2 : 4);
			try(size);
			memcpy(bad + at, good + at, 4);
		}
	}
}

static bool interesting(const struct section *s)
{
	static const char *const names[] = {".eh_frame", ".eh_frame_hdr", ".debug_frame", ".debug_line", ".nosplit", ".ARM.exidx", ".init_array", ".plt"};
	size_t i;

	for (i = 0; i < nelem(names); i++)
		if (strcmp(s->name, names[i]) == 0)
			return true;
	return s->type == SHT_SYMTAB || s->type == SHT_DYNSYM || s->type == SHT_REL || s->type == SHT_RELA || s->type == SHT_DYNAMIC;
}

static void damage(double seconds)
{
	clock_t end = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);

	while (clock() < end) {
		unsigned k = 1 + (unsigned)rand() % 8;

		while (k-- > 0) {
			size_t at = (size_t)rand() % size, from = (size_t)rand() % size, n = 1 + (size_t)rand() % 8;

			if (n > size - at)
				n = size - at;
			if (n > size - from)
				n = size - from;
			if (rand() % 2)
				memcpy(bad + at, good + from, n);
			else
				bad[at] = (uint8_t)rand();
		}
		try(size);
		if (rand() % 4 == 0)
			memcpy(bad, good, size);
	}
}

int main(int argc, char **argv)
{
	const char *path = argc > 1 ? argv[1] : "";
	struct image *im;
	FILE *f = fopen(path, "rb");
	char err[256];
	size_t i;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0)
		fatal("usage: corrupt FILE [SECONDS [-v]]");
	size = (size_t)ftell(f);
	rewind(f);
	good = mem_alloc(size);
	bad = mem_alloc(size);
	verbose = argc > 3;
	if (fread(good, 1, size, f) != size)
		fatal("%s: cannot read it", path);
	fclose(f);
	im = image_open(path, good, size, err);
	if (im == NULL)
		fatal("%s: %s", path, err);
	cut();
	memcpy(bad, good, size);
	fields(0, 64 + 56 * 16); /* the ELF header and what mostly follows it */
	for (i = 1; i < im->elf->nsecs; i++)
		if (interesting(&im->elf->secs[i]))
			fields(im->elf->secs[i].off, im->elf->secs[i].size);
	fields(word_at(good + (im->elf->is64 ? 40 : 32), im->elf->is64 ? 8 : 4, im->bigendian), im->elf->nsecs * (im->elf->is64 ? 64 : 40));
	image_close(im);
	damage(argc > 2 ? atof(argv[2]) : 5);
	printf("%s: %lu refused with a line, %lu opened\n", path, refused, opened);
	free(good);
	free(bad);
	return 0;
}
