/*
 * imagedump.c - prints what image_open() made of a file, for the tests to compare.
 *
 * Usage: imagedump WHAT FILE: funcs, taken, cfi, lines (of every row of a line table that
 * stdin names by address), notes, words ADDRESS on stdin, all (for hostile files: everything
 * once, to nowhere). Exit 2 and one line on stderr if the file is refused.
 */
#include "../../image.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void funcs(struct image *im)
{
	static const char *const origins[] = {"symbol", "notype", "cfi", "exidx", "entry", "plt", "call"};
	size_t i, n = im->nfuncs;
	unsigned k;

	for (i = 0; i < n; i++) {
		struct func *f = im->funcs[i], *to = image_through(im, f);

		printf("%08" PRIx64 " %08" PRIx64 " %s %s%s%s%s%s%s%s %s", f->start, f->end, f->mode == MODE_THUMB ? "t" : "a", origins[f->origin],
			f->flags & FN_ENTRY ? " entry" : "", f->flags & FN_TAKEN ? " taken" : "", f->flags & FN_IFUNC ? " ifunc" : "",
			f->flags & FN_PLT ? " plt" : "", f->flags & FN_EXTERNAL ? " external" : "", f->flags & FN_INNER ? " inner" : "", f->name);
		for (k = 0; k < f->naliases; k++)
			printf(",%s", f->alias[k]);
		if (to != f)
			printf(" -> %s", to->name);
		if (f->whole != NULL)
			printf(" part of %s", f->whole->name);
		printf("\n");
	}
}

static void cfi(struct image *im)
{
	size_t i, k, n;

	for (i = 0; i < im->elf->exec.n; i++) {
		struct cfirow *rows = image_cfi(im, im->elf->exec.r[i].lo, im->elf->exec.r[i].hi, &n);

		for (k = 0; k < n; k++)
			printf("%08" PRIx64 " %d %" PRId64 "\n", rows[k].pc, rows[k].reg, rows[k].reg < 0 ? 0 : rows[k].off);
		free(rows);
	}
}

/* The code, as lo-hi pairs for the oracle. */
static void code(struct image *im)
{
	size_t i;

	for (i = 0; i < im->elf->exec.n; i++)
		printf("%" PRIx64 " %" PRIx64 "\n", im->elf->exec.r[i].lo, im->elf->exec.r[i].hi);
}

static void lines(struct image *im)
{
	unsigned long long a;

	while (scanf("%llx", &a) == 1) {
		int line = 0;
		const char *file = image_line(im, a, &line);

		printf("%llx %s:%d\n", a, file != NULL ? file : "?", line);
	}
}

static void notes(struct image *im)
{
	size_t i;

	printf("limit %" PRId64 " small %" PRId64 "\n", im->limit, im->small);
	for (i = 0; i < im->nfuncs; i++)
		if (im->funcs[i]->kind != FUNC_UNKNOWN || im->funcs[i]->flags & (FN_ROOT | FN_ENTER | FN_LEAVE) || im->funcs[i]->limit != 0)
			printf("%s kind %d flags %d limit %" PRId64 "\n", im->funcs[i]->name, im->funcs[i]->kind,
				im->funcs[i]->flags & (FN_ROOT | FN_ENTER | FN_LEAVE), im->funcs[i]->limit);
	for (i = 0; i < im->nspots; i++)
		printf("%" PRIx64 " spot %d %" PRIx64 " %" PRId64 "\n", im->spots[i].where, im->spots[i].kind, im->spots[i].what, im->spots[i].value);
}

/* Every question once, also odd ones: nothing may be read outside. */
static void all(struct image *im)
{
	size_t i, k, n, count = im->nfuncs;
	unsigned long sum = 0;
	uint64_t v;
	int line;

	for (i = 0; i < count; i++) {
		struct func *f = im->funcs[i];
		struct cfirow *rows = image_cfi(im, f->start, f->end, &n);
		const uint8_t *p;

		for (k = 0; k < n; k++)
			sum += (unsigned long)rows[k].off;
		free(rows);
		p = image_bytes(im, f->start, &n);
		for (k = 0; p != NULL && k < n && k < 64; k++)
			sum += p[k];
		sum += image_line(im, f->start, &line) != NULL;
		sum += image_line(im, f->end - 1, &line) != NULL;
		sum += (unsigned)image_mode(im, f->start + 4);
		sum += image_word(im, f->start - 3, 4, true, &v);
		sum += image_readonly(im, f->start);
		sum += image_named(im, f->name) == f;
		sum += image_func(im, f->end) == f;
		image_through(im, f);
		image_add(im, f->start + (f->end - f->start) / 2 / 4 * 4, (int)(i & 1), FROM_CALL);
	}
	for (i = 0; i < im->elf->nrelocs; i++) {
		sum += image_slot(im, im->elf->relocs[i].where) != NULL;
		sum += image_word(im, im->elf->relocs[i].where - 1, 8, true, &v);
		sum += image_word(im, im->elf->relocs[i].where, im->arch->ptrsize, true, &v);
	}
	image_seal(im);
	for (i = 1; i < im->nfuncs; i++)
		if (im->funcs[i]->start < im->funcs[i - 1]->start ||
			(im->funcs[i]->start < im->funcs[i - 1]->end && !(im->funcs[i]->flags & FN_INNER) && !(im->funcs[i - 1]->flags & FN_INNER)))
			fatal("functions %s and %s are out of order", im->funcs[i - 1]->name, im->funcs[i]->name);
	printf("%zu functions, sum %lx\n", im->nfuncs, sum);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*print)(struct image *);
	} whats[] = {{"funcs", funcs}, {"cfi", cfi}, {"code", code}, {"lines", lines}, {"notes", notes}, {"all", all}};
	char err[256];
	struct image *im;
	size_t i;

	if (argc != 3)
		fatal("usage: imagedump funcs|code|cfi|lines|notes|all FILE");
	im = image_open(argv[2], NULL, 0, err);
	if (im == NULL)
		fatal("%s: %s", argv[2], err);
	for (i = 0; i < nelem(whats); i++)
		if (strcmp(argv[1], whats[i].name) == 0)
			whats[i].print(im);
	image_close(im);
	return 0;
}
