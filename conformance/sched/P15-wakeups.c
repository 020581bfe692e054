/* No goroutine that is made runnable waits while a P is idle, wherever those who look for
 * work and those who give up stand at that moment. The moments are forced: a thread holds
 * the scheduler's lock, and the test stands before the wakeups (ld --wrap, mk/kit.mk). */
#include "sched.h"

#include "layer.h"
#include "test.h"

enum { Rounds = 20 };

static struct g *target; /* parked */
static uint32_t ran, held, letgo, counted;
static struct p *taken;
static struct m *mainm;

/* When main's M, which stood for one that spins but has found no P, unlocks: whoever has
 * the lock next may put a P away, and must not find it counted. */
NOSPLIT static void unlocking(void)
{
	if (taken && getm() == mainm)
		counted += atomicload(&sched.nmspinning);
}

BEFORE_WAKEUP(&sched.lock, unlocking)

static void waits(void *arg)
{
	(void)arg;
	for (;;) {
		target = getg();
		park(0, 0, "to be readied");
		xadd(&ran, 1);
	}
}

/* Takes the idle P while main waits for the lock to have it. */
static void taker(void *arg)
{
	(void)arg;
	lock(&sched.lock);
	atomicstore(&held, 1);
	testwait(&sched.nmspinning, 1);
	usleep(2000); /* main sleeps in lock by now */
	taken = pidleget();
	unlock(&sched.lock);
	testwait(&letgo, 1);
	lock(&sched.lock);
	pidleput(taken);
	taken = 0;
	unlock(&sched.lock);
	atomicstore(&held, 0);
}

/* The target is parked, and its M has put its P away. */
static void idle(void)
{
	testwait(&target->status, Gwaiting);
	testwait(&sched.nmspinning, 0);
	testwait(&sched.npidle, 1);
}

static void failedspinner(void)
{
	uint32_t before;

	for (uint32_t i = 0; i < Rounds; i++) {
		idle();
		letgo = 0;
		before = ran;
		testthread(taker, 0);
		testwait(&held, 1);
		ready(target);
		atomicstore(&letgo, 1);
		testwait(&held, 0);
		testjoin();
		AWAIT(&ran, before + 1, "turns of what was readied");
	}
	EQ(counted, 0, "Ms counted as spinning that had given up");
}

static void gives(void *arg)
{
	(void)arg;
	atomicstore(&held, 1);
	while (!atomicload(&letgo))
		;
	/* Its M looks for work next, finds none, and wants the lock. */
}

/* Holds the lock while the other M has looked everywhere, but is not idle yet, and while
 * main readies a goroutine and sees no idle P. */
static void holder(void *arg)
{
	(void)arg;
	lock(&sched.lock);
	atomicstore(&letgo, 1);
	usleep(20000);
	atomicstore(&letgo, 2);
	testwait(&letgo, 3);
	unlock(&sched.lock);
}

/* Nosplit, so that main's P is not given away by a preemption. */
NOSPLIT static bool spinuntil(uint32_t *p, uint32_t v)
{
	for (int64_t end = nanotime() + 8000000000; atomicload(p) != v;)
		if (nanotime() > end)
			return false;
	return true;
}

NOSPLIT static void blocks(void)
{
	entersyscallblock();
	while (atomicload(&letgo) != 4)
		usleep(100);
	exitsyscall();
}

static void secondlook(void)
{
	uint32_t before;

	for (uint32_t i = 0; i < Rounds; i++) {
		idle();
		held = letgo = 0;
		newproc(gives, 0);
		spinuntil(&held, 1);
		testthread(holder, 0);
		spinuntil(&letgo, 2);
		before = ran;
		ready(target);
		atomicstore(&letgo, 3);
		if (!spinuntil(&ran, before + 1)) {
			EQ(ran, before + 1, "turns of what was readied when the last one gave up");
			return;
		}
		testjoin();
	}
}

static void leaves(void *arg)
{
	(void)arg;
	atomicstore(&held, 1);
	while (!atomicload(&letgo))
		;
	blocks();
}

/* A P is put away by who leaves in a system call while main readies a goroutine, and sees
 * no idle P. */
static void putaway(void)
{
	uint32_t before;

	for (uint32_t i = 0; i < Rounds; i++) {
		idle();
		held = letgo = 0;
		newproc(leaves, 0);
		spinuntil(&held, 1);
		testthread(holder, 0);
		spinuntil(&letgo, 2);
		before = ran;
		ready(target);
		atomicstore(&letgo, 3);
		if (!spinuntil(&ran, before + 1)) {
			EQ(ran, before + 1, "turns of what was readied when a P was put away");
			return;
		}
		atomicstore(&letgo, 4);
		testjoin();
	}
}

/* What is in the queue of who starts the world is run by others at once. */
static void startsworld(void)
{
	uint32_t before;

	for (uint32_t i = 0; i < Rounds; i++) {
		idle();
		stoptheworld();
		before = ran;
		ready(target);
		starttheworld();
		if (!spinuntil(&ran, before + 1)) {
			EQ(ran, before + 1, "turns of what was readied in a stopped world");
			return;
		}
	}
}

TEST("P15")
{
	gomaxprocs(2);
	mainm = getm();
	lockOSThread();
	newproc(waits, 0);
	while (!atomicloadp((uintptr_t *)&target))
		gosched();
	tsleep(1000000, "until it is parked");
	failedspinner();
	secondlook();
	putaway();
	startsworld();
	EQ(testwait(&sched.nmspinning, 0), true, "nobody spins in the end");
}
