/*
 * cfi.h - what cfi.c and cfa.c share.
 */
#ifndef NOSPLIT_CFI_H
#define NOSPLIT_CFI_H

#include "image.h"

struct cie {
	uint64_t codealign;
	int64_t dataalign;
	uint8_t encoding; /* DW_EH_PE_... of addresses */
	bool augmented;	  /* FDEs have augmentation data */
	const uint8_t *insns, *end;
};

/* An address as encoding (DW_EH_PE_...) says; base: the section's, whose bytes begin at data.
 * False: cut off, or an encoding that linked code does not need. */
bool cfi_address(struct reader *, const uint8_t *data, addr base, unsigned encoding, bool ispc, uint64_t *v);
/* The CIE at offset off; false: there is none, or none that can be read. */
bool cfi_cie(const struct image *, const struct section *, uint64_t off, struct cie *);

#endif
