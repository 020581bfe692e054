/*
 * imagedump.c - prints what image_open() made of a file, for the tests to compare.
 *
 * Usage: imagedump WHAT FILE: funcs, code (as lo-hi pairs), cfi, lines (of the addresses on
 * stdin), notes, all (everything once, summed up); elfutils-cfi, -funcs, -lines: what libelf and
 * libdw say (cfi and lines: of the addresses on stdin). Exit 2 and one line on stderr if the file is
 * refused.
 */
#include "elfutils.h"
#include "probe.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void funcs(struct image *im)
{
	static const char *const origins[] = {"symbol", "notype", "cfi", "exidx", "entry", "plt", "call"};
	size_t i;
	unsigned k;

	for (i = 0; i < im->nfuncs; i++) /* may find more */
		image_through(im, im->funcs[i]);
	for (i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i], *to = image_through(im, f);

		printf("%08" PRIx64 " %08" PRIx64 " %s %s%s%s%s%s%s%s %s", f->start, f->end, f->mode == MODE_THUMB ? "t" : "a", origins[f->origin],
			f->flags & FN_ENTRY ? " entry" : "", f->flags & FN_TAKEN ? " taken" : "", f->flags & FN_IFUNC ? " ifunc" : "",
			f->flags & FN_PLT ? " plt" : "", f->flags & FN_EXTERNAL ? " external" : "", f->flags & FN_INNER ? " inner" : "", f->name);
		for (k = 0; k < f->naliases; k++)
			printf(",%s", f->alias[k]);
		if (to != f)
			printf(" -> %s", to->name);
		if (image_resolver(im, f) != NULL)
			printf(" by %s", image_resolver(im, f)->name);
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

static void all(struct image *im)
{
	printf("%lx\n", probe(im));
	printf("%zu functions\n", im->nfuncs);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*print)(struct image *);
	} whats[] = {{"funcs", funcs}, {"cfi", cfi}, {"code", code}, {"lines", lines}, {"notes", notes}, {"all", all},
		{"elfutils-cfi", elfutils_cfi}, {"elfutils-funcs", elfutils_funcs}, {"elfutils-lines", elfutils_lines}};
	char err[256];
	struct image *im;
	size_t i;

	if (argc != 3)
		fatal("usage: imagedump funcs|code|cfi|lines|notes|all|elfutils-cfi|elfutils-funcs|elfutils-lines FILE");
	im = image_open(argv[2], NULL, 0, err);
	if (im == NULL)
		fatal("%s: %s", argv[2], err);
	for (i = 0; i < nelem(whats); i++)
		if (strcmp(argv[1], whats[i].name) == 0)
			whats[i].print(im);
	image_close(im);
	return 0;
}
