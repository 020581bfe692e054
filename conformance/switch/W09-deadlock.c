/* When no goroutine can ever run again the program says so and ends. */
#include "test.h"

static void waits(void *arg)
{
	park(0, arg, "for ever");
}

TEST("W09")
{
	newproc(waits, 0);
	THROWS("all goroutines are asleep");
	park(0, 0, "for ever");
}
