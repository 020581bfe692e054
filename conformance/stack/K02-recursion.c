/* A recursion of a million frames goes down and comes back with the right result,
 * and afterwards the goroutine holds one spare segment, not thousands. */
#include "test.h"

enum { Depth = 1000000 };

NOINLINE static uint32_t down(uint32_t n)
{
	volatile uint32_t local = n ^ 0x5a5a;

	if (n == 0)
		return 0;
	uint32_t r = down(n - 1) + 1;
	return local == (n ^ 0x5a5a) ? r : 0;
}

TEST("K02")
{
	struct stackstats before = readstackstats();

	EQ(down(Depth), Depth, "frames that came back whole");
	EQ((int64_t)(readstackstats().inuse - before.inuse) <= StackMin, true, "at most one spare segment is left");
}
