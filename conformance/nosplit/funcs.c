/*
 * funcs.c - the table of functions: looking them up, adding some, and their modes.
 *
 * Depends on elf.c. image.funcs holds every function, sorted by start: first the external
 * ones (start 0, no bytes), then those of the image, which do not overlap; but one that was
 * found by a call into the middle of a function with a symbol lies inside that one, up to
 * its end, and image_func() then still answers the outer one.
 */
#include "image.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PARTS = 16 }; /* of parts of parts */

struct func *func_new(struct image *im, addr start, addr end, const char *name, int mode, enum origin origin)
{
	struct node *n = mem_alloc(sizeof *n);

	n->f.start = start;
	n->f.end = end;
	n->f.name = name != NULL && *name ? name : image_keep(im, mem_fmt("sub_%" PRIx64, start));
	n->f.mode = (uint8_t)mode;
	n->f.origin = (uint8_t)origin;
	return &n->f;
}

void func_alias(struct func *f, const char *name)
{
	size_t cap = f->naliases;

	/* Rare enough to grow by one power of two at a time. */
	if ((f->naliases & (f->naliases - 1)) == 0) {
		cap = f->naliases ? f->naliases * 2u : 1;
		f->alias = realloc(f->alias, cap * sizeof *f->alias);
		if (f->alias == NULL)
			fatal("out of memory (%zu names)", cap);
	}
	f->alias[f->naliases++] = name;
}

bool func_part_of(struct func *part, struct func *whole)
{
	struct func *f;
	unsigned depth = 0;

	for (f = whole; f != NULL; f = f->whole)
		if (f == part || ++depth > MAX_PARTS)
			return false;
	part->whole = whole;
	return true;
}

/* The number of functions that start at a or before it; external ones count as before. */
static size_t upper(struct func *const *funcs, size_t n, addr a)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if ((funcs[mid]->flags & FN_EXTERNAL) || funcs[mid]->start <= a)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void insert(struct func ***array, size_t *n, size_t *cap, struct func *f)
{
	size_t i = upper(*array, *n, f->start);

	*array = mem_grow(*array, *n, cap, sizeof **array);
	memmove(*array + i + 1, *array + i, (*n - i) * sizeof **array);
	(*array)[i] = f;
	++*n;
}

void funcs_insert(struct image *im, struct func *f)
{
	insert(&im->funcs, &im->nfuncs, &im->capfuncs, f);
	if (!(f->flags & (FN_EXTERNAL | FN_INNER)))
		insert(&im->elf->plain, &im->elf->nplain, &im->elf->capplain, f);
}

void funcs_clip(struct image *im)
{
	struct elffile *e = im->elf;
	size_t i;

	for (i = 1; i < e->nplain; i++)
		if (e->plain[i - 1]->end > e->plain[i]->start)
			e->plain[i - 1]->end = e->plain[i]->start;
}

struct func *image_func(const struct image *im, addr a)
{
	size_t i = upper(im->elf->plain, im->elf->nplain, a);

	return i > 0 && a < im->elf->plain[i - 1]->end ? im->elf->plain[i - 1] : NULL;
}

struct func *image_at(const struct image *im, addr a)
{
	size_t i = upper(im->funcs, im->nfuncs, a);

	if (i == 0 || im->funcs[i - 1]->start != a || (im->funcs[i - 1]->flags & FN_EXTERNAL))
		return NULL;
	return im->funcs[i - 1];
}

static int by_name(const void *x, const void *y)
{
	const struct name *a = x, *b = y;
	int order = strcmp(a->name, b->name);

	if (order != 0)
		return order;
	if (a->local != b->local)
		return a->local ? 1 : -1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return a->f->start < b->f->start ? -1 : a->f->start > b->f->start;
}

static void make_names(struct elffile *e, const struct image *im)
{
	size_t i, n = 0;
	unsigned k;

	for (i = 0; i < im->nfuncs; i++)
		n += 1 + im->funcs[i]->naliases;
	e->names = mem_alloc(n * sizeof *e->names);
	e->nnames = 0;
	for (i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];

		for (k = 0; k <= f->naliases; k++)
			e->names[e->nnames++] = (struct name){k ? f->alias[k - 1] : f->name, f, node_of(f)->file, node_of(f)->local};
	}
	qsort(e->names, e->nnames, sizeof *e->names, by_name);
}

/* The first entry that is not before key; nil behind the last one. */
static const struct name *lower(const struct image *im, struct name key)
{
	struct elffile *e = im->elf;
	size_t lo = 0, hi;
	struct func none = {0};

	if (e->names == NULL)
		make_names(e, im);
	key.f = &none;
	hi = e->nnames;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (by_name(&e->names[mid], &key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < e->nnames && strcmp(e->names[lo].name, key.name) == 0 ? &e->names[lo] : NULL;
}

/* Without the table: to sort all names takes as long as to look for a hundred. */
enum { MAX_ASKED = 32 };

static struct func *find_named(const struct image *im, const char *name)
{
	struct func *found = NULL;
	bool several = false;
	size_t i;
	unsigned k;

	for (i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];

		for (k = 0; k <= f->naliases && strcmp(k ? f->alias[k - 1] : f->name, name) != 0; k++)
			;
		if (k > f->naliases)
			continue;
		if (found == NULL || (node_of(found)->local && !node_of(f)->local)) {
			found = f;
			several = false;
		} else if (node_of(found)->local == node_of(f)->local) {
			several = true;
		}
	}
	return several ? NULL : found;
}

struct func *image_named(const struct image *im, const char *name)
{
	const struct name *first, *n;

	if (im->elf->names == NULL && im->elf->nasked < MAX_ASKED) {
		im->elf->nasked++;
		return find_named(im, name);
	}
	first = lower(im, (struct name){.name = name});
	if (first == NULL)
		return NULL;
	for (n = first + 1; n < im->elf->names + im->elf->nnames && strcmp(n->name, name) == 0; n++) {
		if (first->local != n->local)
			break; /* a global one counts before any local one */
		if (first->f != n->f)
			return NULL;
	}
	return first->f;
}

struct func *func_in_file(const struct image *im, const char *name, unsigned file)
{
	const struct name *n = lower(im, (struct name){.name = name, .file = file, .local = true});

	return n != NULL && n->local && n->file == file ? n->f : NULL;
}

/* The number of mappings that begin at a or before it. */
static size_t mappings(const struct elffile *e, addr a)
{
	size_t lo = 0, hi = e->nmaps;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (e->maps[mid].where <= a)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

int mapping_mode(const struct image *im, addr a)
{
	const struct elffile *e = im->elf;
	const struct range *code = ranges_find(&e->exec, a);
	size_t n = mappings(e, a);

	if (n == 0 || code == NULL || e->maps[n - 1].where < code->lo)
		return -2;
	return e->maps[n - 1].mode;
}

bool image_data(const struct image *im, addr a, addr *end)
{
	const struct elffile *e = im->elf;
	const struct range *code = ranges_find(&e->exec, a);
	size_t n = mappings(e, a);

	*end = a + 1;
	if (code == NULL)
		return true;
	*end = n < e->nmaps && e->maps[n].where < code->hi ? e->maps[n].where : code->hi;
	return n > 0 && e->maps[n - 1].where >= code->lo && e->maps[n - 1].mode < 0;
}

int image_mode(const struct image *im, addr a)
{
	const struct func *f;
	int mode;

	if (!image_executable(im, a))
		return -1;
	if (!im->arch->thumb)
		return MODE_PLAIN;
	mode = mapping_mode(im, a);
	if (mode != -2)
		return mode;
	f = image_func(im, a);
	return f != NULL ? f->mode : guess_mode(im, a);
}

/*
 * A32 or T32, for code of a stripped file that nothing else tells of: nearly every A32
 * instruction is unconditional, and has 0xe in its top four bits; in T32 code only one word
 * in ten has it there. A short function is judged together with what follows it.
 */
int guess_mode(const struct image *im, addr a)
{
	bool big = elf_bigcode(im);
	unsigned all = 0, always = 0;
	const uint8_t *p;
	size_t n;

	if (!im->arch->thumb)
		return MODE_PLAIN;
	p = image_bytes(im, a, &n);
	if ((a & 2) || p == NULL || n < 4 || word_at(p, 2, big) == 0x4778 /* bx pc */)
		return MODE_THUMB;
	for (; n >= 4 && all < 16; n -= 4, p += 4, all++)
		always += word_at(p, 4, big) >> 28 == 0xe;
	return always * 2 > all ? MODE_PLAIN : MODE_THUMB;
}

struct func *image_add(struct image *im, addr a, int mode, enum origin origin)
{
	unsigned align = im->arch->thumb && mode == MODE_THUMB ? 2 : im->arch->minlen;
	const struct range *code = ranges_find(&im->elf->exec, a);
	struct func *f, *around;
	size_t i;
	addr end;

	if (code == NULL || (align > 1 && a % align != 0))
		return NULL;
	f = image_at(im, a);
	if (f != NULL) {
		if (node_of(f)->guessed) {
			f->mode = (uint8_t)mode;
			node_of(f)->guessed = false;
		}
		return f;
	}
	around = image_func(im, a);
	if (around != NULL) {
		f = func_new(im, a, around->end, NULL, mode, origin);
		f->flags |= around->flags & FN_PLT;
		if (around->origin == FROM_SYMBOL || around->origin == FROM_NOTYPE || around->origin == FROM_PLT)
			f->flags |= FN_INNER;
		else
			around->end = a;
	} else {
		i = upper(im->elf->plain, im->elf->nplain, a);
		end = i < im->elf->nplain && im->elf->plain[i]->start < code->hi ? im->elf->plain[i]->start : code->hi;
		f = func_new(im, a, end, NULL, mode, origin);
	}
	funcs_insert(im, f);
	return f;
}

void image_seal(struct image *im)
{
	size_t i;

	for (i = 0; i < im->nfuncs; i++)
		im->funcs[i]->index = (unsigned)i;
	free(im->elf->names);
	im->elf->names = NULL; /* made again when somebody asks */
}
