/*
 * linefile.c - the file names of a DWARF line table, version 2 to 5.
 *
 * Depends on elf.c. Names are as the compiler was given them: one in the compilation directory
 * comes without it. Nothing is kept: a table is read again for every file that is asked for.
 */
#include "lines.h"

#include <string.h>

enum { MAX_PATH = 4096 };

/* A string as form says, or nil; *number for the forms that are numbers. */
static bool read_form(const struct line_strings *strs, const struct unit *u, struct reader *r, uint64_t form, const char **s, uint64_t *number)
{
	const struct section *strings = NULL;
	struct reader at;
	uint64_t off;

	switch (form) {
	case 0x08: *s = rd_string(r); break; /* string */
	case 0x0e: /* strp */
	case 0x1f: /* line_strp */
		off = rd(r, u->dwarf64 ? 8 : 4);
		strings = form == 0x0e ? strs->str : strs->linestr;
		if (strings == NULL)
			break;
		at = elf_reader(strs->im, strings);
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
static bool entry5(const struct line_strings *strs, const struct unit *u, struct reader *r, uint64_t want, struct entry *out)
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

			if (!read_form(strs, u, r, form, &s, &number))
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

static struct entry find5(const struct line_strings *strs, const struct unit *u, unsigned file, const char **dir)
{
	struct reader r = u->tables, again = u->tables;
	struct entry e = {NULL, 0}, d = {"", 0};

	*dir = "";
	if (!entry5(strs, u, &r, UINT64_MAX, &d) || !entry5(strs, u, &r, file, &e) || e.name == NULL)
		return (struct entry){NULL, 0};
	if (e.dir != 0 && entry5(strs, u, &again, e.dir, &d) && d.name != NULL)
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

const char *line_file(struct image *im, const struct line_strings *strs, const struct unit *u, unsigned file)
{
	const char *dir;
	struct entry e = u->version >= 5 ? find5(strs, u, file, &dir) : find2(u, file, &dir);

	if (e.name == NULL || *e.name == 0 || strnlen(e.name, MAX_PATH) == MAX_PATH || strnlen(dir, MAX_PATH) == MAX_PATH)
		return NULL;
	if (*dir == 0 || *e.name == '/')
		return e.name;
	return image_keep(im, mem_fmt("%s/%s", dir, e.name));
}
