/* 10,000 goroutines in 200 blocking calls at a time: all of them come back, on one P
 * and on several, and each finds its stack and its status as they were. */
#include "test.h"

enum { N = 10000, AtOnce = 200 };

static uint32_t slots = AtOnce, inside, most, ended, wrong;

NOSPLIT static void blocking(uint32_t us, uint32_t kind)
{
	uint32_t now, m;

	if (kind % 2)
		entersyscall();
	else
		entersyscallblock();
	now = xadd(&inside, 1);
	while (now > (m = atomicload(&most)) && !cas(&most, m, now))
		;
	usleep(us);
	xadd(&inside, -1);
	exitsyscall();
}

static void one(void *arg)
{
	volatile uintptr_t mine = (uintptr_t)arg;
	struct g *gp = getg();

	semacquire(&slots);
	blocking(500 + mine % 7 * 100, (uint32_t)mine);
	semrelease(&slots);
	if (mine != (uintptr_t)arg || getg() != gp || gp->status != Grunning || gp->m->curg != gp ||
	    gp->m->p->m != gp->m || gp->m->locks != 0)
		xadd(&wrong, 1);
	xadd(&ended, 1);
}

TEST("Y03")
{
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		ended = 0;
		for (uintptr_t i = 0; i < N / 2; i++)
			newproc(one, (void *)i);
		AWAIT(&ended, N / 2, "goroutines that came back");
	}
	EQ(wrong, 0, "goroutines that came back wrong");
	EQ(slots, AtOnce, "slots");
	BETWEEN(most, 2, AtOnce, "calls at once");
}
