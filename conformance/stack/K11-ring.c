/* Segments are refilled and released in batches: going far down and up again, on
 * several threads at once, takes from the OS once what the first descent needed,
 * and no segment is handed out twice. */
#include "test.h"

enum { Depth = 3000, Goroutines = 8, Rounds = 20 };

static uint32_t done, wrong, below;

NOINLINE static uint32_t down(uint32_t n, uint32_t tag, uint32_t all)
{
	volatile uint32_t frame[100];

	frame[0] = tag;
	frame[99] = ~tag;
	if (n > 0)
		down(n - 1, tag, all);
	else
		/* All of them hold all their segments at once, in each round alike. */
		for (xadd(&below, 1); atomicload(&below) < all;)
			gosched();
	if (frame[0] != tag || frame[99] != ~tag)
		xadd(&wrong, 1);
	return frame[0];
}

static void body(void *arg)
{
	for (uint32_t i = 0; i < Rounds; i++)
		down(Depth, (uint32_t)(uintptr_t)arg * 1000 + i, (i + 1) * Goroutines);
	xadd(&done, 1);
}

static void round(void)
{
	done = below = 0;
	for (uintptr_t i = 0; i < Goroutines; i++)
		newproc(body, (void *)i);
	while (atomicload(&done) < Goroutines)
		gosched();
}

TEST("K11")
{
	gomaxprocs(3);
	round();
	uint64_t sys = readstackstats().sys;
	round();
	EQ(wrong, 0, "frames that another goroutine wrote to");
	CHECK(readstackstats().sys <= sys + (4 << 20), "bytes from the OS after the second round");
}
