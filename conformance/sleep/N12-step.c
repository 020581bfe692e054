/* A step of the realtime clock, forward or backward, moves no deadline: neither notetsleep
 * nor usleep ends early or late, and nanotime does not jump. */
#include "sleep.h"
#if __has_include("clock.h")
#include "clock.h"

enum { Hour = 3600 };

static uint32_t asleep, done;
static int64_t slept[4];

static void sleeper(void *arg)
{
	struct note n;
	int64_t start;

	(void)arg;
	for (uint32_t i = 0; i < nelem(slept); i++) {
		noteclear(&n);
		start = nanotime();
		xadd(&asleep, 1);
		if (i % 2)
			usleep(400000);
		else
			EQ(notetsleep(&n, 400 * Millisecond), false, "notetsleep that nobody wakes");
		slept[i] = nanotime() - start;
	}
	atomicstore(&done, 1);
}

/* Forward in the first two sleeps, backward in the others. */
TEST("N12")
{
	testthread(sleeper, 0);
	for (uint32_t i = 0; i < nelem(slept); i++) {
		int64_t before;
		testwait(&asleep, i + 1);
		usleep(100000);
		before = nanotime();
		EQ(kstepclock(i < 2 ? Hour : -Hour), 0, "the clock can be stepped");
		BETWEEN(nanotime() - before, 0, Slack, "ns that nanotime moved by the step");
	}
	testjoin();
	EQ(done, 1, "the sleeper came to its end");
	for (uint32_t i = 0; i < nelem(slept); i++)
		BETWEEN(slept[i], 400 * Millisecond, 400 * Millisecond + Slack, "ns slept while the clock was stepped");
}
#else
TEST("N12")
{
	SKIP("conformance/OS/clock.h: no clock that a test may step");
}
#endif
