/* A time below the unit that a layer counts in is slept, not turned into 0, which
 * would be a poll: 200 sleeps of 0.3 ms take at least 60 ms, and hardly any
 * processor time; and a sleep of 1 ns returns. */
#include "sleep.h"

enum { Rounds = 200 };

static void sleeper(void *arg)
{
	struct note n;
	struct bed bed = { 0 };
	int64_t start = nanotime(), before;
	uint32_t early = 0;
	int64_t cpu = cputime();

	(void)arg;
	layerenter(&bed);
	for (uint32_t i = 0; i < Rounds; i++) {
		noteclear(&n);
		notetsleep(&n, 300000);
	}
	BETWEEN(nanotime() - start, Rounds * 300000, Rounds * 300000 + 2 * Slack, "ns in 200 sleeps of 0.3 ms");
	/* The layer itself, without the loop around it. */
	for (uint32_t i = 0; i < Rounds; i++) {
		before = nanotime();
		layersleep(&bed, 300000);
		early += nanotime() - before < 300000;
	}
	BETWEEN(early, 0, hostile() ? Rounds / 2 : Rounds / 20, "sleeps of the layer of 0.3 ms that returned early");
	BETWEEN(cputime() - cpu, 0, Rounds * 2 * 250000, "ns of processor time in 400 sleeps: they do not spin");
	layersleep(&bed, 1);
	noteclear(&n);
	EQ(notetsleep(&n, 1), false, "notetsleep of 1 ns");
	EQ(notetsleep(&n, 0), false, "notetsleep of 0 ns");
}

TEST("S06")
{
	testthread(sleeper, 0);
	testjoin();
}
