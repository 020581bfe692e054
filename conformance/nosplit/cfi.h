/*
 * cfi.h - what cfi.c and cfa.c share.
 */
#ifndef NOSPLIT_CFI_H
#define NOSPLIT_CFI_H

#include "image.h"

struct cie {
	uint8_t encoding; /* DW_EH_PE_... of addresses */
	bool augmented;	  /* FDEs have augmentation data */
	bool atcalls;	  /* what it says holds at calls only: pe_unwind.c */
	const struct section *section;
	struct reader program;
	uint64_t codealign;
	int64_t dataalign;
};

bool cfi_is_eh(const struct section *);
/* An address as encoding (DW_EH_PE_...) says; base: the section's, whose bytes begin at data.
 * False: cut off, or an encoding that linked code does not need. */
bool cfi_address(struct reader *, const uint8_t *data, addr base, unsigned encoding, bool ispc, uint64_t *v);

#endif
