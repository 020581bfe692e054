/* A sleep of ns wakes after ns, and not much later, for times from 1 us to 0.4 s. */
#include "sleep.h"

static uint32_t done;

static void sleeper(void *arg)
{
	static const int64_t times[] = { 1000, 50000, Millisecond, 20 * Millisecond, 123456789, 400 * Millisecond };
	struct note n;

	(void)arg;
	for (uint32_t i = 0; i < nelem(times); i++) {
		noteclear(&n);
		int64_t start = nanotime();
		EQ(notetsleep(&n, times[i]), false, "notetsleep that nobody wakes");
		BETWEEN(nanotime() - start, times[i], times[i] + Slack, "ns slept");
	}
	atomicstore(&done, 1);
}

TEST("S03")
{
	testthread(sleeper, 0);
	testjoin();
	EQ(done, 1, "the sleeper came to its end");
}
