/*
 * lines.c - from an instruction to file and line: DWARF line tables, version 2 to 5.
 *
 * Depends on elf.c. The first question walks every line program once and keeps where its
 * sequences lie; a sequence is expanded when somebody asks for an address in it, and the
 * last one is kept. Units need no debugging entry: assembly is found as C is. File names are
 * as the compiler was given them: one in the compilation directory comes without it.
 * What is malformed has no lines; nothing here fails.
 */
#include "image.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PATH = 4096 };

struct unit {
	struct reader program; /* at its first opcode */
	struct reader tables;  /* at the directories */
	unsigned version;
	uint8_t mininsn, linerange, opcodebase;
	bool dwarf64;
	int8_t linebase;
	const uint8_t *lengths; /* of standard opcodes */
};

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
	const struct section *str, *linestr;
	struct unit *units;
	size_t nunits, capunits;
	struct sequence *seqs;
	size_t nseqs, capseqs;
	struct row *rows; /* of sequence current */
	size_t nrows, caprows, current;
	struct filename *names; /* sorted by unit and file */
	size_t nnames, capnames;
};

static bool read_unit(struct reader *r, struct unit *u)
{
	struct reader b;
	uint64_t n = rd(r, 4), header;

	*u = (struct unit){0};
	if (n == 0xffffffff) {
		n = rd(r, 8);
		u->dwarf64 = true;
	}
	if (r->bad || n > rd_left(r)) {
		r->p = r->end;
		return false;
	}
	b = *r;
	b.end = r->p + n;
	r->p = b.end;
	u->version = (unsigned)rd(&b, 2);
	if (u->version < 2 || u->version > 5)
		return false;
	if (u->version == 5) {
		b.wordsize = (uint8_t)rd(&b, 1);
		if (rd(&b, 1) != 0 || (b.wordsize != 4 && b.wordsize != 8))
			return false;
	}
	header = rd(&b, u->dwarf64 ? 8 : 4);
	if (header > rd_left(&b))
		return false;
	u->program = b;
	u->program.p += header;
	b.end = u->program.p;
	u->mininsn = (uint8_t)rd(&b, 1);
	if (u->version >= 4)
		rd(&b, 1); /* operations in a VLIW instruction */
	rd(&b, 1);	   /* default_is_stmt */
	u->linebase = (int8_t)rd(&b, 1);
	u->linerange = (uint8_t)rd(&b, 1);
	u->opcodebase = (uint8_t)rd(&b, 1);
	if (u->opcodebase == 0 || u->linerange == 0)
		return false;
	u->lengths = b.p;
	rd_skip(&b, u->opcodebase - 1u);
	u->tables = b;
	return !b.bad;
}

struct state {
	addr where;
	unsigned file, line;
	bool end;
};

/* Runs one instruction; true: *s is a row now. */
static bool step(const struct unit *u, struct reader *r, struct state *s)
{
	unsigned op = (unsigned)rd(r, 1), i;
	const uint8_t *next;
	uint64_t n;

	if (op >= u->opcodebase) {
		op -= u->opcodebase;
		s->where += (uint64_t)(op / u->linerange) * u->mininsn;
		s->line += (unsigned)(u->linebase + (int)(op % u->linerange));
		return true;
	}
	switch (op) {
	case 0: /* extended */
		n = rd_uleb(r);
		if (n == 0 || n > rd_left(r)) {
			r->bad |= n != 0;
			return false;
		}
		next = r->p + n;
		op = (unsigned)rd(r, 1);
		if (op == 2 && (n == 5 || n == 9))
			s->where = rd(r, (unsigned)n - 1);
		s->end = op == 1;
		r->p = next;
		return s->end;
	case 1: return true; /* copy */
	case 2: s->where += rd_uleb(r) * u->mininsn; return false;
	case 3: s->line += (unsigned)rd_sleb(r); return false;
	case 4: s->file = (unsigned)rd_uleb(r); return false;
	case 5: rd_uleb(r); return false; /* column */
	case 6:
	case 7:
	case 10:
	case 11: return false; /* negate_stmt, basic_block, prologue_end, epilogue_begin */
	case 8: s->where += (uint64_t)((255u - u->opcodebase) / u->linerange) * u->mininsn; return false;
	case 9: s->where += rd(r, 2); return false;
	default:
		for (i = u->lengths[op - 1]; i > 0; i--)
			rd_uleb(r);
		return false;
	}
}

static const struct state fresh = {.file = 1, .line = 1};

/* Where the sequences of the last unit lie. */
static void find_sequences(const struct image *im, struct lines *l)
{
	const struct unit *u = &l->units[l->nunits - 1];
	struct reader r = u->program;
	struct sequence q = {.unit = l->nunits - 1, .lo = UINT64_MAX, .start = r.p};
	struct state s = fresh;

	while (rd_left(&r) > 0) {
		if (!step(u, &r, &s) || r.bad)
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
	if (s == NULL)
		return l;
	l->str = section(im, ".debug_str");
	l->linestr = section(im, ".debug_line_str");
	for (r = elf_reader(im, s); rd_left(&r) > 0;) {
		struct unit u;

		if (!read_unit(&r, &u))
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
		if (!step(u, &r, &s) || s.end)
			continue;
		l->rows = mem_grow(l->rows, l->nrows, &l->caprows, sizeof *l->rows);
		l->rows[l->nrows] = (struct row){s.where, s.file, s.line};
		sorted &= l->nrows == 0 || l->rows[l->nrows - 1].where <= s.where;
		l->nrows++;
	}
	if (!sorted)
		qsort(l->rows, l->nrows, sizeof *l->rows, by_row);
}

/* A string as form says, or nil; *number for the forms that are numbers. */
static bool read_form(const struct image *im, const struct unit *u, struct reader *r, uint64_t form, const char **s, uint64_t *number)
{
	const struct section *strings = NULL;
	struct reader at;
	uint64_t off;

	switch (form) {
	case 0x08: *s = rd_string(r); break; /* string */
	case 0x0e: /* strp */
	case 0x1f: /* line_strp */
		off = rd(r, u->dwarf64 ? 8 : 4);
		strings = form == 0x0e ? im->elf->lines->str : im->elf->lines->linestr;
		if (strings == NULL)
			break;
		at = elf_reader(im, strings);
		rd_skip(&at, off);
		*s = rd_string(&at);
		break;
	case 0x0b: *number = rd(r, 1); break; /* data1 */
	case 0x05: *number = rd(r, 2); break; /* data2 */
	case 0x06: *number = rd(r, 4); break; /* data4 */
	case 0x07: *number = rd(r, 8); break; /* data8 */
	case 0x0f: *number = rd_uleb(r); break; /* udata */
	case 0x1e: rd_skip(r, 16); break; /* data16: MD5 */
	case 0x09: rd_skip(r, rd_uleb(r)); break; /* block */
	default: return false;
	}
	return !r->bad;
}

struct entry {
	const char *name;
	uint64_t dir;
};

/* Entry number want of the table at r, version 5; r is left behind the table. */
static bool entry5(const struct image *im, const struct unit *u, struct reader *r, uint64_t want, struct entry *out)
{
	unsigned nformats = (unsigned)rd(r, 1), k;
	struct reader formats = *r;
	uint64_t i, n;

	for (k = 0; k < nformats; k++) {
		rd_uleb(r);
		rd_uleb(r);
	}
	n = rd_uleb(r);
	if (nformats == 0)
		return n == 0 && !r->bad;
	for (i = 0; i < n && !r->bad; i++) {
		struct entry e = {"", 0};
		struct reader f = formats;

		for (k = 0; k < nformats; k++) {
			uint64_t type = rd_uleb(&f), form = rd_uleb(&f), number = 0;
			const char *s = "";

			if (!read_form(im, u, r, form, &s, &number))
				return false;
			if (type == 1)
				e.name = s;
			if (type == 2)
				e.dir = number;
		}
		if (i == want)
			*out = e;
	}
	return !r->bad;
}

static struct entry find5(const struct image *im, const struct unit *u, unsigned file, const char **dir)
{
	struct reader r = u->tables, again = u->tables;
	struct entry e = {NULL, 0}, d = {"", 0};

	*dir = "";
	if (!entry5(im, u, &r, UINT64_MAX, &d) || !entry5(im, u, &r, file, &e) || e.name == NULL)
		return (struct entry){NULL, 0};
	if (e.dir != 0 && entry5(im, u, &again, e.dir, &d) && d.name != NULL)
		*dir = d.name;
	return e;
}

static struct entry find2(const struct unit *u, unsigned file, const char **dir)
{
	struct reader r = u->tables, dirs = u->tables;
	struct entry e = {NULL, 0};
	uint64_t i;

	*dir = "";
	while (*rd_string(&r) != 0)
		;
	for (i = 1; !r.bad; i++) {
		e.name = rd_string(&r);
		if (*e.name == 0)
			return (struct entry){NULL, 0};
		e.dir = rd_uleb(&r);
		rd_uleb(&r);
		rd_uleb(&r);
		if (i == file)
			break;
	}
	if (r.bad)
		return (struct entry){NULL, 0};
	for (i = 1; i <= e.dir; i++) {
		const char *s = rd_string(&dirs);

		if (*s == 0)
			break;
		if (i == e.dir)
			*dir = s;
	}
	return e;
}

static const char *make_name(const struct image *im, const struct unit *u, unsigned file)
{
	const char *dir;
	struct entry e = u->version >= 5 ? find5(im, u, file, &dir) : find2(u, file, &dir);

	if (e.name == NULL || *e.name == 0 || strnlen(e.name, MAX_PATH) == MAX_PATH || strnlen(dir, MAX_PATH) == MAX_PATH)
		return NULL;
	if (*dir == 0 || *e.name == '/')
		return e.name;
	return image_keep((struct image *)im, mem_fmt("%s/%s", dir, e.name));
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
		l->names[lo] = (struct filename){unit, file, make_name(im, &l->units[unit], file)};
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
