/* With several Ps goroutines run at once, and each exactly once at a time: work that
 * one goroutine makes is stolen by the others, nothing is lost and nothing is run
 * twice. */
#include "test.h"

enum { N = 2000, Rounds = 50, Procs = 4 };

static uint32_t inside[N], twice, rounds, ended, together, most;

static void one(void *arg)
{
	uint32_t me = (uint32_t)(uintptr_t)arg;

	for (uint32_t i = 0; i < Rounds; i++) {
		uint32_t now = xadd(&together, 1), m;
		if (xadd(&inside[me], 1) != 1)
			xadd(&twice, 1);
		while (now > (m = atomicload(&most)) && !cas(&most, m, now))
			;
		procyield(20);
		xadd(&rounds, 1);
		xadd(&inside[me], -1);
		xadd(&together, -1);
		gosched();
	}
	xadd(&ended, 1);
}

TEST("P01")
{
	EQ(gomaxprocs(Procs), 1, "Ps at start");
	EQ(gomaxprocs(0), Procs, "Ps");
	for (uintptr_t i = 0; i < N; i++)
		newproc(one, (void *)i);
	AWAIT(&rounds, N * Rounds, "rounds");
	AWAIT(&ended, N, "goroutines that ended");
	EQ(twice, 0, "goroutines on two threads at once");
	BETWEEN(most, 2, Procs, "goroutines that ran at once");
	gosched();
	EQ(gomaxprocs(1), Procs, "Ps before");
	EQ(gcount(), 1, "goroutines left");
}
