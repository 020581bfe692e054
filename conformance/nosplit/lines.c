/*
 * lines.c - from an instruction to file and line.
 *
 * Depends on elf.c, and on linetable.c and linefile.c, which read DWARF 2 to 5. The first question walks every line program once and keeps where its
 * sequences lie; a sequence is expanded when somebody asks for an address in it, and the
 * last one is kept. Units need no debugging entry: assembly is found as C is. What is malformed has no lines; nothing here fails.
 */
#include "lines.h"

#include <stdlib.h>
#include <string.h>

struct sequence {
	addr lo, hi;
	size_t unit;
	const uint8_t *start; /* of its program */
};

struct row {
	addr where;
	unsigned file;
	unsigned line;
};

struct filename {
	size_t unit;
	unsigned file;
	const char *name; /* nil: there is none */
};

struct lines {
	struct line_strings strings;
	struct unit *units;
	size_t nunits, capunits;
	struct sequence *seqs;
	size_t nseqs, capseqs;
	struct row *rows; /* of sequence current */
	size_t nrows, caprows, current;
	struct filename *names; /* sorted by unit and file */
	size_t nnames, capnames;
};

static const struct state fresh = {.file = 1, .line = 1};

/* Where the sequences of the last unit lie. */
static void find_sequences(const struct image *im, struct lines *l)
{
	const struct unit *u = &l->units[l->nunits - 1];
	struct reader r = u->program;
	struct sequence q = {.unit = l->nunits - 1, .lo = UINT64_MAX, .start = r.p};
	struct state s = fresh;

	while (rd_left(&r) > 0) {
		if (!line_step(u, &r, &s) || r.bad)
			continue;
		if (s.where < q.lo)
			q.lo = s.where;
		if (!s.end)
			continue;
		q.hi = s.where;
		if (q.lo < q.hi && image_executable(im, q.lo)) {
			l->seqs = mem_grow(l->seqs, l->nseqs, &l->capseqs, sizeof *l->seqs);
			l->seqs[l->nseqs++] = q;
		}
		q.lo = UINT64_MAX;
		q.start = r.p;
		s = fresh;
	}
}

static int by_lo(const void *x, const void *y)
{
	const struct sequence *a = x, *b = y;

	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	return a->start < b->start ? -1 : a->start > b->start;
}

static struct section *section(const struct image *im, const char *name)
{
	struct section *s = (struct section *)elf_section(im, name);

	return s != NULL && elf_inflate((struct image *)im, s) ? s : NULL;
}

static struct lines *read_lines(const struct image *im)
{
	struct lines *l = mem_alloc(sizeof *l);
	const struct section *s = section(im, ".debug_line");
	struct reader r;

	l->current = SIZE_MAX;
	l->strings.im = im;
	if (s == NULL)
		return l;
	l->strings.str = section(im, ".debug_str");
	l->strings.linestr = section(im, ".debug_line_str");
	for (r = elf_reader(im, s); rd_left(&r) > 0;) {
		struct unit u;

		if (!line_unit(&r, &u))
			continue;
		l->units = mem_grow(l->units, l->nunits, &l->capunits, sizeof *l->units);
		l->units[l->nunits++] = u;
		find_sequences(im, l);
	}
	if (l->nseqs > 0)
		qsort(l->seqs, l->nseqs, sizeof *l->seqs, by_lo);
	return l;
}

static int by_row(const void *x, const void *y)
{
	const struct row *a = x, *b = y;

	return a->where < b->where ? -1 : a->where > b->where;
}

static void expand(struct lines *l, size_t i)
{
	const struct unit *u = &l->units[l->seqs[i].unit];
	struct reader r = u->program;
	struct state s = fresh;
	bool sorted = true;

	if (l->current == i)
		return;
	l->current = i;
	l->nrows = 0;
	r.p = l->seqs[i].start;
	while (rd_left(&r) > 0 && !s.end) {
		if (!line_step(u, &r, &s) || s.end)
			continue;
		l->rows = mem_grow(l->rows, l->nrows, &l->caprows, sizeof *l->rows);
		l->rows[l->nrows] = (struct row){s.where, s.file, s.line};
		sorted &= l->nrows == 0 || l->rows[l->nrows - 1].where <= s.where;
		l->nrows++;
	}
	if (!sorted)
		qsort(l->rows, l->nrows, sizeof *l->rows, by_row);
}

static const char *file_name(const struct image *im, struct lines *l, size_t unit, unsigned file)
{
	size_t lo = 0, hi = l->nnames;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct filename *n = &l->names[mid];

		if (n->unit < unit || (n->unit == unit && n->file < file))
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == l->nnames || l->names[lo].unit != unit || l->names[lo].file != file) {
		l->names = mem_grow(l->names, l->nnames, &l->capnames, sizeof *l->names);
		memmove(l->names + lo + 1, l->names + lo, (l->nnames - lo) * sizeof *l->names);
		l->names[lo] = (struct filename){unit, file, line_file((struct image *)im, &l->strings, &l->units[unit], file)};
		l->nnames++;
	}
	return l->names[lo].name;
}

const char *lines_find(const struct image *im, addr a, int *line)
{
	struct lines *l = im->elf->lines;
	size_t lo = 0, hi;

	if (l == NULL)
		l = im->elf->lines = read_lines(im);
	for (hi = l->nseqs; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;

		if (l->seqs[mid].lo <= a)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0 || a >= l->seqs[lo - 1].hi)
		return NULL;
	expand(l, lo - 1);
	for (hi = l->nrows, lo = 0; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;

		if (l->rows[mid].where <= a)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* Line 0 is what no line asked for: the one before it is nearest. */
	while (lo > 0 && (l->rows[lo - 1].line == 0 || l->rows[lo - 1].line > INT32_MAX))
		lo--;
	if (lo == 0)
		return NULL;
	*line = (int)l->rows[lo - 1].line;
	return file_name(im, l, l->seqs[l->current].unit, l->rows[lo - 1].file);
}

void lines_free(struct lines *l)
{
	if (l == NULL)
		return;
	free(l->units);
	free(l->seqs);
	free(l->rows);
	free(l->names);
	free(l);
}
