/* Signals do not disturb g: what sigreturn restores of the thread pointer is the
 * thread's own, with many threads alive. */
#include "test.h"

enum { Threads = 6, Rounds = 50 };

static struct m *ms[Threads];
static uint32_t up, stop, wrong;

static void thread(void *arg)
{
	struct g *gp = getg();
	struct m *mp = getm();

	ms[(uintptr_t)arg] = mp;
	xadd(&up, 1);
	while (!atomicload(&stop)) {
		if (getg() != gp || getm() != mp || gp->m != mp)
			xadd(&wrong, 1);
		usleep(500);
	}
}

TEST("A11")
{
	for (uintptr_t i = 0; i < Threads; i++)
		testthread(thread, (void *)i);
	testwait(&up, Threads);
	/* One that is sent while one is pending is none: on a busy machine more are sent. */
	int64_t end = nanotime() + 20000000000;
	while (atomicload(&nsigother) <= Threads * Rounds && nanotime() < end) {
		for (uint32_t k = 0; k < Threads; k++)
			signalm(ms[k]);
		usleep(300);
	}
	atomicstore(&stop, 1);
	testjoin();
	CHECK(nsigother > Threads * Rounds, "signals taken");
	EQ(wrong, 0, "times that a thread found another's g");
}
