/* A call in a loop that splits each time (it is seen on another segment) uses the
 * spare segment: newstack is called once for all of them. */
#include "test.h"

enum { Calls = 10000 };

static struct stktop *seen;

NOINLINE static void big(void)
{
	volatile char frame[700];

	frame[0] = 1;
	seen = getg()->stackbase;
}

/* Goes down until big() no longer fits, and calls it there. */
NOINLINE static uint32_t loop(uint32_t depth)
{
	struct stktop *top = getg()->stackbase;
	uint32_t splits = 0;
	volatile char frame[64];

	frame[0] = (char)depth;
	big();
	if (seen == top) {
		splits = depth < 1000 ? loop(depth + 1) : 0;
		return splits + (frame[0] != (char)depth); /* not a tail call: it goes down */
	}
	uint64_t before = getm()->newstacks;
	for (uint32_t i = 0; i < Calls; i++) {
		big();
		splits += seen != top;
	}
	EQ(getm()->newstacks - before, 0, "calls of newstack in the loop");
	return splits;
}

TEST("K05")
{
	EQ(loop(0), Calls, "calls that ran on the spare segment");
}
