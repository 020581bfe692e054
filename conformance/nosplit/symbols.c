/*
 * symbols.c - where functions may start: symbols, CFI, .ARM.exidx and entries.
 *
 * Depends on elf.c, reloc.c and cfi.c. Every source yields candidates, of which merge.c makes
 * functions; starts in PLT sections are left to plt.c.
 */
#include "symbols.h"

#include <stdlib.h>
#include <string.h>

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

		if ((!dynamic && s->type != SHT_SYMTAB) || s->table == NULL)
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
		GElf_Dyn d;
		int k;

		if (s->data == NULL || !(s->flags & SHF_ALLOC))
			continue;
		if (s->type == SHT_INIT_ARRAY || s->type == SHT_FINI_ARRAY || s->type == SHT_PREINIT_ARRAY) {
			for (off = 0; off + word <= s->size; off += word)
				if (image_word(cs->im, s->addr + off, (int)word, false, &v))
					add_entry(cs, v, FN_ENTRY);
		} else if (s->type == SHT_DYNAMIC && s->table != NULL) {
			for (k = 0; gelf_getdyn(s->table, k, &d) != NULL; k++)
				if (d.d_tag == DT_INIT || d.d_tag == DT_FINI)
					add_entry(cs, d.d_un.d_ptr, FN_ENTRY);
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
		candidates_merge(&cs);
		im->entry = entry;
	}
	free(cs.c);
	return good;
}
