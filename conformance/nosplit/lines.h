/*
 * lines.h - what lines.c, linetable.c and linefile.c share.
 */
#ifndef NOSPLIT_LINES_H
#define NOSPLIT_LINES_H

#include "image.h"

struct unit {
	struct reader program; /* at its first opcode */
	struct reader tables;  /* at the directories */
	unsigned version;
	uint8_t mininsn, linerange, opcodebase;
	bool dwarf64;
	int8_t linebase;
	const uint8_t *lengths; /* of standard opcodes */
};

struct state { /* of a program */
	addr where;
	unsigned file, line;
	bool end;
};

struct line_strings { /* sections that names may be in, or nil */
	const struct image *im;
	const struct section *str, *linestr;
};

/* The unit at r, which is left behind it; false: none that can be read. */
bool line_unit(struct reader *r, struct unit *);
/* Runs the instruction at r; true: *s is a row now. */
bool line_step(const struct unit *, struct reader *r, struct state *s);
/* Lives as long as the image; nil: there is none. */
const char *line_file(struct image *, const struct line_strings *, const struct unit *, unsigned file);

#endif
