/* Of the Ms that find nothing to do at most half as many as are busy look for work at the
 * same time, the others go to sleep: all lose their work at once, while a thread holds the
 * lock that they need to give up. */
#include "sched.h"
#include "test.h"

enum { Procs = 8, Rounds = 5 };

static uint32_t there, go, held;

static void worker(void *arg)
{
	(void)arg;
	xadd(&there, 1);
	testwait(&go, 1);
}

static void holder(void *arg)
{
	(void)arg;
	lock(&sched.lock);
	atomicstore(&held, 1);
	testwait(&held, 2);
	unlock(&sched.lock);
}

TEST("P25")
{
	gomaxprocs(Procs);
	for (uint32_t i = 0; i < Rounds; i++) {
		there = go = held = 0;
		for (uint32_t k = 1; k < Procs; k++)
			newproc(worker, 0);
		EQ(testwait(&there, Procs - 1), true, "all are busy");
		testthread(holder, 0);
		testwait(&held, 1);
		atomicstore(&go, 1);
		usleep(50000); /* by now they want the lock */
		uint32_t n = atomicload(&sched.nmspinning);
		atomicstore(&held, 2);
		BETWEEN(n, 0, Procs / 2, "Ms that look for work");
		testjoin();
	}
}
