/* Finds __vdso_clock_gettime in the image that the kernel maps (vdso(7)); the
 * ELF layout is the System V gABI's, fields of the machine's word size. */
#include "linux.h"

struct phdr {
#if PtrSize == 8
	uint32_t type, flags;
	uintptr_t offset, vaddr, paddr, filesz, memsz, align;
#else
	uint32_t type;
	uintptr_t offset, vaddr, paddr, filesz, memsz, flags, align;
#endif
};

struct ehdr {
	uint8_t ident[16];
	uint16_t type, machine;
	uint32_t version;
	uintptr_t entry, phoff, shoff;
	uint32_t flags;
	uint16_t ehsize, phentsize, phnum;
};

struct sym {
#if PtrSize == 8
	uint32_t name;
	uint8_t info, other;
	uint16_t shndx;
	uintptr_t value, size;
#else
	uint32_t name;
	uintptr_t value, size;
	uint8_t info, other;
	uint16_t shndx;
#endif
};

struct dyn {
	intptr_t tag;
	uintptr_t val;
};

enum { PT_LOAD = 1, PT_DYNAMIC = 2, DT_STRTAB = 5, DT_SYMTAB = 6 };

NOSPLIT static bool same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

void linux_vdso(const void *image)
{
	const struct ehdr *e = image;
	const struct phdr *p = (const void *)((uintptr_t)image + e->phoff);
	const struct dyn *d = 0;
	uintptr_t base = 0, strtab = 0, symtab = 0;

	for (uint32_t i = 0; i < e->phnum; i++, p++) {
		if (p->type == PT_LOAD && base == 0)
			base = (uintptr_t)image + p->offset - p->vaddr;
		else if (p->type == PT_DYNAMIC)
			d = (const void *)((uintptr_t)image + p->offset);
	}
	for (; d && d->tag; d++) {
		if (d->tag == DT_STRTAB)
			strtab = base + d->val;
		else if (d->tag == DT_SYMTAB)
			symtab = base + d->val;
	}
	/* The string table follows the symbols in every vDSO: that is their number.
	 * DT_HASH, which would tell, is gone from newer kernels. */
	for (const struct sym *s = (const void *)symtab; symtab && (uintptr_t)(s + 1) <= strtab; s++)
		if (s->shndx != 0 && same((const char *)strtab + s->name, "__vdso_clock_gettime"))
			linux_vdso_clock = (void *)(base + s->value);
}
