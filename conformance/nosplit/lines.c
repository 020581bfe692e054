/*
 * lines.c - from an instruction to file and line.
 *
 * Depends on elf.c and libdw, which reads the line tables (DWARF 2 to 5). The first question
 * reads all of them into one table, sorted by address. Units need no debugging entry: assembly
 * is found as C is, and names are as the compiler was given them: one in the compilation
 * directory comes without it. What is malformed has no lines; nothing here fails.
 *
 * libdw (0.188) reads outside the section if the header of a unit goes behind its end; it joins
 * every file name to its directory, so that 1 MB may ask for 100 GB of names; and each byte of
 * a program may be a row of 100 bytes. sane() leaves such units out. A name in .debug_str is
 * not found (see dwarf.c); compilers put them into .debug_line_str.
 */
#include "image.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_PATH = 4096,
	MIN_HEADER = 18,      /* bytes behind its length: libdw looks that far, whatever it says */
	MAX_UNIT = 2 << 20,   /* bytes */
	MAX_ROWS = 6 << 20,   /* of all units; those behind have no lines */
	MAX_NAMES = 400 << 20, /* bytes of all names, if each file were the longest in the longest directory */
};

struct row {
	addr where;
	const char *file;
	int line;
	unsigned order : 31, end : 1; /* end: where a sequence ends, no line any more */
};

struct lines {
	Dwarf *dwarf; /* holds the names; of the image */
	struct row *rows;
	size_t nrows, caprows;
	size_t longest; /* string in .debug_line_str */
	size_t names;	/* bytes, at most */
};

/* The longest run of bytes without a NUL. */
static size_t longest(const uint8_t *p, size_t n)
{
	const uint8_t *nul;
	size_t max = 0;

	for (; n > 0; n -= (size_t)(nul - p), p = nul) {
		while (n > 0 && *p == 0)
			p++, n--;
		nul = n > 0 ? memchr(p, 0, n) : p;
		if (nul == NULL)
			nul = p + n;
		if ((size_t)(nul - p) > max)
			max = (size_t)(nul - p);
	}
	return max;
}

/* Whether libdw may read the unit at r, which is left behind it. */
static bool sane(struct lines *l, struct reader *r)
{
	uint64_t n = rd(r, 4), header, files;
	struct reader u;
	unsigned word = 4;
	size_t name, i;

	if (n == 0xffffffff) {
		n = rd(r, 8);
		word = 8;
	}
	u = *r;
	rd_skip(r, n);
	if (r->bad || n > MAX_UNIT)
		return false;
	u.end = r->p;
	if (rd(&u, 2) >= 5)
		rd(&u, 2); /* size of addresses and of segment selectors */
	header = rd(&u, word);
	if (u.bad || header < MIN_HEADER || header > rd_left(&u))
		return false;
	files = header / 2;
	for (i = header; i + 2 < rd_left(&u); i++) /* what may be DW_LNE_define_file */
		files += u.p[i] == 0 && u.p[i + 2] == 3;
	name = longest(u.p, header);
	if (name < l->longest)
		name = l->longest;
	if (files * 2 * (name + 1) > MAX_NAMES - l->names)
		return false;
	l->names += files * 2 * (name + 1);
	return true;
}

/* The name as the compiler was given it; nil: none, or none that anybody wants to see. */
static const char *file_name(Dwarf_Line *line, const char *dir)
{
	const char *name = dwarf_linesrc(line, NULL, NULL);
	size_t n = dir != NULL ? strlen(dir) : 0;

	if (name == NULL || strcmp(name, "???") == 0)
		return NULL;
	return n > 0 && strncmp(name, dir, n) == 0 && name[n] == '/' ? name + n + 1 : name;
}

static void read_unit(const struct image *im, struct lines *l, Dwarf_Off off)
{
	const char *const *dirs = NULL, *last = NULL, *file = NULL;
	Dwarf_Files *files;
	Dwarf_Lines *table;
	Dwarf_CU *cu = NULL;
	Dwarf_Off next;
	size_t n, i, ndirs;

	if (dwarf_next_lines(l->dwarf, off, &next, &cu, &files, NULL, &table, &n) != 0)
		return;
	if (dwarf_getsrcdirs(files, &dirs, &ndirs) != 0 || ndirs == 0)
		dirs = NULL;
	for (i = 0; i < n && l->nrows < MAX_ROWS; i++) {
		Dwarf_Line *line = dwarf_onesrcline(table, i);
		const char *name = dwarf_linesrc(line, NULL, NULL);
		struct row row = {.order = (unsigned)l->nrows};
		bool end = false;

		dwarf_lineaddr(line, &row.where);
		dwarf_lineno(line, &row.line);
		dwarf_lineendsequence(line, &end);
		/* Not in code: of a function that the linker threw away. */
		if (!image_executable(im, row.where - end))
			continue;
		if (name != last || i == 0)
			file = file_name(line, dirs != NULL ? dirs[0] : NULL);
		last = name;
		row.file = file;
		row.end = end;
		l->rows = mem_grow(l->rows, l->nrows, &l->caprows, sizeof *l->rows);
		l->rows[l->nrows++] = row;
	}
}

static int by_where(const void *x, const void *y)
{
	const struct row *a = x, *b = y;

	if (a->where != b->where)
		return a->where < b->where ? -1 : 1;
	if (a->end != b->end)
		return a->end ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static struct lines *read_lines(const struct image *im)
{
	struct lines *l = mem_alloc(sizeof *l);
	const struct section *s = elf_section(im, ".debug_line"), *strings = elf_section(im, ".debug_line_str");
	struct reader r;

	if (s == NULL)
		return l;
	l->dwarf = elf_dwarf(im->elf);
	if (l->dwarf == NULL)
		return l;
	if (strings != NULL)
		l->longest = longest(strings->data, strings->size);
	for (r = elf_reader(im, s); rd_left(&r) > 0;) {
		Dwarf_Off off = (Dwarf_Off)(r.p - s->data);

		if (sane(l, &r))
			read_unit(im, l, off);
	}
	if (l->nrows > 0)
		qsort(l->rows, l->nrows, sizeof *l->rows, by_where);
	return l;
}

const char *lines_find(const struct image *im, addr a, int *line)
{
	struct lines *l = im->elf->lines;
	size_t lo = 0, hi;

	if (l == NULL)
		l = im->elf->lines = read_lines(im);
	for (hi = l->nrows; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;

		if (l->rows[mid].where <= a)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* Line 0 is what no line asked for: the one before it is nearest. */
	while (lo > 0 && l->rows[lo - 1].line <= 0 && !l->rows[lo - 1].end)
		lo--;
	if (lo == 0 || l->rows[lo - 1].end || l->rows[lo - 1].file == NULL || strnlen(l->rows[lo - 1].file, MAX_PATH) == MAX_PATH)
		return NULL;
	*line = l->rows[lo - 1].line;
	return l->rows[lo - 1].file;
}

void lines_free(struct lines *l)
{
	if (l == NULL)
		return;
	free(l->rows);
	free(l);
}
