/* A panic through a callback that nobody recovers ends the program, once all deferred
 * calls were made; its message is printed. */
#include "test.h"

static uint32_t deferred;

static void last(void *arg)
{
	(void)arg;
	CHECK(recover() == 0, "recover in a call that cannot");
	deferred++;
}

static void outermost(void *arg)
{
	(void)arg;
	EQ(deferred, 1, "deferred calls before");
	if (deferred == 1)
		THROWS("panic: of no return");
}

static void callback(void *arg)
{
	struct defer d = { .fn = last };

	(void)arg;
	deferproc(&d);
	panic("of no return");
}

NOSPLIT static intptr_t foreign(void *arg)
{
	cgocallback(callback, arg);
	return 0;
}

TEST("C11")
{
	struct defer d = { .fn = outermost };

	deferproc(&d);
	cgocall(foreign, 0);
}
