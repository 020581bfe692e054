/* Goroutines that several threads run at once: each round trip of a ring of parked
 * goroutines happens exactly once, and no goroutine is ever on two threads. */
#include "test.h"

enum { N = 20, Rounds = 300 };

static struct g *gs[N];
static uint32_t token[N], inside[N], twice, done, passed;
static struct mutex l;

static bool unlockf(struct g *gp, void *arg)
{
	(void)gp;
	unlock(arg);
	return true;
}

static void member(void *arg)
{
	uint32_t me = (uint32_t)(uintptr_t)arg, next = me + 1 == N ? 0 : me + 1;

	gs[me] = getg();
	for (uint32_t i = 0; i < Rounds; i++) {
		lock(&l);
		while (token[me] == 0) {
			park(unlockf, &l, "token");
			lock(&l);
		}
		token[me]--;
		token[next]++;
		passed++;
		struct g *gp = gs[next];
		bool wake = gp && gp->status == Gwaiting;
		unlock(&l);
		if (xadd(&inside[me], 1) != 1)
			xadd(&twice, 1);
		if (wake)
			ready(gp);
		xadd(&inside[me], -1);
	}
	xadd(&done, 1);
}

TEST("W06")
{
	gomaxprocs(3);
	token[0] = 1;
	for (uintptr_t i = 0; i < N; i++)
		newproc(member, (void *)i);
	while (atomicload(&done) < N)
		gosched();
	EQ(passed, N * Rounds, "hand-overs");
	EQ(twice, 0, "goroutines on two threads at once");
}
