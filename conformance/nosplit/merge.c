/*
 * merge.c - candidates to functions.
 *
 * Depends on funcs.c. The candidates of one address become one function, named by its best
 * symbol. A size is believed up to the next function. Labels without a type inside a function
 * of known size are no functions.
 */
#include "symbols.h"

#include <stdlib.h>
#include <string.h>

static size_t underscores(const char *s)
{
	return strspn(s, "_");
}

/* Source, then the better name: global, of a function, without underscores or version, short. */
static int order(const struct candidate *a, const struct candidate *b)
{
	bool named = a->name != NULL, at;

	if (named != (b->name != NULL))
		return named ? -1 : 1;
	if (!named)
		return (int)a->origin - (int)b->origin;
	if ((a->bind == STB_LOCAL) != (b->bind == STB_LOCAL))
		return a->bind == STB_LOCAL ? 1 : -1;
	if (a->origin != b->origin)
		return (int)a->origin - (int)b->origin;
	at = strchr(a->name, '@') != NULL;
	if (at != (strchr(b->name, '@') != NULL))
		return at ? 1 : -1;
	if ((underscores(a->name) > 0) != (underscores(b->name) > 0))
		return underscores(a->name) > 0 ? 1 : -1;
	if (strlen(a->name) != strlen(b->name))
		return strlen(a->name) < strlen(b->name) ? -1 : 1;
	return strcmp(a->name, b->name);
}

static int by_start(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return order(a, b);
}

/* The candidates c[0 .. n) of one address, best first, as one function. */
static struct func *merge(struct image *im, const struct candidate *c, size_t n)
{
	int mode = -1, origin = c[0].origin;
	uint64_t size = 0, guess = 0;
	uint16_t flags = 0;
	unsigned file = 0;
	struct func *f;
	size_t i;

	for (i = 0; i < n; i++) {
		flags |= c[i].flags;
		if (c[i].origin < origin)
			origin = c[i].origin;
		if (c[i].origin == FROM_SYMBOL && c[i].size > size)
			size = c[i].size;
		if (c[i].size > guess)
			guess = c[i].size;
		if (mode < 0)
			mode = c[i].mode;
		if (file == 0)
			file = c[i].file;
	}
	f = func_new(im, c[0].start, c[0].start, c[0].name, mode < 0 ? 0 : mode, (enum origin)origin);
	f->flags = flags;
	/* end keeps the size for now; fix_ends turns it into an address. */
	f->end = size ? size : guess;
	node_of(f)->sized = size != 0;
	node_of(f)->guessed = mode < 0;
	node_of(f)->local = c[0].name == NULL || c[0].bind == STB_LOCAL;
	node_of(f)->file = file;
	for (i = 1; i < n; i++)
		if (c[i].name != NULL && strcmp(c[i].name, c[i - 1].name) != 0)
			func_alias(f, c[i].name);
	return f;
}

/* Whether a start inside a function of known size is a function all the same. */
static bool own(const struct candidate *c, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (c[i].origin == FROM_SYMBOL || c[i].origin == FROM_ENTRY)
			return true;
	return false;
}

/* Sizes become ends, up to the next function and the end of the code. */
static void fix_ends(struct image *im)
{
	struct elffile *e = im->elf;
	addr outer = 0; /* how far a sized function that was cut went: the rest is its inner one's */
	size_t i;

	for (i = 0; i < e->nplain; i++) {
		struct func *f = e->plain[i];
		const struct range *code = ranges_find(&e->exec, f->start);
		addr next = i + 1 < e->nplain && e->plain[i + 1]->start < code->hi ? e->plain[i + 1]->start : code->hi;
		addr end;

		if (f->end == 0 || __builtin_add_overflow(f->start, f->end, &end) || end > code->hi)
			end = f->end == 0 ? next : code->hi;
		if (node_of(f)->sized && end < outer)
			end = outer;
		if (node_of(f)->sized)
			outer = end;
		f->end = end < next ? end : next;
		if (node_of(f)->guessed) {
			int mode = mapping_mode(im, f->start);

			node_of(f)->guessed = mode < 0 && im->arch->thumb;
			f->mode = (uint8_t)(mode >= 0 ? mode : guess_mode(im, f->start));
		}
	}
}

/* The function that NAME.cold or NAME.cold.1 is a part of: the one of its source file first. */
static struct func *whole_of(const struct image *im, struct func *f, const char *name)
{
	const char *cold = NULL, *p = name;
	struct func *whole;
	char *s;

	while ((p = strstr(p, ".cold")) != NULL)
		cold = p++;
	if (cold == NULL || cold == name || cold[5 + strspn(cold + 5, ".0123456789")] != 0)
		return NULL;
	s = mem_dup(name);
	s[cold - name] = 0;
	whole = func_in_file(im, s, node_of(f)->file);
	if (whole == NULL)
		whole = image_named(im, s);
	free(s);
	return whole != f ? whole : NULL;
}

static void find_wholes(struct image *im)
{
	size_t i;
	unsigned k;

	for (i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];

		for (k = 0; k <= f->naliases && f->whole == NULL; k++) {
			struct func *whole = whole_of(im, f, k ? f->alias[k - 1] : f->name);

			if (whole != NULL)
				func_part_of(f, whole);
		}
	}
}

void candidates_merge(struct candidates *cs)
{
	struct image *im = cs->im;
	addr sized = 0; /* end of the last function of known size */
	size_t i, n;

	if (cs->n > 0)
		qsort(cs->c, cs->n, sizeof *cs->c, by_start);
	for (i = 0; i < cs->n; i += n) {
		addr end;
		struct func *f;

		for (n = 1; i + n < cs->n && cs->c[i + n].start == cs->c[i].start; n++)
			;
		if (cs->c[i].start < sized && !own(cs->c + i, n))
			continue;
		if (mapping_mode(im, cs->c[i].start) == -1 && cs->c[i].origin != FROM_SYMBOL)
			continue; /* a table among the code */
		f = merge(im, cs->c + i, n);
		if (node_of(f)->sized && !__builtin_add_overflow(f->start, f->end, &end) && end > sized)
			sized = end;
		funcs_insert(im, f);
	}
	fix_ends(im);
	find_wholes(im);
}
