/*
 * cfi.c - call frame information: where each entry of .eh_frame and .debug_frame holds.
 *
 * Depends on elf.c and libdw, which finds the entries; it has nothing public that decodes the
 * addresses in them. cfi_read() walks both sections once; cfa.c runs an entry's program when
 * somebody asks for its rows. An entry that runs past its section is refused; one of an unknown
 * version or encoding is left out.
 */
#include "cfi.h"

#include <elfutils/libdw.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_AUGMENTATION = 16,
	MAX_INITIAL = 4096, /* bytes of a CIE's program, which every FDE of it runs again */
};

bool cfi_is_eh(const struct section *s)
{
	return strcmp(s->name, ".eh_frame") == 0;
}

bool cfi_address(struct reader *r, const uint8_t *data, addr base, unsigned encoding, bool ispc, uint64_t *v)
{
	addr here = base + (addr)(r->p - data);

	switch (encoding & 0x0f) {
	case 0x00: *v = rd_word(r); break;
	case 0x01: *v = rd_uleb(r); break;
	case 0x02: *v = rd(r, 2); break;
	case 0x03: *v = rd(r, 4); break;
	case 0x04:
	case 0x0c: *v = rd(r, 8); break;
	case 0x09: *v = (uint64_t)rd_sleb(r); break;
	case 0x0a: *v = (uint64_t)sign_extend(rd(r, 2), 2); break;
	case 0x0b: *v = (uint64_t)sign_extend(rd(r, 4), 4); break;
	default: return false;
	}
	if (ispc && (encoding & 0x70) == 0x10)
		*v += here;
	else if (ispc && (encoding & 0xf0) != 0)
		return false;
	if (r->wordsize == 4)
		*v = (uint32_t)*v;
	return !r->bad;
}

static bool parse_augmentation(struct reader *data, const char *aug, struct cie *c)
{
	uint64_t personality;

	for (; *aug; aug++) {
		switch (*aug) {
		case 'R': c->encoding = (uint8_t)rd(data, 1); break;
		case 'L': rd(data, 1); break;
		case 'P':
			if (!cfi_address(data, data->p, 0, (unsigned)rd(data, 1) & 0x0f, false, &personality))
				return false;
			break;
		case 'W': c->atcalls = true; break;
		case 'S':
		case 'B':
		case 'G': break;
		default: return !data->bad; /* the length says where the program begins */
		}
	}
	return !data->bad;
}

static int next_entry(const struct image *im, const struct section *s, uint64_t off, Dwarf_Off *next, Dwarf_CFI_Entry *entry)
{
	*next = off;
	return dwarf_next_cfi((const unsigned char *)elf_getident(im->elf->elf, NULL), elf_rawdata(s->scn, NULL), cfi_is_eh(s), off, next, entry);
}

/* The CIE at offset off; false: there is none, or none that can be read. */
static bool read_cie(const struct image *im, const struct section *s, uint64_t off, struct cie *c)
{
	struct reader data = elf_reader(im, s);
	Dwarf_CFI_Entry entry;
	const Dwarf_CIE *cie = &entry.cie;
	Dwarf_Off next;

	*c = (struct cie){0};
	if (next_entry(im, s, off, &next, &entry) != 0 || !dwarf_cfi_cie_p(&entry))
		return false;
	c->augmented = cie->augmentation[0] == 'z';
	if (cie->initial_instructions_end - cie->initial_instructions > MAX_INITIAL || strnlen(cie->augmentation, MAX_AUGMENTATION + 1) > MAX_AUGMENTATION)
		return false;
	data.p = cie->augmentation_data;
	data.end = data.p + cie->augmentation_data_size;
	if (c->augmented ? !parse_augmentation(&data, cie->augmentation + 1, c) : cie->augmentation[0] != 0)
		return false;
	c->section = s;
	c->program = elf_reader(im, s);
	c->program.p = cie->initial_instructions;
	c->program.end = cie->initial_instructions_end;
	c->codealign = cie->code_alignment_factor;
	c->dataalign = cie->data_alignment_factor;
	return true;
}

static bool add_fde(struct image *im, const struct section *s, struct reader *body, const struct cie *c)
{
	struct elffile *e = im->elf;
	const struct range *code;
	uint64_t lo, n;
	struct fde f = {0};

	if (!cfi_address(body, s->data, s->addr, c->encoding, true, &lo) ||
		!cfi_address(body, s->data, s->addr, c->encoding, false, &n))
		return false;
	if (c->augmented)
		rd_skip(body, rd_uleb(body));
	if (body->bad)
		return false;
	if (im->arch->thumb)
		lo &= ~UINT64_C(1);
	code = ranges_find(&e->exec, lo);
	/* Not in code: of a function that the linker threw away. */
	if (code == NULL || n == 0)
		return true;
	f.lo = lo;
	f.hi = n < code->hi - lo ? lo + n : code->hi;
	f.program = body->p;
	f.end = body->end;
	f.cie = (unsigned)e->ncies - 1;
	f.order = (unsigned)e->nfdes;
	e->fdes = mem_grow(e->fdes, e->nfdes, &e->capfdes, sizeof *e->fdes);
	e->fdes[e->nfdes++] = f;
	return true;
}

static bool read_frames(struct image *im, const struct section *s)
{
	struct elffile *e = im->elf;
	uint64_t off, known = UINT64_MAX;
	bool good = false;
	Dwarf_CFI_Entry entry;
	Dwarf_Off next;
	struct cie c = {0};

	for (off = 0; off < s->size && s->size - off > 4; off = next) {
		struct reader body = elf_reader(im, s);
		int end = 0;

		next = off + 4;
		if (word_at(s->data + off, 4, false) == 0) /* padding, or libdw's end */
			continue;
		end = next_entry(im, s, off, &next, &entry);
		if (end > 0)
			break;
		if (end < 0 && next == off)
			return image_bad(im, "section %.40s: the entry at offset 0x%" PRIx64 " runs past the end of the section, or holds nothing: the file is damaged", s->name, off);
		if (end < 0 || dwarf_cfi_cie_p(&entry)) /* a CIE, or one that libdw does not know */
			continue;
		if (entry.fde.CIE_pointer >= s->size)
			return image_bad(im, "section %.40s: the entry at offset 0x%" PRIx64 " has its CIE outside the section: the file is damaged", s->name, off);
		if (entry.fde.CIE_pointer != known && (good = read_cie(im, s, entry.fde.CIE_pointer, &c))) {
			e->cies = mem_grow(e->cies, e->ncies, &e->capcies, sizeof *e->cies);
			e->cies[e->ncies++] = c;
		}
		known = entry.fde.CIE_pointer;
		body.p = entry.fde.start;
		body.end = entry.fde.end;
		if (good && !add_fde(im, s, &body, &c))
			return image_bad(im, "section %.40s: the entry at offset 0x%" PRIx64 " is cut off: the file is damaged", s->name, off);
	}
	return true;
}

static int by_lo(const void *x, const void *y)
{
	const struct fde *a = x, *b = y;

	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	if (a->hi != b->hi)
		return a->hi > b->hi ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

bool cfi_read(struct image *im)
{
	struct elffile *e = im->elf;
	size_t i, n = 0;

	for (i = 1; i < e->nsecs; i++) {
		const struct section *s = &e->secs[i];

		if (s->data == NULL || (!cfi_is_eh(s) && strcmp(s->name, ".debug_frame") != 0))
			continue;
		if (!read_frames(im, s))
			return false;
	}
	if (e->nfdes == 0)
		return true;
	qsort(e->fdes, e->nfdes, sizeof *e->fdes, by_lo);
	/* Both sections mostly say the same. One that begins later is the more exact one. */
	for (i = 0; i < e->nfdes; i++) {
		if (n > 0 && e->fdes[n - 1].lo == e->fdes[i].lo)
			continue;
		if (n > 0 && e->fdes[n - 1].hi > e->fdes[i].lo)
			e->fdes[n - 1].hi = e->fdes[i].lo;
		e->fdes[n++] = e->fdes[i];
	}
	e->nfdes = n;
	return true;
}
