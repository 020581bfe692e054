/*
 * pe.c - PE images (windows), as ELF for the files that read that.
 *
 * Depends on pe_coff.c for what the file holds. Promises: from a PE image with whatever it holds, an ELF file in
 * memory, of the same addresses, or one line of refusal. In front of the PE file, which follows
 * as it is, are an ELF header, segments and sections that lie in it, COFF symbols, and imports
 * as relocations of the import table, and unwind information as .eh_frame. What is wrong about addresses, elf.c finds.
 *
 * COFF symbols have no size, and ld calls every label in code a function. So a function goes on
 * up to the next one; and where the section .nosplit says which are functions, others are labels.
 *
 * Offsets and numbers: Microsoft Portable Executable and Common Object File Format Specification.
 */
#include "pe.h"

#include <stdlib.h>
#include <string.h>

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
		return out_name(o, name, 8);
	memcpy(digits, name + 1, 7);
	return longname(pe, o, strtoul(digits, NULL, 10));
}

static void put_symbols(struct pe *pe, struct out *o)
{
	size_t i;

	for (i = 0; i < pe->nsyms; i = pe_next(pe, i)) {
		struct pesymbol s = pe_symbol(pe, i);
		size_t at = pe->symbols + i * SYMBOL;
		bool global = s.class == CLASS_EXTERNAL || s.class == CLASS_WEAK, short_ = pe_get(pe, at, 4) != 0;
		unsigned type = s.class == CLASS_FILE ? STT_FILE : s.function ? STT_FUNC : STT_NOTYPE;

		if (s.where > (int)pe->nsecs || (!global && s.class != CLASS_STATIC && s.class != CLASS_LABEL && s.class != CLASS_FILE) ||
			(s.class == CLASS_STATIC && pe->b[at] == '.' && pe->b[at + 17] != 0 && !s.function)) /* of a section */
			continue;
		out_symbol(o, SYMTAB, short_ ? out_name(o, pe->b + at, 8) : longname(pe, o, pe_get(pe, at + 4, 4)), (global ? STB_GLOBAL : STB_LOCAL) << 4 | type,
			s.where > 0 ? (unsigned)s.where : s.where == 0 ? SHN_UNDEF : SHN_ABS, s.value, s.function ? pe_size(pe, &s) : 0);
	}
}

static void put_import(struct pe *pe, struct out *o, uint64_t slot, uint64_t thunk, uint32_t *n)
{
	uint64_t name = thunk >> (pe->is64 ? 63 : 31) ? 0 : pe_offset(pe, thunk);
	unsigned type = pe->is64 ? R_X86_64_GLOB_DAT : R_386_GLOB_DAT;

	if (name == 0 || name + 2 >= pe->n) /* by number */
		return;
	out_symbol(o, DYNSYM, (uint32_t)(o->file + name + 2), STB_GLOBAL << 4 | STT_FUNC, SHN_UNDEF, 0, 0);
	++*n;
	out_word(o, RELA, pe->base + slot);
	out_word(o, RELA, pe->is64 ? (uint64_t)*n << 32 | type : *n << 8 | type);
	out_word(o, RELA, 0);
}

/* The import directory: for each library two tables, of names and of what the loader fills in. */
static void put_imports(struct pe *pe, struct out *o, size_t most)
{
	uint64_t rva = pe_get(pe, pe->optional + (pe->is64 ? 112 : 96) + 8, 4);
	size_t at = rva != 0 ? pe_offset(pe, rva) : 0;
	unsigned width = pe->is64 ? 8 : 4;
	uint32_t n = 0, looked = 0;

	for (; at != 0 && pe_get(pe, at + 16, 4) != 0 && looked < most; at += DESCRIPTOR) {
		uint64_t slot = pe_get(pe, at + 16, 4), names = pe_get(pe, at, 4), thunk;
		size_t from = pe_offset(pe, names != 0 ? names : slot);

		for (; from != 0 && (thunk = pe_get(pe, from, width)) != 0 && looked++ < most; from += width, slot += width)
			put_import(pe, o, slot, thunk, &n);
	}
}

static void put_header(struct pe *pe, struct out *o, unsigned nsegs)
{
	static const uint8_t ident[16] = {0x7f, 'E', 'L', 'F', ELFCLASS32, ELFDATA2LSB, EV_CURRENT};
	uint64_t entry = pe_get(pe, pe->optional + 16, 4);

	memcpy(o->p, ident, sizeof ident);
	o->p[EI_CLASS] = pe->is64 ? ELFCLASS64 : ELFCLASS32;
	o->end[EHDR] = sizeof ident;
	out_bytes(o, EHDR, ET_EXEC, 2);
	out_bytes(o, EHDR, pe->is64 ? EM_X86_64 : EM_386, 2);
	out_bytes(o, EHDR, EV_CURRENT, 4);
	out_word(o, EHDR, entry != 0 ? pe->base + entry : 0);
	out_word(o, EHDR, o->at[PHDRS]);
	out_word(o, EHDR, o->at[SHDRS]);
	out_bytes(o, EHDR, 0, 4);
	out_bytes(o, EHDR, pe->is64 ? 64 : 52, 2);
	out_bytes(o, EHDR, pe->is64 ? 56 : 32, 2);
	out_bytes(o, EHDR, nsegs, 2);
	out_bytes(o, EHDR, pe->is64 ? 64 : 40, 2);
	out_bytes(o, EHDR, pe->nsecs + 6, 2);
	out_bytes(o, EHDR, pe->nsecs + 1, 2); /* section names: .strtab */
}

static bool put_sections(struct image *im, struct pe *pe, struct out *o, unsigned *nsegs)
{
	unsigned i, symsize = o->is64 ? 24 : 16, strtab = pe->nsecs + 1, dynsym = pe->nsecs + 3;

	out_section(o, 0, SHT_NULL, 0, 0, 0, 0, 0, 0);
	for (i = 1; i <= pe->nsecs; i++) {
		struct pesection s = pe_section(pe, i);
		size_t off = o->at[STRTAB] + o->file + s.off;
		uint64_t flags = !s.loaded ? 0 : SHF_ALLOC | (s.flags & IN_CODE ? SHF_EXECINSTR : 0) | (s.flags & (uint32_t)WRITABLE ? SHF_WRITE : 0);

		if (s.filesz > 0 && (s.off > pe->n || s.filesz > pe->n - s.off))
			return image_bad(im, "section %u: 0x%jx bytes at offset 0x%jx run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", i, (uintmax_t)s.filesz, (uintmax_t)s.off, pe->n);
		out_section(o, section_name(pe, o, i), s.filesz > 0 ? SHT_PROGBITS : SHT_NOBITS, flags, s.addr, off, s.filesz > 0 ? s.filesz : s.memsz, 0, 0);
		if (s.loaded && s.memsz > 0) {
			out_segment(o, &s, s.filesz > 0 ? off : 0);
			++*nsegs;
		}
	}
	out_section(o, 0, SHT_STRTAB, 0, 0, o->at[STRTAB], o->at[NPARTS] - o->at[STRTAB], 0, 0);
	out_table(o, SYMTAB, SHT_SYMTAB, 0, strtab, symsize);
	out_table(o, DYNSYM, SHT_DYNSYM, 0, strtab, symsize);
	out_table(o, RELA, SHT_RELA, SHF_ALLOC | SHF_WRITE, dynsym, o->is64 ? 24 : 12);
	out_section(o, out_name(o, ".eh_frame", 9), SHT_PROGBITS, 0, 0, o->at[UNWIND], o->end[UNWIND] - o->at[UNWIND], 0, 0);
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

	if (!pe_headers(im, &pe))
		return false;
	o = (struct out){.is64 = pe.is64, .file = 1 + 9 * (pe.nsecs + pe.nsyms + 2)};
	const size_t sizes[NPARTS] = {64, 56 * (size_t)pe.nsecs, 64 * ((size_t)pe.nsecs + 6), 24 * (pe.nsyms + 1), 24 * (imports + 1), 24 * imports, pe_unwind_bytes(&pe), o.file + pe.n + 1};

	for (i = 0; i < NPARTS; i++) {
		o.end[i] = o.at[i];
		o.at[i + 1] = o.at[i] + ((sizes[i] + 7) & ~(size_t)7);
	}
	o.at[NPARTS] = o.at[STRTAB] + sizes[STRTAB];
	o.p = mem_alloc(o.at[NPARTS]);
	image_keep(im, (char *)o.p);
	memcpy(o.p + o.at[STRTAB] + o.file, pe.b, pe.n);
	o.end[STRTAB]++; /* of no name */
	pe_functions(&pe);
	out_symbol(&o, SYMTAB, 0, 0, 0, 0, 0);
	put_symbols(&pe, &o);
	out_symbol(&o, DYNSYM, 0, 0, 0, 0, 0);
	put_imports(&pe, &o, imports);
	pe_put_unwind(&pe, &o);
	good = put_sections(im, &pe, &o, &nsegs);
	put_header(&pe, &o, nsegs);
	free(pe.functions);
	if (good)
		image_replace(im, o.p, o.at[NPARTS]);
	return good;
}
