/* test.h - what the parts of the test of the x86 decoders share. */
#ifndef TEST_H
#define TEST_H

#include "show.h"

uint8_t *slurp(const char *path, size_t *n);
int cases(const struct arch *, const char *list, const char *binary);
int sweep(const struct arch *, const char *binary, addr base);
int trace(const struct arch *, const char *binary, addr base);
int random_bytes(const struct arch *, unsigned seed, size_t n);

/* Both decoders on what is at p: false, and the reason on standard output, if they differ. */
bool both_agree(const struct arch *, struct decoder *, addr pc, const uint8_t *p, size_t n);

#endif
