/*
 * hints.h - what marks.c and hints.c share.
 */
#ifndef HINTS_H
#define HINTS_H

#include "flow.h"

enum { MinMark = 0x1000 }; /* smaller numbers are no addresses */

struct hint { /* the bytes at pc may be a constant that is value, or up to HintSlack more */
	addr value, pc;
};
enum { HintSlack = 4 };

struct hints {
	struct hint *h; /* page by page of values */
	size_t n, cap;
	uint32_t *page; /* the first of each page, and one more */
	addr lo, hi;	/* where page 0 begins; behind the last */
	size_t npages;
	uint8_t *code; /* page by page: all of it is code, so that no data of which there are hints is there */
	addr reach; /* of instructions: they name without a hint what is so near */
	addr got; /* what position-independent code of 386 holds in a register, or 0 */
};

/* False: there are none for this image, any function may name any address. */
bool hints_read(const struct image *, struct hints *);
void hints_free(struct hints *);
/* Hints of (a, b], and perhaps of a little around it: *n of them. */
const struct hint *hints_between(const struct hints *, addr a, addr b, size_t *n);
/* May an instruction name a in any other way than by 4 bytes? */
bool hints_short(const struct hints *, addr a, addr b);

#endif
