/* A bad memory access is caught on the signal stack, and the message says which. */
#include "test.h"

static volatile int *volatile nowhere = (int *)16;

TEST("W11")
{
	THROWS("SIGSEGV: bad memory access");
	*nowhere = 1;
}
