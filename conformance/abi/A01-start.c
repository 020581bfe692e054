/* The image starts, its self-check holds, and the main goroutine has a g of its own. */
#include "test.h"

TEST("A01")
{
	CHECK(getg() != getm()->g0, "a goroutine");
	CHECK(getm() == &m0, "the first thread");
	EQ(getg()->goid, 1, "goroutine id");
}
