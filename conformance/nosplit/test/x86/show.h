/* show.h - ops as text: see show.c. */
#ifndef SHOW_H
#define SHOW_H

#include "../../nosplit.h"

void show(const struct arch *, addr pc, const struct insn *, char *buf, size_t size);

#endif
