/* Signals do not disturb g: what sigreturn restores of the thread pointer is the
 * thread's own, with many threads alive. */
#include "test.h"

enum { Threads = 6, Rounds = 200 };

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
	for (uint32_t i = 0; i < Rounds; i++) {
		for (uint32_t k = 0; k < Threads; k++)
			signalm(ms[k]);
		usleep(300);
	}
	atomicstore(&stop, 1);
	testjoin();
	CHECK(nsigother > Rounds, "signals taken");
	EQ(wrong, 0, "times that a thread found another's g");
}
