/* Whoever comes back from a system call when all Ps are busy, and waits for the scheduler's
 * lock while the last one goes idle, runs: it is not queued for nobody.
 *
 * The test holds that lock until both wait for it; which of them has it first is left
 * open, so there are many rounds. */
#include "sched.h"
#include "test.h"

enum { Rounds = 60 };

static uint32_t stop, ended, comeback, back, idle;
static struct g *mainly;

/* Without a call of the scheduler up to exitsyscall. */
NOSPLIT static void away(void)
{
	entersyscallblock();
	while (!atomicload(&comeback) && !atomicload(&stop))
		procyield(10);
	exitsyscall();
}

static void caller(void *arg)
{
	struct g *gp;

	(void)arg;
	while (!atomicload(&stop)) {
		away();
		if (!xchg(&comeback, 0))
			break; /* the test is over */
		xadd(&back, 1);
		while (!(gp = (struct g *)xchgp((uintptr_t *)&mainly, 0)) && !atomicload(&stop))
			gosched();
		if (gp)
			ready(gp);
	}
	xadd(&ended, 1);
}

static bool there(struct g *gp, void *arg)
{
	(void)arg;
	atomicstorep((uintptr_t *)&mainly, (uintptr_t)gp);
	return true;
}

static void holder(void *arg)
{
	uint32_t round = 0;

	(void)arg;
	while (!atomicload(&stop)) {
		if (!atomicload(&idle)) {
			usleep(50);
			continue;
		}
		lock(&sched.lock);
		atomicstore(&idle, 0); /* main parks, and finds nothing else to run */
		atomicstore(&comeback, 1);
		usleep(2000);
		unlock(&sched.lock);
		if (!testwait(&back, ++round)) {
			EQ(back, round, "times that it came back");
			atomicstore(&stop, 1);
			startm(0, false); /* for the sake of the report */
		}
	}
	xadd(&ended, 1);
}

TEST("Y10")
{
	newproc(caller, 0);
	testthread(holder, 0);
	for (uint32_t i = 0; i < Rounds && !atomicload(&stop); i++) {
		gosched(); /* the caller goes away */
		atomicstore(&idle, 1);
		while (atomicload(&idle))
			;
		park(there, 0, "for who comes back");
	}
	atomicstore(&stop, 1);
	AWAIT(&ended, 2, "those that ended");
}
