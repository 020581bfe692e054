/* The part of a time-out below a second is honoured: a sleep of 1.3 s neither
 * returns at 1.0 s, nor spins for the 0.3 s.
 *
 * Who spins has as much processor time as the machine gives, and another thread, which
 * spins all the while, tells how much that is. Where deadlines are absolute, theirs has
 * hardly any second left: whoever drops the part below one spins for nearly all of it. */
#include "sleep.h"

static uint32_t stop;
static int64_t spun; /* processor time of the other thread */

static void spinner(void *arg)
{
	(void)arg;
	while (!atomicload(&stop))
		procyield(1000);
	spun = cputime();
}

/* Until 1.3 s from now are 0.9 s behind a full second of the clock. */
static void align(void)
{
	int32_t part;

	timediv(nanotime(), 1000000000, &part);
	usleep((uint32_t)timediv(600 * Millisecond + (part > 600 * Millisecond ? Second : 0) - part, 1000, 0));
}

static int64_t slept; /* processor time of the sleeps */

static void sleeper(void *arg)
{
	struct note n;
	struct bed bed = { 0 };
	int64_t start, cpu;

	(void)arg;
	layerenter(&bed);
	noteclear(&n);
	align();
	start = nanotime();
	cpu = cputime();
	EQ(notetsleep(&n, 1300 * Millisecond), false, "notetsleep that nobody wakes");
	slept = cputime() - cpu;
	BETWEEN(nanotime() - start, 1300 * Millisecond, 1300 * Millisecond + Slack, "ns in notetsleep");
	/* The layer itself: one call sleeps it all, but for a signal or the like. */
	align();
	start = nanotime();
	cpu = cputime();
	layersleep(&bed, 1300 * Millisecond);
	slept += cputime() - cpu;
	EQ(nanotime() - start < 1300 * Millisecond && !hostile(), false, "the layer's sleep of 1.3 s returned early");
	atomicstore(&stop, 1);
}

TEST("S09")
{
	testthread(spinner, 0);
	testthread(sleeper, 0);
	testjoin();
	BETWEEN(slept, 0, timediv(spun, 20, 0) + 10 * Millisecond,
		"ns of processor time in 2.6 s of sleep, of which a thread that spins has 20 times as much");
}
