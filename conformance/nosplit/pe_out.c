/*
 * pe_out.c - the ELF file that a PE image is read as, word by word.
 *
 * Depends on pe.c for the room that it needs. Promises: the layout of ELF in both classes.
 */
#include "pe.h"

#include <string.h>

void out_bytes(struct out *o, enum part part, uint64_t v, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		o->p[o->end[part]++] = (uint8_t)(v >> 8 * i);
}

void out_word(struct out *o, enum part part, uint64_t v)
{
	out_bytes(o, part, v, o->is64 ? 8 : 4);
}

uint32_t out_name(struct out *o, const void *name, size_t n)
{
	size_t at = o->end[STRTAB];

	memcpy(o->p + at, name, n);
	o->end[STRTAB] += n > 8 ? 18 : 9;
	return (uint32_t)(at - o->at[STRTAB]);
}

void out_section(struct out *o, uint32_t name, uint32_t type, uint64_t flags, addr a, uint64_t off, uint64_t size, uint32_t link, uint64_t entsize)
{
	out_bytes(o, SHDRS, name, 4);
	out_bytes(o, SHDRS, type, 4);
	out_word(o, SHDRS, flags);
	out_word(o, SHDRS, a);
	out_word(o, SHDRS, off);
	out_word(o, SHDRS, size);
	out_bytes(o, SHDRS, link, 4);
	out_bytes(o, SHDRS, 0, 4); /* info */
	out_word(o, SHDRS, 1);   /* alignment */
	out_word(o, SHDRS, entsize);
}

void out_table(struct out *o, enum part part, uint32_t type, uint64_t flags, uint32_t link, uint64_t entsize)
{
	out_section(o, 0, type, flags, 0, o->at[part], o->end[part] - o->at[part], link, entsize);
}

void out_segment(struct out *o, const struct pesection *s, size_t off)
{
	uint32_t flags = PF_R | (s->flags & IN_CODE ? PF_X : 0) | (s->flags & (uint32_t)WRITABLE ? PF_W : 0);

	out_bytes(o, PHDRS, PT_LOAD, 4);
	if (o->is64)
		out_bytes(o, PHDRS, flags, 4);
	out_word(o, PHDRS, off);
	out_word(o, PHDRS, s->addr);
	out_word(o, PHDRS, s->addr);
	out_word(o, PHDRS, s->filesz);
	out_word(o, PHDRS, s->memsz);
	if (!o->is64)
		out_bytes(o, PHDRS, flags, 4);
	out_word(o, PHDRS, 1);
}

void out_symbol(struct out *o, enum part part, uint32_t name, unsigned info, unsigned shndx, uint64_t value, uint64_t size)
{
	out_bytes(o, part, name, 4);
	if (!o->is64) {
		out_bytes(o, part, value, 4);
		out_bytes(o, part, size, 4);
	}
	out_bytes(o, part, info, 1);
	out_bytes(o, part, 0, 1);
	out_bytes(o, part, shndx, 2);
	if (o->is64) {
		out_bytes(o, part, value, 8);
		out_bytes(o, part, size, 8);
	}
}
