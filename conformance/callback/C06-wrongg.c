/* A callback from foreign code that no foreign call of the goroutine runs: on g0, while
 * the goroutine is not in a foreign call. It is found before anything is touched. */
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

TEST("C06")
{
	THROWS("cgocallback: not from the foreign call of a goroutine");
	ong0(calls, 0);
}
