/*
 * symbols.h - what symbols.c and merge.c share.
 */
#ifndef NOSPLIT_SYMBOLS_H
#define NOSPLIT_SYMBOLS_H

#include "image.h"

struct candidate {
	addr start;
	uint64_t size; /* 0: unknown */
	const char *name;
	uint8_t origin; /* enum origin: a smaller one is the better source */
	uint8_t bind;
	int8_t mode; /* -1: unknown */
	uint16_t flags;
	unsigned file;
};

struct candidates {
	struct image *im;
	struct candidate *c;
	size_t n, cap;
	unsigned file;
};

/* Puts them into the image's table; sorts them. */
void candidates_merge(struct candidates *);

#endif
