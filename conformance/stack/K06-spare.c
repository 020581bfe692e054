/* A goroutine keeps at most one spare segment, and gives back every segment when
 * it exits, also by goexit from deep down. */
#include "test.h"

static uint32_t done;
static uint64_t kept;

NOINLINE static uint32_t down(uint32_t n, bool leave)
{
	volatile char frame[512];

	frame[0] = (char)n;
	if (n == 0 && leave) {
		done++;
		goexit();
	}
	return n == 0 ? 0 : down(n - 1, leave) + (uint32_t)(frame[0] != (char)n);
}

static void returns(void *arg)
{
	uint64_t before = readstackstats().inuse;

	(void)arg;
	EQ(down(1000, false), 0, "damaged frames");
	kept = readstackstats().inuse - before;
	done++;
}

static void leaves(void *arg)
{
	(void)arg;
	down(1000, true);
}

TEST("K06")
{
	uint64_t before;

	for (uint32_t i = 0; i < 2; i++) { /* first the goroutines' own first segments */
		before = readstackstats().inuse;
		done = 0;
		newproc(returns, 0);
		newproc(leaves, 0);
		while (done < 2)
			gosched();
		gosched();
	}
	CHECK(kept <= StackMin, "bytes kept as spare while alive");
	EQ(readstackstats().inuse, before, "bytes in segments after both have gone");
}
