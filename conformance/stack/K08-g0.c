/* A function that would have to split on g0 throws, and the message names it. */
#include "test.h"

__attribute__((noipa)) static int recursion(int n)
{
	volatile char frame[256];

	frame[0] = (char)n;
	return recursion(n + 1) + frame[0];
}

static void go(void *arg)
{
	(void)arg;
	THROWS("recursion splits the stack of g0");
	recursion(0);
}

TEST("K08")
{
	ong0(go, 0);
}
