/*
 * symbols.c - which functions there are, by symbols, CFI, .ARM.exidx and entries.
 *
 * Depends on elf.c, reloc.c, cfi.c and funcs.c. Every source yields candidates (an address,
 * perhaps a size and a name); the candidates of one address become one function, named by
 * its best symbol. A size is believed up to the next function. Labels without a type inside
 * a function of known size are no functions; starts in PLT sections are left to plt.c.
 */
#include "image.h"

#include <stdlib.h>
#include <string.h>

struct candidate {
	addr start;
	uint64_t size; /* 0: unknown */
	const char *name;
	uint8_t origin; /* enum origin: a smaller one is the better source */
	uint8_t bind;
	int8_t mode; /* -1: unknown */
	uint16_t flags;
	unsigned file;
};

struct candidates {
	struct image *im;
	struct candidate *c;
	size_t n, cap;
	unsigned file;
};

static void add(struct candidates *cs, struct candidate c)
{
	if (!image_executable(cs->im, c.start) || ranges_find(&cs->im->elf->stubs, c.start) != NULL)
		return;
	cs->c = mem_grow(cs->c, cs->n, &cs->cap, sizeof *cs->c);
	cs->c[cs->n++] = c;
}

/* An address with the mode in its bit 0. */
static void add_entry(struct candidates *cs, addr a, uint16_t flags)
{
	struct candidate c = {.start = a, .origin = FROM_ENTRY, .mode = MODE_PLAIN, .flags = flags};

	if (cs->im->arch->thumb) {
		c.mode = a & 1;
		c.start &= ~UINT64_C(1);
	}
	add(cs, c);
}

/* $a, $t, $d and the like, also with .anything behind. */
static bool is_mapping(const char *name)
{
	return name[0] == '$' && strchr("atdx", name[1]) != NULL && name[1] != 0 && (name[2] == 0 || name[2] == '.');
}

static void add_mapping(struct image *im, const struct symbol *s)
{
	struct elffile *e = im->elf;

	if (!im->arch->thumb || s->name[1] == 'x' || !image_executable(im, s->value))
		return;
	e->maps = mem_grow(e->maps, e->nmaps, &e->capmaps, sizeof *e->maps);
	e->maps[e->nmaps++] = (struct mapping){s->value,
		s->name[1] == 'a' ? MODE_PLAIN : s->name[1] == 't' ? MODE_THUMB : -1};
}

/* A label at the end of its section marks the end; it is not the next section's function. */
static bool in_section(const struct elffile *e, const struct symbol *s, addr a)
{
	const struct section *sec;

	if (s->shndx == SHN_UNDEF || s->shndx == SHN_ABS || s->shndx == SHN_COMMON)
		return false;
	if (s->shndx >= e->nsecs)
		return true; /* SHN_XINDEX; the address decides */
	sec = &e->secs[s->shndx];
	return a >= sec->addr && a - sec->addr < sec->size;
}

static void add_symbol(struct candidates *cs, const struct symbol *s, bool dynamic)
{
	struct image *im = cs->im;
	struct candidate c = {.start = s->value, .name = s->name, .bind = s->bind, .mode = -1, .size = s->size};
	bool func = s->type == STT_FUNC || s->type == STT_GNU_IFUNC || s->type == STT_LOPROC /* STT_ARM_TFUNC */;

	if (s->type == STT_FILE)
		cs->file++;
	if ((!func && s->type != STT_NOTYPE) || strncmp(s->name, ".L", 2) == 0)
		return;
	if (s->name[0] == 0) {
		if (!func)
			return;
		c.name = NULL;
	}
	if (is_mapping(s->name)) {
		add_mapping(im, s);
		return;
	}
	if (im->arch->thumb && func) {
		c.mode = s->type == STT_LOPROC ? MODE_THUMB : s->value & 1;
		c.start &= ~UINT64_C(1);
	}
	if (!in_section(im->elf, s, c.start))
		return;
	c.origin = func ? FROM_SYMBOL : FROM_NOTYPE;
	c.file = s->bind == STB_LOCAL ? cs->file : 0;
	if (s->type == STT_GNU_IFUNC)
		c.flags |= FN_IFUNC;
	if (dynamic && func && s->bind != STB_LOCAL && (s->visibility == STV_DEFAULT || s->visibility == STV_PROTECTED))
		c.flags |= FN_ENTRY;
	add(cs, c);
}

static bool add_symbols(struct candidates *cs)
{
	struct image *im = cs->im;
	struct elffile *e = im->elf;
	size_t i, k;

	im->stripped = true;
	for (i = 1; i < e->nsecs; i++) {
		const struct section *s = &e->secs[i];
		bool dynamic = s->type == SHT_DYNSYM;
		struct symbol sym;

		if ((!dynamic && s->type != SHT_SYMTAB) || s->data == NULL)
			continue;
		cs->file = 0;
		for (k = 1; k < elf_nsyms(im, s); k++) {
			if (!elf_symbol(im, s, k, &sym))
				return image_bad(im, "section %.40s: the name of symbol %zu is outside its string table: the file is damaged", s->name, k);
			add_symbol(cs, &sym, dynamic);
			im->stripped &= dynamic;
		}
	}
	return true;
}

static int by_where(const void *x, const void *y)
{
	const struct mapping *a = x, *b = y;

	if (a->where != b->where)
		return a->where < b->where ? -1 : 1;
	/* Data of no bytes in front of code: the code counts. */
	return a->mode < b->mode ? -1 : a->mode > b->mode;
}

static void add_exidx(struct candidates *cs)
{
	const struct section *s = elf_section(cs->im, ".ARM.exidx");
	struct reader r;

	if (s == NULL || cs->im->arch->machine != EM_ARM)
		return;
	for (r = elf_reader(cs->im, s); rd_left(&r) >= 8; rd(&r, 4)) {
		addr here = s->addr + (addr)(r.p - s->data);
		uint32_t v = (uint32_t)rd(&r, 4);

		/* A place relative to this one, in 31 bits. */
		v = (uint32_t)here + ((v & 0x7fffffff) | (v & 0x40000000) << 1);
		add(cs, (struct candidate){.start = v & ~1u, .origin = FROM_EXIDX, .mode = v & 1 ? MODE_THUMB : -1});
	}
}

static void add_arrays(struct candidates *cs)
{
	const struct elffile *e = cs->im->elf;
	unsigned word = cs->im->arch->ptrsize;
	size_t i;

	for (i = 1; i < e->nsecs; i++) {
		const struct section *s = &e->secs[i];
		uint64_t off, v;

		if (s->data == NULL || !(s->flags & SHF_ALLOC))
			continue;
		if (s->type == SHT_INIT_ARRAY || s->type == SHT_FINI_ARRAY || s->type == SHT_PREINIT_ARRAY) {
			for (off = 0; off + word <= s->size; off += word)
				if (image_word(cs->im, s->addr + off, (int)word, false, &v))
					add_entry(cs, v, FN_ENTRY);
		} else if (s->type == SHT_DYNAMIC) {
			struct reader r = elf_reader(cs->im, s);

			while (rd_left(&r) >= 2 * word) {
				uint64_t tag = rd_word(&r);

				v = rd_word(&r);
				if (tag == DT_INIT || tag == DT_FINI)
					add_entry(cs, v, FN_ENTRY);
			}
		}
	}
}

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

static void make_functions(struct candidates *cs)
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

bool symbols_read(struct image *im)
{
	struct candidates cs = {.im = im};
	struct elffile *e = im->elf;
	addr entry = im->arch->thumb ? im->entry & ~UINT64_C(1) : im->entry;
	bool good = true;
	size_t i;

	if (im->entry != 0 && !image_executable(im, entry))
		good = image_bad(im, "ELF header: the entry point 0x%jx is not in code: the file is damaged", (uintmax_t)im->entry);
	if (good)
		good = add_symbols(&cs);
	if (good) {
		if (e->nmaps > 0)
			qsort(e->maps, e->nmaps, sizeof *e->maps, by_where);
		for (i = 0; i < e->nfdes; i++)
			add(&cs, (struct candidate){.start = e->fdes[i].lo, .size = e->fdes[i].hi - e->fdes[i].lo, .origin = FROM_CFI, .mode = -1});
		add_exidx(&cs);
		if (im->entry != 0)
			add_entry(&cs, im->entry, FN_ENTRY);
		add_arrays(&cs);
		make_functions(&cs);
		fix_ends(im);
		find_wholes(im);
		im->entry = entry;
	}
	free(cs.c);
	return good;
}
