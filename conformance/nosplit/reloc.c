/*
 * reloc.c - relocations of loaded memory, and what the loader makes of a word.
 *
 * Depends on elf.c. The table is sorted by address. Relocations for the debugger's sections
 * and those that ld --emit-relocs leaves behind are not in it: they are applied already.
 * Packed relative relocations (RELR) need no entry: the word in memory is the answer.
 */
#include "image.h"

#include <inttypes.h>
#include <stdlib.h>

static int by_where(const void *x, const void *y)
{
	const struct reloc *a = x, *b = y;

	return a->where < b->where ? -1 : a->where > b->where;
}

static bool read_table(struct image *im, const struct section *s)
{
	struct elffile *e = im->elf;
	const struct section *symtab = s->link != 0 ? &e->secs[s->link] : NULL;
	size_t i, nsyms = elf_nsyms(im, symtab), n = s->size / s->entsize;

	for (i = 0; i < n; i++) {
		struct reloc x = {.symtab = symtab};
		GElf_Rela r;
		GElf_Rel rel;

		if (s->type == SHT_RELA && gelf_getrela(s->table, (int)i, &r) != NULL) {
			x.addend = im->arch->ptrsize == 4 ? (uint32_t)r.r_addend : (uint64_t)r.r_addend;
		} else if (s->type == SHT_REL && gelf_getrel(s->table, (int)i, &rel) != NULL) {
			size_t left;
			const uint8_t *p = image_bytes(im, rel.r_offset, &left);

			r = (GElf_Rela){.r_offset = rel.r_offset, .r_info = rel.r_info};
			x.addend = p != NULL && left >= im->arch->ptrsize ? word_at(p, im->arch->ptrsize, im->bigendian) : 0;
		} else {
			return image_bad(im, "section %.40s: relocation %zu: %s: the file is damaged", s->name, i, elf_errmsg(-1));
		}
		x.where = r.r_offset;
		x.type = (uint32_t)GELF_R_TYPE(r.r_info);
		x.sym = (uint32_t)GELF_R_SYM(r.r_info);
		if (x.sym != 0 && x.sym >= nsyms)
			return image_bad(im, "section %.40s: relocation %zu is of symbol %u where there are %zu: the file is damaged", s->name, i, x.sym, nsyms);
		e->relocs = mem_grow(e->relocs, e->nrelocs, &e->caprelocs, sizeof *e->relocs);
		e->relocs[e->nrelocs++] = x;
	}
	return true;
}

bool relocs_read(struct image *im)
{
	struct elffile *e = im->elf;
	size_t i;

	for (i = 1; i < e->nsecs; i++) {
		const struct section *s = &e->secs[i];

		if ((s->type != SHT_REL && s->type != SHT_RELA) || !(s->flags & SHF_ALLOC) || s->table == NULL)
			continue;
		if (!read_table(im, s))
			return false;
	}
	if (e->nrelocs > 0)
		qsort(e->relocs, e->nrelocs, sizeof *e->relocs, by_where);
	return true;
}

/* The first one at or behind a. */
static size_t lower(const struct elffile *e, addr a)
{
	size_t lo = 0, hi = e->nrelocs;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (e->relocs[mid].where < a)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct reloc *reloc_at(const struct image *im, addr where)
{
	size_t i = lower(im->elf, where);

	return i < im->elf->nrelocs && im->elf->relocs[i].where == where ? &im->elf->relocs[i] : NULL;
}

enum relockind reloc_kind(const struct image *im, const struct reloc *r)
{
	static const struct {
		uint16_t machine, relative, symbol, slot, glob, irelative;
	} kinds[] = {
		{EM_X86_64, R_X86_64_RELATIVE, R_X86_64_64, R_X86_64_JUMP_SLOT, R_X86_64_GLOB_DAT, R_X86_64_IRELATIVE},
		{EM_386, R_386_RELATIVE, R_386_32, R_386_JMP_SLOT, R_386_GLOB_DAT, R_386_IRELATIVE},
		{EM_ARM, R_ARM_RELATIVE, R_ARM_ABS32, R_ARM_JUMP_SLOT, R_ARM_GLOB_DAT, R_ARM_IRELATIVE},
		{EM_AARCH64, R_AARCH64_RELATIVE, R_AARCH64_ABS64, R_AARCH64_JUMP_SLOT, R_AARCH64_GLOB_DAT, R_AARCH64_IRELATIVE},
	};
	size_t i;

	for (i = 0; i < nelem(kinds); i++)
		if (kinds[i].machine == im->arch->machine)
			return r->type == kinds[i].relative ? REL_RELATIVE :
				r->type == kinds[i].symbol ? REL_SYMBOL :
				r->type == kinds[i].slot ? REL_SLOT :
				r->type == kinds[i].glob ? REL_GLOB :
				r->type == kinds[i].irelative ? REL_IRELATIVE : REL_OTHER;
	return REL_OTHER;
}

bool reloc_value(const struct image *im, const struct reloc *r, uint64_t *v)
{
	enum relockind kind = reloc_kind(im, r);
	struct symbol s;

	switch (kind) {
	case REL_RELATIVE:
		*v = r->addend;
		return true;
	case REL_SYMBOL:
	case REL_SLOT:
	case REL_GLOB:
		if (r->symtab == NULL || r->sym == 0 || !elf_symbol(im, r->symtab, r->sym, &s))
			return false;
		if (s.shndx == SHN_UNDEF || s.type == STT_GNU_IFUNC || s.type == STT_TLS)
			return false;
		*v = s.value + (kind == REL_SYMBOL ? r->addend : 0);
		if (im->arch->ptrsize == 4)
			*v = (uint32_t)*v;
		return true;
	default:
		return false;
	}
}

/* One that changes any of the size bytes at a; *exact if it is the word at a and no other. */
static const struct reloc *touching(const struct image *im, addr a, unsigned size, bool *exact)
{
	const struct elffile *e = im->elf;
	unsigned ptr = im->arch->ptrsize;
	size_t i = lower(e, a >= ptr - 1 ? a - (ptr - 1) : 0);

	if (i == e->nrelocs || (e->relocs[i].where > a && e->relocs[i].where - a >= size))
		return NULL;
	*exact = e->relocs[i].where == a && size == ptr;
	return &e->relocs[i];
}

bool image_word(const struct image *im, addr a, int size, bool sign, uint64_t *v)
{
	const struct reloc *r;
	const uint8_t *p;
	bool exact;
	size_t n;

	p = image_bytes(im, a, &n);
	if (p == NULL || (size != 1 && size != 2 && size != 4 && size != 8) || n < (size_t)size)
		return false;
	r = touching(im, a, (unsigned)size, &exact);
	if (r != NULL) {
		if (!exact || !reloc_value(im, r, v))
			return false;
	} else {
		*v = word_at(p, (unsigned)size, im->bigendian);
	}
	if (sign)
		*v = (uint64_t)sign_extend(*v, (unsigned)size);
	return true;
}
