/* listing.h - what the parts of the test of the arm decoder share. */
#ifndef LISTING_H
#define LISTING_H

#include "../../nosplit.h"

struct line { /* of objdump -d */
	addr pc;
	int len, mode;	/* mode -1: data */
	size_t at;	/* of its bytes in listing.bytes */
	size_t left;	/* bytes from there on that are contiguous */
	char *text;	/* mnemonic and operands, one blank between, no comment */
	int32_t number; /* of the line in the input */
};

struct listing {
	struct line *lines;
	size_t n, cap;
	uint8_t *bytes;
	size_t nbytes, capbytes;
};

void listing_read(struct listing *, FILE *);
bool listing_decode(const struct listing *, const struct line *, struct decoder *, struct insn *);
void show(const struct insn *, char *buf, size_t size);	/* ops and flow, one line */
int check(const struct listing *, struct decoder *);	/* against the text: number of differences */
int trace(const struct listing *, struct decoder *, FILE *log, uint32_t bias); /* against qemu's registers */
int constants(struct decoder *, unsigned long n); /* n random instructions against arch.constants: is one wrong? */

#endif
