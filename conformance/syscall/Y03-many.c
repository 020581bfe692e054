/* 10,000 goroutines in 200 blocking calls at a time, which all overlap: none comes back
 * before 200 are in one. All of them do come back, on one P and on several, and each
 * finds its stack and its status as they were. */
#include "test.h"

enum { N = 10000, AtOnce = 200 };

static uint32_t slots = AtOnce, entered, inside, most, ended, wrong, alone;

/* Only nosplit functions between the two. */
NOSPLIT static void blocking(uint32_t kind)
{
	int64_t end = nanotime() + 20000000000;
	uint32_t n, now, m, us = 1000;

	if (kind % 2)
		entersyscall();
	else
		entersyscallblock();
	n = xadd(&entered, 1) - 1;
	now = xadd(&inside, 1);
	while (now > (m = atomicload(&most)) && !cas(&most, m, now))
		;
	/* The others of its two hundred have slots, too. */
	while (atomicload(&entered) < n - n % AtOnce + AtOnce && !atomicload(&alone)) {
		usleep(us);
		us += us < 16000 ? us : 0;
		if (nanotime() > end)
			xadd(&alone, 1);
	}
	xadd(&inside, -1);
	exitsyscall();
}

static void one(void *arg)
{
	volatile uintptr_t mine = (uintptr_t)arg;
	struct g *gp = getg();

	semacquire(&slots);
	blocking((uint32_t)mine);
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
		for (uintptr_t i = 0; i < N; i++)
			newproc(one, (void *)i);
		AWAIT(&ended, N, "goroutines that came back");
		EQ(alone, 0, "calls without 199 others after 20 s");
		EQ(most, AtOnce, "calls at once");
		most = 0;
	}
	EQ(wrong, 0, "goroutines that came back wrong");
	EQ(slots, AtOnce, "slots");
}
