/* A throw on the third segment prints the stack across the segments. */
#include "test.h"

/* The pc of the caller. */
NOSPLIT NOINLINE static uintptr_t getcaller(void)
{
	return getcallerpc();
}

NOINLINE static int deep(int n)
{
	volatile char frame[StackMin];

	frame[0] = (char)n;
	if (n == 0) {
		/* At -Os on x86 gcc pushes arguments: the trace says that it ends. */
		THROWS(findfunc(getcaller())->kind & FuncDynamic ? "the trace ends" : "--- segment ---");
		throw("from the third segment");
	}
	return deep(n - 1) + frame[0];
}

TEST("K13")
{
	deep(2);
}
