/* A throw on the third segment prints the stack across the segments. */
#include "test.h"

NOINLINE static int deep(int n)
{
	volatile char frame[StackMin];

	frame[0] = (char)n;
	if (n == 0) {
		THROWS("--- segment ---");
		throw("from the third segment");
	}
	return deep(n - 1) + frame[0];
}

TEST("K13")
{
	deep(2);
}
