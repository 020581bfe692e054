/* Goroutines that end are used again: 100,000 in a row need no more memory than a
 * few at once. */
#include "test.h"

static uint32_t ran;

static void one(void *arg)
{
	ran += (uint32_t)(uintptr_t)arg;
}

TEST("W10")
{
	newproc(one, (void *)1);
	gosched();
	uint64_t sys = readstackstats().sys;
	for (uint32_t i = 0; i < 100000; i++) {
		newproc(one, (void *)1);
		if (i % 8 == 7)
			gosched();
	}
	while (gcount() > 1)
		gosched();
	EQ(ran, 100001, "goroutines that ran");
	/* A preemption may want a segment, which the OS gives by the chunk. */
	BETWEEN((int64_t)readstackstats().sys, (int64_t)sys, (int64_t)sys + (256 << 10), "bytes from the OS for stacks");
}
