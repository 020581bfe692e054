/* The part of a time-out below a second is honoured: a sleep of 1.3 s neither
 * returns at 1.0 s, nor spins for the 0.3 s. */
#include "sleep.h"

static void sleeper(void *arg)
{
	struct note n;
	struct bed bed = { 0 };
	int64_t start = nanotime(), cpu = cputime();

	(void)arg;
	layerenter(&bed);
	noteclear(&n);
	EQ(notetsleep(&n, 1300 * Millisecond), false, "notetsleep that nobody wakes");
	BETWEEN(nanotime() - start, 1300 * Millisecond, 1300 * Millisecond + Slack, "ns in notetsleep");
	/* The layer itself: one call sleeps it all, but for a signal or the like. */
	start = nanotime();
	layersleep(&bed, 1300 * Millisecond);
	EQ(nanotime() - start < 1300 * Millisecond, false, "the layer's sleep of 1.3 s returned early");
	BETWEEN(cputime() - cpu, 0, 100 * Millisecond, "ns of processor time in 2.6 s");
}

TEST("S09")
{
	testthread(sleeper, 0);
	testjoin();
}
