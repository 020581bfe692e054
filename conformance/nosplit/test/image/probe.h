/*
 * probe.h - asks an image everything once, odd questions included.
 */
#ifndef PROBE_H
#define PROBE_H

#include "../../image.h"

/* fatal if the table of functions is out of order. The sum is there to be computed. */
unsigned long probe(struct image *);
/* Opens bytes, probes and closes it; false: refused. fatal if the line of a refusal is none. */
bool probe_bytes(const uint8_t *bytes, size_t n, char err[256]);

#endif
