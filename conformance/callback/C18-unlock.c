/* A foreign call keeps its goroutine on the thread, and the program cannot undo that: an
 * unlockOSThread too many in a callback throws, those that are due do not. */
#include "test.h"

static void callback(void *arg)
{
	lockOSThread();
	unlockOSThread();
	unlockOSThread(); /* of before the call */
	CHECK(getg()->lockedm == getm(), "still locked to the thread");
	*(bool *)arg = true;
	THROWS("unlockOSThread: not locked");
	unlockOSThread();
}

NOSPLIT static intptr_t foreign(void *arg)
{
	cgocallback(callback, arg);
	return 0;
}

TEST("C18")
{
	bool done = false;

	lockOSThread();
	cgocall(foreign, &done);
	CHECK(done, "the callback ran");
}
