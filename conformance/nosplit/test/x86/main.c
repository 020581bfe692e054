/*
 * main.c - test of the x86 decoders.
 *	x86 cases amd64|386 CASES BINARY	ops of each case against those that the file says
 *	x86 sweep amd64|386 BINARY ADDRESS	straight through; on standard input what objdump -d says
 *	x86 trace amd64|386 BINARY ADDRESS	a run; on standard input its log by qemu-user
 *	x86 random amd64|386 SEED BYTES		the fast decoder against Zydis on random bytes
 *	x86 speed amd64|386 BINARY		decodes for a second
 *
 * BINARY is flat. Exit 0: all agreed; 1: they did not, and standard output tells where.
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

uint8_t *slurp(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	uint8_t *p = NULL;
	size_t cap = 0;
	int c;

	if (f == NULL)
		fatal("%s: cannot be opened", path);
	*n = 0;
	while ((c = getc(f)) != EOF) {
		p = mem_grow(p, *n, &cap, 1);
		p[(*n)++] = (uint8_t)c;
	}
	fclose(f);
	return p;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int speed(const struct arch *a, const char *path)
{
	struct decoder *d = a->open(a, false);
	size_t n, i, bytes = 0, insns = 0;
	uint8_t *p = slurp(path, &n);
	double start = now(), took;
	struct insn in;

	do {
		for (i = 0; i < n; i += a->decode(d, i, p + i, n - i, MODE_PLAIN, &in) ? in.len : 1)
			insns++;
		bytes += n;
		took = now() - start;
	} while (took < 1);
	printf("%.1f MB/s, %.1f million instructions/s\n", (double)bytes / took / 1e6, (double)insns / took / 1e6);
	free(p);
	a->close(d);
	return 0;
}

int main(int argc, char **argv)
{
	const struct arch *a = NULL;

	if (argc > 2)
		a = strcmp(argv[2], "amd64") == 0 ? &arch_amd64 : strcmp(argv[2], "386") == 0 ? &arch_386 : NULL;
	if (a != NULL && argc == 5 && strcmp(argv[1], "cases") == 0)
		return cases(a, argv[3], argv[4]);
	if (a != NULL && argc == 5 && strcmp(argv[1], "sweep") == 0)
		return sweep(a, argv[3], strtoull(argv[4], NULL, 16));
	if (a != NULL && argc == 5 && strcmp(argv[1], "trace") == 0)
		return trace(a, argv[3], strtoull(argv[4], NULL, 16));
	if (a != NULL && argc == 5 && strcmp(argv[1], "random") == 0)
		return random_bytes(a, (unsigned)atoi(argv[3]), strtoull(argv[4], NULL, 10));
	if (a != NULL && argc == 4 && strcmp(argv[1], "speed") == 0)
		return speed(a, argv[3]);
	fprintf(stderr, "usage: see main.c\n");
	return 2;
}
