/* What the measuring programs share. They are programs of linux over the kit,
 * because affinity and resident set are questions for the OS that no port
 * answers; everything else is the kit's. Output, one line a sample:
 *
 *	series <tab> operations <tab> nanoseconds (or bytes) of all of them
 *
 * The tool of tool/ computes; a program only counts and reads the clock.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "linux.h"

#include "number.h"

struct series {
	const char *name;
	void (*run)(uint32_t ops); /* does the operation ops times */
	uint32_t ops;
};

/* Samples of all series, taken in turns so that subject and floor meet the same
 * machine. */
void measure(const struct series *s, uint32_t n);
/* Prints one sample. */
void sample(const char *name, uint32_t ops, int64_t total);
/* Ends the program with status 1 and the reason if ok is false. */
void require(bool ok, const char *what);

#endif
