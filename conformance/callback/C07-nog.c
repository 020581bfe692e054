/* A callback on a thread of the runtime that has no goroutine. */
#include "test.h"

static void callback(void *arg)
{
	(void)arg;
	EQ(0, 1, "the callback ran");
}

static void calls(void *arg)
{
	cgocallback(callback, arg);
}

TEST("C07")
{
	THROWS("cgocallback: not from the foreign call of a goroutine");
	testthread(calls, 0);
	testjoin();
}
