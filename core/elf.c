/* Finds a function in an image that the OS maps into every process (linux: vdso(7)). The
 * image is ELF (System V gABI) of the machine's word size W, read at these offsets.
 * Nosplit: the port starts with it, before there is a stack that can grow. */
#include "rt.h"

enum {
	W = PtrSize,
	PHOFF = 24 + W,			    /* of the ELF header */
	PHENTSIZE = W == 8 ? 54 : 42,
	PHNUM = PHENTSIZE + 2,
	OFFSET = W, VADDR = 2 * W,	    /* of a program header; its type is first */
	SYMVALUE = W, SYMSIZE = 8 + 2 * W, /* of a symbol; its name is first */
	PT_LOAD = 1, PT_DYNAMIC = 2, DT_NULL = 0, DT_STRTAB = 5, DT_SYMTAB = 6,
};

#define AT(T, p, offset) (*(const T *)((p) + (offset)))

uintptr_t elfsymbol(uintptr_t image, const char *name)
{
	uintptr_t value = 0, base = 0, dynamic = 0, strtab = 0, symtab = 0, p = image + AT(uintptr_t, image, PHOFF);

	for (uint32_t n = AT(uint16_t, image, PHNUM); n > 0; n--, p += AT(uint16_t, image, PHENTSIZE)) {
		if (AT(uint32_t, p, 0) == PT_LOAD && base == 0)
			base = image + AT(uintptr_t, p, OFFSET) - AT(uintptr_t, p, VADDR);
		else if (AT(uint32_t, p, 0) == PT_DYNAMIC)
			dynamic = image + AT(uintptr_t, p, OFFSET);
	}
	for (p = dynamic; p && AT(uintptr_t, p, 0) != DT_NULL; p += 2 * W) {
		if (AT(uintptr_t, p, 0) == DT_STRTAB)
			strtab = base + AT(uintptr_t, p, W);
		else if (AT(uintptr_t, p, 0) == DT_SYMTAB)
			symtab = base + AT(uintptr_t, p, W);
	}
	/* The string table follows the symbols in every vDSO: that is their number.
	 * DT_HASH, which would tell, is gone from newer kernels. */
	for (p = symtab; p && p + SYMSIZE <= strtab; p += SYMSIZE)
		if (strafter((const char *)strtab + AT(uint32_t, p, 0), name, 0))
			value = base + AT(uintptr_t, p, SYMVALUE);
	return value;
}
