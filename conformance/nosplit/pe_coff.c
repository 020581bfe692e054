/*
 * pe_coff.c - what a PE image holds: headers, sections, COFF symbols.
 *
 * Depends on the file's bytes. Promises: reads inside of them alone, whatever they are.
 */
#include "pe.h"

#include <stdlib.h>
#include <string.h>

bool pe_is(const uint8_t *b, size_t n)
{
	uint64_t at = n >= 0x40 && b[0] == 'M' && b[1] == 'Z' ? word_at(b + 0x3c, 4, false) : n;

	return at < n && n - at >= 4 && memcmp(b + at, "PE\0", 4) == 0;
}

bool pe_headers(struct image *im, struct pe *pe)
{
	unsigned machine, magic;

	pe->coff = pe_get(pe, 0x3c, 4) + 4;
	pe->optional = pe->coff + HEADER;
	machine = (unsigned)pe_get(pe, pe->coff, 2);
	magic = (unsigned)pe_get(pe, pe->optional, 2);
	pe->is64 = machine == 0x8664;
	if (machine != 0x8664 && machine != 0x14c)
		return image_bad(im, "PE header: machine 0x%x is unknown: nosplit reads amd64 and 386", machine);
	if (magic != (pe->is64 ? 0x20b : 0x10b))
		return image_bad(im, "PE header: magic is 0x%x where 0x%x is meant: the file is damaged", magic, pe->is64 ? 0x20b : 0x10b);
	pe->nsecs = (unsigned)pe_get(pe, pe->coff + 2, 2);
	pe->sections = pe->optional + pe_get(pe, pe->coff + 16, 2);
	pe->base = pe->is64 ? pe_get(pe, pe->optional + 24, 8) : pe_get(pe, pe->optional + 28, 4);
	if (pe->nsecs >= SHN_LORESERVE - 8 || pe->sections + (size_t)pe->nsecs * SECTION > pe->n)
		return image_bad(im, "PE header: %u sections run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", pe->nsecs, pe->n);
	pe->symbols = pe_get(pe, pe->coff + 8, 4);
	pe->nsyms = pe->symbols != 0 ? pe_get(pe, pe->coff + 12, 4) : 0;
	if (pe->symbols > pe->n || pe->nsyms > (pe->n - pe->symbols) / SYMBOL)
		return image_bad(im, "PE header: %zu symbols run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", pe->nsyms, pe->n);
	return true;
}

struct pesection pe_section(const struct pe *pe, unsigned i)
{
	size_t at = pe->sections + (size_t)(i - 1) * SECTION;
	struct pesection s = {.memsz = pe_get(pe, at + 8, 4), .addr = pe->base + pe_get(pe, at + 12, 4),
		.filesz = pe_get(pe, at + 16, 4), .off = pe_get(pe, at + 20, 4), .flags = (uint32_t)pe_get(pe, at + 36, 4)};

	if (s.memsz == 0)
		s.memsz = s.filesz;
	if (s.filesz > s.memsz)
		s.filesz = s.memsz; /* the rest is padding */
	s.loaded = !(s.flags & DISCARDABLE) && memcmp(pe->b + at, ".nosplit", 8) != 0;
	return s;
}

size_t pe_offset(const struct pe *pe, uint64_t rva)
{
	unsigned i;

	for (i = 1; i <= pe->nsecs; i++) {
		struct pesection s = pe_section(pe, i);

		if (pe->base + rva >= s.addr && pe->base + rva - s.addr < s.filesz)
			return s.off + (pe->base + rva - s.addr);
	}
	return 0;
}

static int by_address(const void *x, const void *y)
{
	addr a = *(const addr *)x, b = *(const addr *)y;

	return a < b ? -1 : a > b;
}

/* The addresses of functions, of which .nosplit tells. */
static void read_functions(struct pe *pe)
{
	unsigned i, width = pe->is64 ? 8 : 4;
	uint64_t at;

	for (i = 1; i <= pe->nsecs; i++) {
		struct pesection s = pe_section(pe, i);

		if (memcmp(pe->b + pe->sections + (size_t)(i - 1) * SECTION, ".nosplit", 8) != 0 || s.off > pe->n || s.filesz > pe->n - s.off || pe->told)
			continue;
		pe->told = true;
		pe->functions = mem_alloc((s.filesz / (4 * width) + 1) * sizeof *pe->functions);
		for (at = 0; at + 4 * width <= s.filesz; at += 4 * width)
			if (pe_get(pe, s.off + at, width) == NOTE_FUNC)
				pe->functions[pe->nfunctions++] = pe_get(pe, s.off + at + width, width);
	}
}

struct pesymbol pe_symbol(const struct pe *pe, size_t i)
{
	size_t at = pe->symbols + i * SYMBOL;
	struct pesymbol s = {.value = pe_get(pe, at + 8, 4), .where = (int16_t)pe_get(pe, at + 12, 2), .class = (unsigned)pe_get(pe, at + 16, 1)};

	if (s.where > 0 && s.where <= (int)pe->nsecs)
		s.value += pe_section(pe, (unsigned)s.where).addr;
	s.function = s.where > 0 && pe_get(pe, at + 14, 2) == TYPE_FUNCTION;
	if (s.function && pe->told)
		s.function = bsearch(&s.value, pe->functions, pe->nfunctions, sizeof s.value, by_address) != NULL;
	return s;
}

size_t pe_next(const struct pe *pe, size_t i)
{
	return i + 1 + (size_t)pe_get(pe, pe->symbols + i * SYMBOL + 17, 1);
}

static void sort_functions(struct pe *pe)
{
	size_t i, n = 0;

	if (!pe->told) {
		pe->functions = mem_alloc((pe->nsyms + 1) * sizeof *pe->functions);
		for (i = 0; i < pe->nsyms; i = pe_next(pe, i)) {
			struct pesymbol s = pe_symbol(pe, i);

			if (s.function)
				pe->functions[n++] = s.value;
		}
		pe->nfunctions = n;
	}
	if (pe->nfunctions > 0)
		qsort(pe->functions, pe->nfunctions, sizeof *pe->functions, by_address);
}

uint64_t pe_size(const struct pe *pe, const struct pesymbol *s)
{
	struct pesection sec = pe_section(pe, (unsigned)s->where);
	size_t lo = 0, hi = pe->nfunctions;
	addr end = sec.addr + sec.memsz;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (pe->functions[mid] <= s->value)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < pe->nfunctions && pe->functions[lo] < end)
		end = pe->functions[lo];
	return end > s->value ? end - s->value : 0;
}

void pe_functions(struct pe *pe)
{
	read_functions(pe);
	sort_functions(pe);
}
