/*
 * elfutils.h - elfutils as an oracle, for imagedump: of the addresses on stdin, or of all functions.
 */
#ifndef ELFUTILS_H
#define ELFUTILS_H

#include "../../image.h"

void elfutils_cfi(struct image *);
void elfutils_funcs(struct image *);
void elfutils_lines(struct image *);

#endif
