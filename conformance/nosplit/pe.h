/*
 * pe.h - what the files share that read PE images as ELF.
 */
#ifndef PE_H
#define PE_H

#include "image.h"

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

/* pe_out.c. The file that is made: its parts, one after the other. */
enum part { EHDR, PHDRS, SHDRS, SYMTAB, DYNSYM, RELA, UNWIND, STRTAB, NPARTS };
struct out {
	uint8_t *p;
	size_t at[NPARTS + 1], end[NPARTS]; /* where each begins, and what is written of it */
	size_t file;			    /* the PE file, in the string table: after short names */
	bool is64;
};

static inline uint64_t pe_get(const struct pe *pe, size_t at, unsigned size)
{
	return at <= pe->n && size <= pe->n - at ? word_at(pe->b + at, size, false) : 0;
}

struct pesymbol {
	addr value;
	int where; /* section, or less than 1 */
	unsigned class;
	bool function;
};

/* pe_coff.c */
bool pe_headers(struct image *, struct pe *); /* false: refused */
struct pesection pe_section(const struct pe *, unsigned i); /* 1 .. nsecs */
size_t pe_offset(const struct pe *, uint64_t rva); /* where an address lies in the file; 0: nowhere */
void pe_functions(struct pe *); /* sets functions, which pe_symbol and pe_size ask: free them */
struct pesymbol pe_symbol(const struct pe *, size_t i);
size_t pe_next(const struct pe *, size_t i); /* the symbol behind that one */
uint64_t pe_size(const struct pe *, const struct pesymbol *); /* up to the next function, or the end of the section */

/* pe_unwind.c */
size_t pe_unwind_bytes(const struct pe *); /* at most */
void pe_put_unwind(const struct pe *, struct out *);

/* pe_out.c: behind what is written of a part. Nothing is checked: there is room for all. */
void out_bytes(struct out *, enum part, uint64_t v, unsigned size);
void out_word(struct out *, enum part, uint64_t v);
uint32_t out_name(struct out *, const void *name, size_t n); /* of at most 8 bytes, and a NUL; 17: two of these */
void out_section(struct out *, uint32_t name, uint32_t type, uint64_t flags, addr, uint64_t off, uint64_t size, uint32_t link, uint64_t entsize);
void out_table(struct out *, enum part, uint32_t type, uint64_t flags, uint32_t link, uint64_t entsize);
void out_segment(struct out *, const struct pesection *, size_t off);
void out_symbol(struct out *, enum part, uint32_t name, unsigned info, unsigned shndx, uint64_t value, uint64_t size);

#endif
