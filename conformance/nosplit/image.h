/*
 * image.h - what the files that read ELF share, and nobody else includes (the tests aside).
 *
 *	elf.c		headers, segments, sections, symbols: everything validated once, before use
 *	pe.c pe_*.c	PE images, as ELF
 *	reloc.c		relocations, and the words they change
 *	dwarf.c		what libdw gets to see
 *	cfi.c cfa.c	DWARF: CFA rules
 *	lines.c		DWARF: source lines
 *	symbols.c merge.c	functions from symbols, CFI, .ARM.exidx and entries
 *	funcs.c		the table of functions
 *	plt.c		PLT stubs and veneers, imports
 *	taken.c		functions whose address is in data
 *	notes.c		the section .nosplit
 *	image.c		opening and closing, memory of the image
 *
 * libelf and libdw read ELF and DWARF. The files are hostile, and the libraries (0.188) are not
 * made for that everywhere: elf.c, dwarf.c, cfa.c and lines.c say what is kept away from them,
 * and why. Read here are only what elfutils has nothing for: encoded addresses of .eh_frame,
 * .ARM.exidx, .nosplit.
 */
#ifndef NOSPLIT_IMAGE_H
#define NOSPLIT_IMAGE_H

#include "nosplit.h"

#include <elfutils/libdw.h>
#include <gelf.h>

/* Reads values one after another; behind the end everything is 0, and bad is set. */
struct reader {
	const uint8_t *p, *end;
	bool big, bad;
	uint8_t wordsize;
};

static inline size_t rd_left(const struct reader *r)
{
	return (size_t)(r->end - r->p);
}
uint64_t rd(struct reader *, unsigned size);	   /* 1, 2, 4 or 8 bytes */
uint64_t rd_word(struct reader *);		   /* wordsize bytes */
uint64_t rd_uleb(struct reader *);
int64_t rd_sleb(struct reader *);
void rd_skip(struct reader *, uint64_t n);
uint64_t word_at(const uint8_t *p, unsigned size, bool big);
int64_t sign_extend(uint64_t v, unsigned size);

struct segment { /* PT_LOAD, sorted by addr, not overlapping */
	addr addr;
	uint64_t filesz, memsz, off;
	uint32_t flags;
};

struct section {
	const char *name;
	addr addr;
	uint64_t off, size, flags, entsize;
	uint32_t type, link, info;
	const uint8_t *data; /* size bytes, as they are in the file; nil: NOBITS */
	Elf_Scn *scn;
	Elf_Data *table; /* of symbols, relocations, dynamic entries: for gelf_get...; or nil */
};

struct range {
	addr lo, hi;
};

struct ranges { /* sorted, not overlapping after ranges_merge */
	struct range *r;
	size_t n, cap;
};
void ranges_add(struct ranges *, addr lo, addr size);
void ranges_merge(struct ranges *);
const struct range *ranges_find(const struct ranges *, addr a); /* that holds a, or nil */

struct reloc { /* of loaded memory, sorted by where */
	addr where;
	uint64_t addend; /* in memory or in the record */
	const struct section *symtab;
	uint32_t type, sym;
};

struct symbol {
	const char *name;
	addr value;
	uint64_t size;
	uint8_t type, bind, visibility;
	uint16_t shndx;
};

struct mapping { /* ARM: code or data from here to the next one */
	addr where;
	int8_t mode; /* -1: data */
};

struct fde { /* sorted by lo, not overlapping */
	addr lo, hi; /* where it holds */
	const uint8_t *program, *end;
	unsigned cie;	/* in elffile.cies */
	unsigned order; /* in the file */
};

struct cie; /* cfi.h */

/* A function with what the image knows of it beyond the header. */
struct node {
	struct func f; /* first */
	struct func *through; /* answer of image_through, or nil */
	addr slot;	 /* of a PLT stub */
	bool guessed;	 /* mode */
	bool local;	 /* name */
	unsigned file;	 /* ordinal of the source file among the local symbols, 0: global */
	bool sized;	 /* end is told, not guessed */
};

struct name {
	const char *name;
	struct func *f;
	unsigned file;
	bool local;
};

struct lines;

struct elffile {
	const uint8_t *bytes;
	size_t n;
	bool mapped; /* bytes and copy, by this module */
	uint8_t *copy; /* libelf's: section headers change in it */
	Elf *elf;
	bool is64;
	uint32_t flags;
	int type;
	struct segment *segs;
	size_t nsegs;
	struct section *secs; /* 0 is the null section */
	size_t nsecs;
	struct ranges exec, readonly, stubs; /* stubs: PLT sections */
	struct reloc *relocs;
	size_t nrelocs, caprelocs;
	struct mapping *maps;
	size_t nmaps, capmaps;
	struct fde *fdes;
	size_t nfdes, capfdes;
	struct cie *cies;
	size_t ncies, capcies;
	uint64_t cfibytes; /* of programs of CFI that were run */
	struct func **plain; /* image.funcs without those inside another and the external ones */
	size_t nplain, capplain;
	size_t nexternals; /* the first ones of image.funcs, sorted by name */
	struct name *names; /* sorted by name; nil: not yet made */
	unsigned nasked; /* names that were looked for without */
	size_t nnames;
	char **strings; /* to be freed */
	size_t nstrings, capstrings;
	Dwarf *dwarf; /* see elf_dwarf */
	bool tried; /* dwarf */
	struct lines *lines;
	char *err; /* of image_open; nil afterwards */
};

/* Writes the one line of image_open and returns false. */
bool image_bad(struct image *, const char *fmt, ...) PRINTF(2, 3);
const char *image_keep(struct image *, char *s); /* freed with the image */
static inline struct node *node_of(struct func *f)
{
	return (struct node *)f;
}

/* The bytes of the file are these from now on: they stay as long as the image. */
void image_replace(struct image *, const uint8_t *bytes, size_t n);

/* pe.c */
bool pe_is(const uint8_t *bytes, size_t n);
bool pe_read(struct image *); /* replaces them by an ELF file */

/* elf.c */
bool elf_read(struct image *);
const struct section *elf_section(const struct image *, const char *name); /* with data, or nil */
struct reader elf_reader(const struct image *, const struct section *);
size_t elf_nsyms(const struct image *, const struct section *symtab);
/* Symbol i; false if its name is outside the string table. */
bool elf_symbol(const struct image *, const struct section *symtab, size_t i, struct symbol *);
const struct segment *elf_segment(const struct image *, addr a);
bool elf_bigcode(const struct image *); /* ARM BE8: data is big-endian, code is not */

/* dwarf.c */
/* Inflates the first .eh_frame, .debug_frame, .debug_line, .debug_line_str, and hides all else
 * from libdw; others of these names, and those that cannot be inflated, have no data then. */
void elf_hide(struct elffile *);
Dwarf *elf_dwarf(struct elffile *); /* or nil */

/* reloc.c */
bool relocs_read(struct image *);
const struct reloc *reloc_at(const struct image *, addr where);
enum relockind { REL_OTHER, REL_RELATIVE, REL_SYMBOL /* + addend */, REL_SLOT, REL_GLOB, REL_IRELATIVE };
enum relockind reloc_kind(const struct image *, const struct reloc *);
/* The address that the loader writes there, with a Thumb bit; false: not known from here. */
bool reloc_value(const struct image *, const struct reloc *, uint64_t *v);

/* funcs.c */
struct func *func_new(struct image *, addr start, addr end, const char *name, int mode, enum origin); /* not in the table */
void func_alias(struct func *, const char *name);
bool func_part_of(struct func *part, struct func *whole); /* sets part->whole; false: it would go in a circle */
void funcs_insert(struct image *, struct func *);
struct func *func_in_file(const struct image *, const char *name, unsigned file); /* local ones only */
void funcs_clip(struct image *); /* ends them where the next one starts */
int mapping_mode(const struct image *, addr a); /* -1: data, -2: no mapping symbol says */
int guess_mode(const struct image *, addr a);

/* cfi.c, symbols.c, plt.c, taken.c, notes.c, lines.c */
bool cfi_read(struct image *);
bool symbols_read(struct image *);
void externals_read(struct image *); /* before there are other functions */
void plt_read(struct image *);
void taken_read(struct image *);
bool notes_read(struct image *);
const char *lines_find(const struct image *, addr a, int *line);
void lines_free(struct lines *);

#endif
