/*
 * taken.c - functions whose address is in data: any indirect call may reach them.
 *
 * Depends on reloc.c and funcs.c. In a stripped arm file, whose unwind tables name few starts,
 * a pointer to a prologue that saves lr is how the function there is found. Looks at relocations, and at every aligned word of loaded
 * data that equals a function's address (on arm with its Thumb bit); on arm the constants
 * among the code count as well. A word that equals one by chance makes one function too many
 * taken, never one too few. Addresses that code computes are the engine's business.
 */
#include "image.h"

#include <string.h>

/* push {.., lr} in one of its encodings: a number that leads there by chance is rare. */
static bool prologue(const struct image *im, addr a, int mode)
{
	bool big = elf_bigcode(im);
	const uint8_t *p;
	uint32_t w;
	size_t n;

	p = image_bytes(im, a, &n);
	if (p == NULL || n < 4 || !image_executable(im, a) || (mode == MODE_PLAIN && a % 4 != 0) || guess_mode(im, a) != mode)
		return false;
	if (mode == MODE_PLAIN) {
		w = (uint32_t)word_at(p, 4, big);
		return (w & 0xffffc000) == 0xe92d4000 || w == 0xe52de004;
	}
	w = (uint32_t)(word_at(p, 2, big) << 16 | word_at(p + 2, 2, big));
	return w >> 24 == 0xb5 || (w & 0xffffe000) == 0xe92d4000 || (w & 0xfffff000) == 0xf84de000;
}

static void take(struct image *im, uint64_t v)
{
	addr a = im->arch->thumb ? v & ~UINT64_C(1) : v;
	struct func *f = image_at(im, a);

	if (f == NULL && im->stripped && im->arch->thumb && prologue(im, a, (int)(v & 1)))
		f = image_add(im, a, (int)(v & 1), FROM_ENTRY);
	if (f != NULL && (!im->arch->thumb || (v & 1) == (f->mode == MODE_THUMB)))
		f->flags |= FN_TAKEN;
}

static void take_relocs(struct image *im)
{
	const struct elffile *e = im->elf;
	size_t i;

	for (i = 0; i < e->nrelocs; i++) {
		enum relockind kind = reloc_kind(im, &e->relocs[i]);
		uint64_t v;

		if (kind != REL_SLOT && reloc_value(im, &e->relocs[i], &v))
			take(im, v);
		else if (kind == REL_GLOB || kind == REL_SYMBOL) {
			struct func *f = image_slot(im, e->relocs[i].where);

			if (f != NULL)
				f->flags |= FN_TAKEN;
		}
	}
}

/* Sections whose words are no pointers of the program's. */
static bool tables(const struct section *s)
{
	return s->type == SHT_SYMTAB || s->type == SHT_DYNSYM || s->type == SHT_STRTAB || s->type == SHT_REL ||
		s->type == SHT_RELA || s->type == SHT_HASH || s->type == SHT_GNU_HASH || s->type == SHT_NOTE ||
		s->type == SHT_DYNAMIC || s->type == SHT_GNU_versym || s->type == SHT_GNU_verneed || s->type == SHT_GNU_verdef ||
		strncmp(s->name, ".eh_frame", 9) == 0 || strncmp(s->name, ".ARM.ex", 7) == 0 ||
		strcmp(s->name, ".gcc_except_table") == 0;
}

static void take_words(struct image *im, const struct section *s)
{
	unsigned word = im->arch->ptrsize;
	bool code = (s->flags & SHF_EXECINSTR) != 0;
	addr lo = im->elf->plain[0]->start, hi = im->elf->plain[im->elf->nplain - 1]->end;
	uint64_t off = (0 - s->addr) & (word - 1);

	for (; off <= s->size && s->size - off >= word; off += word) {
		uint64_t v = word_at(s->data + off, word, im->bigendian);

		if (v < lo || v > hi)
			continue;
		if (code && mapping_mode(im, s->addr + off) >= 0)
			continue;
		/* A slot that the loader fills is in the relocations. */
		if (reloc_at(im, s->addr + off) == NULL)
			take(im, v);
	}
}

void taken_read(struct image *im)
{
	struct elffile *e = im->elf;
	size_t i;

	take_relocs(im);
	for (i = 1; i < e->nsecs && e->nplain > 0; i++) {
		const struct section *s = &e->secs[i];

		if (s->data == NULL || !(s->flags & SHF_ALLOC) || tables(s))
			continue;
		if (!(s->flags & SHF_EXECINSTR) || im->arch->thumb)
			take_words(im, s);
	}
}
