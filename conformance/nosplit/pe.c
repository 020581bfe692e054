/*
 * pe.c - PE images (windows), as ELF for the files that read that.
 *
 * Depends on the file's bytes. Promises: from a PE image with whatever it holds, an ELF file in
 * memory, of the same addresses, or one line of refusal. In front of the PE file, which follows
 * as it is, are an ELF header, segments and sections that lie in it, COFF symbols, and imports
 * as relocations of the import table. What is wrong about addresses, elf.c finds.
 *
 * COFF symbols have no size, and ld calls every label in code a function. So a function goes on
 * up to the next one; and where the section .nosplit says which are functions, others are labels.
 *
 * Offsets and numbers: Microsoft Portable Executable and Common Object File Format Specification.
 */
#include "image.h"

#include <stdlib.h>
#include <string.h>

enum { HEADER = 20, SECTION = 40, SYMBOL = 18, DESCRIPTOR = 20 }; /* sizes in the file */
enum { CLASS_EXTERNAL = 2, CLASS_STATIC = 3, CLASS_LABEL = 6, CLASS_FILE = 103, CLASS_WEAK = 105, TYPE_FUNCTION = 0x20 };
enum { IN_CODE = 0x20000000, WRITABLE = (int)0x80000000, DISCARDABLE = 0x02000000 };

struct pe {
	const uint8_t *b;
	size_t n, coff, optional, sections, symbols, nsyms;
	unsigned nsecs;
	bool is64;
	uint64_t base;
	addr *functions; /* sorted */
	size_t nfunctions;
	bool told; /* by .nosplit */
};

struct pesection {
	addr addr;
	uint64_t memsz, filesz, off;
	uint32_t flags;
	bool loaded; /* not for debuggers and analyzers only */
};

/* The file that is made: its parts, one after the other. */
enum part { EHDR, PHDRS, SHDRS, SYMTAB, DYNSYM, RELA, STRTAB, NPARTS };
struct out {
	uint8_t *p;
	size_t at[NPARTS + 1], end[NPARTS]; /* where each begins, and what is written of it */
	size_t file;			    /* the PE file, in the string table: after short names */
	bool is64;
};

static uint64_t get(const struct pe *pe, size_t at, unsigned size)
{
	return at <= pe->n && size <= pe->n - at ? word_at(pe->b + at, size, false) : 0;
}

bool pe_is(const uint8_t *b, size_t n)
{
	uint64_t at = n >= 0x40 && b[0] == 'M' && b[1] == 'Z' ? word_at(b + 0x3c, 4, false) : n;

	return at < n && n - at >= 4 && memcmp(b + at, "PE\0", 4) == 0;
}

static bool read_headers(struct image *im, struct pe *pe)
{
	unsigned machine, magic;

	pe->coff = get(pe, 0x3c, 4) + 4;
	pe->optional = pe->coff + HEADER;
	machine = (unsigned)get(pe, pe->coff, 2);
	magic = (unsigned)get(pe, pe->optional, 2);
	pe->is64 = machine == 0x8664;
	if (machine != 0x8664 && machine != 0x14c)
		return image_bad(im, "PE header: machine 0x%x is unknown: nosplit reads amd64 and 386", machine);
	if (magic != (pe->is64 ? 0x20b : 0x10b))
		return image_bad(im, "PE header: magic is 0x%x where 0x%x is meant: the file is damaged", magic, pe->is64 ? 0x20b : 0x10b);
	pe->nsecs = (unsigned)get(pe, pe->coff + 2, 2);
	pe->sections = pe->optional + get(pe, pe->coff + 16, 2);
	pe->base = pe->is64 ? get(pe, pe->optional + 24, 8) : get(pe, pe->optional + 28, 4);
	if (pe->nsecs >= SHN_LORESERVE - 8 || pe->sections + (size_t)pe->nsecs * SECTION > pe->n)
		return image_bad(im, "PE header: %u sections run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", pe->nsecs, pe->n);
	pe->symbols = get(pe, pe->coff + 8, 4);
	pe->nsyms = pe->symbols != 0 ? get(pe, pe->coff + 12, 4) : 0;
	if (pe->symbols > pe->n || pe->nsyms > (pe->n - pe->symbols) / SYMBOL)
		return image_bad(im, "PE header: %zu symbols run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", pe->nsyms, pe->n);
	return true;
}

static struct pesection section_of(const struct pe *pe, unsigned i)
{
	size_t at = pe->sections + (size_t)(i - 1) * SECTION;
	struct pesection s = {.memsz = get(pe, at + 8, 4), .addr = pe->base + get(pe, at + 12, 4),
		.filesz = get(pe, at + 16, 4), .off = get(pe, at + 20, 4), .flags = (uint32_t)get(pe, at + 36, 4)};

	if (s.memsz == 0)
		s.memsz = s.filesz;
	if (s.filesz > s.memsz)
		s.filesz = s.memsz; /* the rest is padding */
	s.loaded = !(s.flags & DISCARDABLE) && memcmp(pe->b + at, ".nosplit", 8) != 0;
	return s;
}

/* Where an address of the image lies in the file; 0: nowhere. */
static size_t offset_of(const struct pe *pe, uint64_t rva)
{
	unsigned i;

	for (i = 1; i <= pe->nsecs; i++) {
		struct pesection s = section_of(pe, i);

		if (pe->base + rva >= s.addr && pe->base + rva - s.addr < s.filesz)
			return s.off + (pe->base + rva - s.addr);
	}
	return 0;
}

static void put(struct out *o, enum part part, uint64_t v, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		o->p[o->end[part]++] = (uint8_t)(v >> 8 * i);
}

static void word(struct out *o, enum part part, uint64_t v)
{
	put(o, part, v, o->is64 ? 8 : 4);
}

/* A name of at most 8 bytes, and a NUL. */
static uint32_t brief(struct out *o, const void *name, size_t n)
{
	size_t at = o->end[STRTAB];

	memcpy(o->p + at, name, n);
	o->end[STRTAB] += 9;
	return (uint32_t)(at - o->at[STRTAB]);
}

/* Of the string table of COFF; 0 is no name. */
static uint32_t longname(const struct pe *pe, const struct out *o, uint64_t off)
{
	uint64_t at = pe->symbols + pe->nsyms * SYMBOL + off;

	return at < pe->n ? (uint32_t)(o->file + at) : 0;
}

static uint32_t section_name(const struct pe *pe, struct out *o, unsigned i)
{
	const char *name = (const char *)pe->b + pe->sections + (size_t)(i - 1) * SECTION;
	char digits[8] = "";

	if (name[0] != '/')
		return brief(o, name, 8);
	memcpy(digits, name + 1, 7);
	return longname(pe, o, strtoul(digits, NULL, 10));
}

static void put_section(struct out *o, uint32_t name, uint32_t type, uint64_t flags, addr a, uint64_t off, uint64_t size, uint32_t link, uint64_t entsize)
{
	put(o, SHDRS, name, 4);
	put(o, SHDRS, type, 4);
	word(o, SHDRS, flags);
	word(o, SHDRS, a);
	word(o, SHDRS, off);
	word(o, SHDRS, size);
	put(o, SHDRS, link, 4);
	put(o, SHDRS, 0, 4); /* info */
	word(o, SHDRS, 1);   /* alignment */
	word(o, SHDRS, entsize);
}

static void put_table(struct out *o, enum part part, uint32_t type, uint64_t flags, uint32_t link, uint64_t entsize)
{
	put_section(o, 0, type, flags, 0, o->at[part], o->end[part] - o->at[part], link, entsize);
}

static void put_segment(struct out *o, const struct pesection *s, size_t off)
{
	uint32_t flags = PF_R | (s->flags & IN_CODE ? PF_X : 0) | (s->flags & (uint32_t)WRITABLE ? PF_W : 0);

	put(o, PHDRS, PT_LOAD, 4);
	if (o->is64)
		put(o, PHDRS, flags, 4);
	word(o, PHDRS, off);
	word(o, PHDRS, s->addr);
	word(o, PHDRS, s->addr);
	word(o, PHDRS, s->filesz);
	word(o, PHDRS, s->memsz);
	if (!o->is64)
		put(o, PHDRS, flags, 4);
	word(o, PHDRS, 1);
}

static void put_symbol(struct out *o, enum part part, uint32_t name, unsigned info, unsigned shndx, uint64_t value, uint64_t size)
{
	put(o, part, name, 4);
	if (!o->is64) {
		put(o, part, value, 4);
		put(o, part, size, 4);
	}
	put(o, part, info, 1);
	put(o, part, 0, 1);
	put(o, part, shndx, 2);
	if (o->is64) {
		put(o, part, value, 8);
		put(o, part, size, 8);
	}
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
		struct pesection s = section_of(pe, i);

		if (memcmp(pe->b + pe->sections + (size_t)(i - 1) * SECTION, ".nosplit", 8) != 0 || s.off > pe->n || s.filesz > pe->n - s.off || pe->told)
			continue;
		pe->told = true;
		pe->functions = mem_alloc((s.filesz / (4 * width) + 1) * sizeof *pe->functions);
		for (at = 0; at + 4 * width <= s.filesz; at += 4 * width)
			if (get(pe, s.off + at, width) == NOTE_FUNC)
				pe->functions[pe->nfunctions++] = get(pe, s.off + at + width, width);
	}
}

struct pesymbol {
	addr value;
	int where; /* section, or less than 1 */
	unsigned class;
	bool function;
};

static struct pesymbol symbol_of(const struct pe *pe, size_t i)
{
	size_t at = pe->symbols + i * SYMBOL;
	struct pesymbol s = {.value = get(pe, at + 8, 4), .where = (int16_t)get(pe, at + 12, 2), .class = (unsigned)get(pe, at + 16, 1)};

	if (s.where > 0 && s.where <= (int)pe->nsecs)
		s.value += section_of(pe, (unsigned)s.where).addr;
	s.function = s.where > 0 && get(pe, at + 14, 2) == TYPE_FUNCTION;
	if (s.function && pe->told)
		s.function = bsearch(&s.value, pe->functions, pe->nfunctions, sizeof s.value, by_address) != NULL;
	return s;
}

static size_t next_symbol(const struct pe *pe, size_t i)
{
	return i + 1 + (size_t)get(pe, pe->symbols + i * SYMBOL + 17, 1);
}

static void sort_functions(struct pe *pe)
{
	size_t i, n = 0;

	if (!pe->told) {
		pe->functions = mem_alloc((pe->nsyms + 1) * sizeof *pe->functions);
		for (i = 0; i < pe->nsyms; i = next_symbol(pe, i)) {
			struct pesymbol s = symbol_of(pe, i);

			if (s.function)
				pe->functions[n++] = s.value;
		}
		pe->nfunctions = n;
	}
	if (pe->nfunctions > 0)
		qsort(pe->functions, pe->nfunctions, sizeof *pe->functions, by_address);
}

/* Up to the next function, or the end of the section. */
static uint64_t size_of(const struct pe *pe, const struct pesymbol *s)
{
	struct pesection sec = section_of(pe, (unsigned)s->where);
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

static void put_symbols(struct pe *pe, struct out *o)
{
	size_t i;

	for (i = 0; i < pe->nsyms; i = next_symbol(pe, i)) {
		struct pesymbol s = symbol_of(pe, i);
		size_t at = pe->symbols + i * SYMBOL;
		bool global = s.class == CLASS_EXTERNAL || s.class == CLASS_WEAK, short_ = get(pe, at, 4) != 0;
		unsigned type = s.class == CLASS_FILE ? STT_FILE : s.function ? STT_FUNC : STT_NOTYPE;

		if (s.where > (int)pe->nsecs || (!global && s.class != CLASS_STATIC && s.class != CLASS_LABEL && s.class != CLASS_FILE) ||
			(s.class == CLASS_STATIC && pe->b[at] == '.' && pe->b[at + 17] != 0 && !s.function)) /* of a section */
			continue;
		put_symbol(o, SYMTAB, short_ ? brief(o, pe->b + at, 8) : longname(pe, o, get(pe, at + 4, 4)), (global ? STB_GLOBAL : STB_LOCAL) << 4 | type,
			s.where > 0 ? (unsigned)s.where : s.where == 0 ? SHN_UNDEF : SHN_ABS, s.value, s.function ? size_of(pe, &s) : 0);
	}
}

static void put_import(struct pe *pe, struct out *o, uint64_t slot, uint64_t thunk, uint32_t *n)
{
	uint64_t name = thunk >> (pe->is64 ? 63 : 31) ? 0 : offset_of(pe, thunk);
	unsigned type = pe->is64 ? R_X86_64_GLOB_DAT : R_386_GLOB_DAT;

	if (name == 0 || name + 2 >= pe->n) /* by number */
		return;
	put_symbol(o, DYNSYM, (uint32_t)(o->file + name + 2), STB_GLOBAL << 4 | STT_FUNC, SHN_UNDEF, 0, 0);
	++*n;
	word(o, RELA, pe->base + slot);
	word(o, RELA, pe->is64 ? (uint64_t)*n << 32 | type : *n << 8 | type);
	word(o, RELA, 0);
}

/* The import directory: for each library two tables, of names and of what the loader fills in. */
static void put_imports(struct pe *pe, struct out *o, size_t most)
{
	uint64_t rva = get(pe, pe->optional + (pe->is64 ? 112 : 96) + 8, 4);
	size_t at = rva != 0 ? offset_of(pe, rva) : 0;
	unsigned width = pe->is64 ? 8 : 4;
	uint32_t n = 0, looked = 0;

	for (; at != 0 && get(pe, at + 16, 4) != 0 && looked < most; at += DESCRIPTOR) {
		uint64_t slot = get(pe, at + 16, 4), names = get(pe, at, 4), thunk;
		size_t from = offset_of(pe, names != 0 ? names : slot);

		for (; from != 0 && (thunk = get(pe, from, width)) != 0 && looked++ < most; from += width, slot += width)
			put_import(pe, o, slot, thunk, &n);
	}
}

static void put_header(struct pe *pe, struct out *o, unsigned nsegs)
{
	static const uint8_t ident[16] = {0x7f, 'E', 'L', 'F', ELFCLASS32, ELFDATA2LSB, EV_CURRENT};
	uint64_t entry = get(pe, pe->optional + 16, 4);

	memcpy(o->p, ident, sizeof ident);
	o->p[EI_CLASS] = pe->is64 ? ELFCLASS64 : ELFCLASS32;
	o->end[EHDR] = sizeof ident;
	put(o, EHDR, ET_EXEC, 2);
	put(o, EHDR, pe->is64 ? EM_X86_64 : EM_386, 2);
	put(o, EHDR, EV_CURRENT, 4);
	word(o, EHDR, entry != 0 ? pe->base + entry : 0);
	word(o, EHDR, o->at[PHDRS]);
	word(o, EHDR, o->at[SHDRS]);
	put(o, EHDR, 0, 4);
	put(o, EHDR, pe->is64 ? 64 : 52, 2);
	put(o, EHDR, pe->is64 ? 56 : 32, 2);
	put(o, EHDR, nsegs, 2);
	put(o, EHDR, pe->is64 ? 64 : 40, 2);
	put(o, EHDR, pe->nsecs + 5, 2);
	put(o, EHDR, pe->nsecs + 1, 2); /* section names: .strtab */
}

static bool put_sections(struct image *im, struct pe *pe, struct out *o, unsigned *nsegs)
{
	unsigned i, symsize = o->is64 ? 24 : 16, strtab = pe->nsecs + 1, dynsym = pe->nsecs + 3;

	put_section(o, 0, SHT_NULL, 0, 0, 0, 0, 0, 0);
	for (i = 1; i <= pe->nsecs; i++) {
		struct pesection s = section_of(pe, i);
		size_t off = o->at[STRTAB] + o->file + s.off;
		uint64_t flags = !s.loaded ? 0 : SHF_ALLOC | (s.flags & IN_CODE ? SHF_EXECINSTR : 0) | (s.flags & (uint32_t)WRITABLE ? SHF_WRITE : 0);

		if (s.filesz > 0 && (s.off > pe->n || s.filesz > pe->n - s.off))
			return image_bad(im, "section %u: 0x%jx bytes at offset 0x%jx run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", i, (uintmax_t)s.filesz, (uintmax_t)s.off, pe->n);
		put_section(o, section_name(pe, o, i), s.filesz > 0 ? SHT_PROGBITS : SHT_NOBITS, flags, s.addr, off, s.filesz > 0 ? s.filesz : s.memsz, 0, 0);
		if (s.loaded && s.memsz > 0) {
			put_segment(o, &s, s.filesz > 0 ? off : 0);
			++*nsegs;
		}
	}
	put_section(o, 0, SHT_STRTAB, 0, 0, o->at[STRTAB], o->at[NPARTS] - o->at[STRTAB], 0, 0);
	put_table(o, SYMTAB, SHT_SYMTAB, 0, strtab, symsize);
	put_table(o, DYNSYM, SHT_DYNSYM, 0, strtab, symsize);
	put_table(o, RELA, SHT_RELA, SHF_ALLOC | SHF_WRITE, dynsym, o->is64 ? 24 : 12);
	return true;
}

bool pe_read(struct image *im)
{
	struct elffile *e = im->elf;
	struct pe pe = {.b = e->bytes, .n = e->n};
	size_t imports = pe.n / sizeof(uint32_t);
	unsigned i, nsegs = 0;
	struct out o;
	bool good;

	if (!read_headers(im, &pe))
		return false;
	o = (struct out){.is64 = pe.is64, .file = 1 + 9 * (pe.nsecs + pe.nsyms)};
	const size_t sizes[NPARTS] = {64, 56 * (size_t)pe.nsecs, 64 * ((size_t)pe.nsecs + 5), 24 * (pe.nsyms + 1), 24 * (imports + 1), 24 * imports, o.file + pe.n + 1};

	for (i = 0; i < NPARTS; i++) {
		o.end[i] = o.at[i];
		o.at[i + 1] = o.at[i] + ((sizes[i] + 7) & ~(size_t)7);
	}
	o.at[NPARTS] = o.at[STRTAB] + sizes[STRTAB];
	o.p = mem_alloc(o.at[NPARTS]);
	image_keep(im, (char *)o.p);
	memcpy(o.p + o.at[STRTAB] + o.file, pe.b, pe.n);
	o.end[STRTAB]++; /* of no name */
	read_functions(&pe);
	sort_functions(&pe);
	put_symbol(&o, SYMTAB, 0, 0, 0, 0, 0);
	put_symbols(&pe, &o);
	put_symbol(&o, DYNSYM, 0, 0, 0, 0, 0);
	put_imports(&pe, &o, imports);
	good = put_sections(im, &pe, &o, &nsegs);
	put_header(&pe, &o, nsegs);
	free(pe.functions);
	if (good)
		image_replace(im, o.p, o.at[NPARTS]);
	return good;
}
