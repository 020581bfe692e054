/* Goroutines that one makes which never gives way are run by others, who steal them from
 * its P: also more of them than a queue holds, and what those make in turn; each runs
 * once. With one P, where nobody steals, none is lost either. */
#include "test.h"

enum { N = 1500 /* five times what a queue holds */, Children = 2, All = N * (1 + Children) };

static uint32_t ran, runs[All];

static void child(void *arg)
{
	runs[(uintptr_t)arg]++;
	xadd(&ran, 1);
}

static void one(void *arg)
{
	uint32_t i = (uint32_t)(uintptr_t)arg;

	for (uint32_t k = 0; k < Children; k++)
		newproc(child, (void *)(uintptr_t)(N + i * Children + k));
	child(arg);
}

static uint32_t wrong(void)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < All; i++)
		n += runs[i] != 1;
	return n;
}

/* Without giving way; ends as AWAIT does. */
static void spin(uint32_t *p, uint32_t v)
{
	uint32_t last = atomicload(p);
	int64_t since = nanotime();

	while (last != v && nanotime() - since < 8000000000) {
		uint32_t now = atomicload(p);
		if (now != last) {
			last = now;
			since = nanotime();
		}
		osyield();
	}
}

TEST("P09")
{
	struct m *mp;

	for (uint32_t procs = 2; procs <= 4; procs++) {
		gomaxprocs(procs);
		memset(runs, 0, sizeof runs);
		ran = 0;
		mp = acquirem(); /* we stay here, and are not preempted */
		for (uintptr_t i = 0; i < N; i++)
			newproc(one, (void *)i);
		spin(&ran, All);
		EQ(ran, All, "goroutines that others stole and ran");
		releasem(mp);
		if (ran != All)
			return;
		EQ(wrong(), 0, "goroutines that did not run exactly once");
	}
	gomaxprocs(1);
	memset(runs, 0, sizeof runs);
	ran = 0;
	for (uintptr_t i = 0; i < N; i++)
		newproc(one, (void *)i);
	AWAIT(&ran, All, "goroutines that ran on the only P");
	EQ(wrong(), 0, "goroutines that did not run exactly once");
}
