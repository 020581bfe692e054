/* The profiling signal is off from entersyscall to exitsyscall, and on again after, on
 * the thread that comes back and on the one that took over its P meanwhile. */
#include "test.h"

static uint32_t left, running, elsewhere, stop, ended;
static struct m *first;

/* On gsignal. */
NOSPLIT static void sample(uintptr_t *pcs, uint32_t n)
{
	struct m *mp = getm();

	(void)pcs;
	(void)n;
	if (mp->curg && mp->curg->status == Gsyscall && mp->locks == 0)
		xadd(&left, 1);
	else if (mp->curg)
		xadd(mp == first ? &running : &elsewhere, 1);
}

NOSPLIT static void burn(int64_t ns, uint32_t *until)
{
	for (int64_t end = cputime() + ns; cputime() < end && !(until && atomicload(until));)
		for (volatile uint32_t i = 0; i < 10000; i++)
			;
}

NOSPLIT static void burninsyscall(bool block)
{
	if (block)
		entersyscallblock();
	else
		entersyscall();
	burn(150000000, 0);
	exitsyscall();
}

static void other(void *arg)
{
	(void)arg;
	while (!atomicload(&stop)) {
		burn(1000000, 0);
		gosched();
	}
	xadd(&ended, 1);
}

TEST("G02")
{
	lockOSThread();
	first = getm();
	EQ(cpuprofile(1000, sample), 0, "cpuprofile");
	for (uint32_t i = 0; i < 2; i++) {
		burninsyscall(i);
		running = 0;
		burn(5000000000, &running);
		CHECK(running > 0, "ticks after exitsyscall");
	}
	newproc(other, 0);
	while (atomicload(&elsewhere) == 0)
		burninsyscall(true);
	atomicstore(&stop, 1);
	while (atomicload(&ended) == 0)
		gosched();
	EQ(left, 0, "ticks in system calls");
	EQ(cpuprofile(0, 0), 0, "cpuprofile off");
}
