/* What a signal finds at any moment of a system call's beginning and end is consistent:
 * a goroutine that is not under m->locks either runs, and its M holds a P, or it is in
 * syscall status, and the guard is poisoned, the P given up, and where it left is known.
 * Signals come one after the other, from another thread, wherever that may be. */
#include "sched.h"
#include "test.h"

#if __has_include("kernel.h")
#include "kernel.h"

/* Signals, and ms: until there are Least, and on a busy machine until there is one. */
enum { Least = 200, Most = 40000, Time = 1500, Longer = 9000, Longest = 60000 };

static volatile uint32_t stop;
static uint32_t insyscall, running, locked, unpoisoned, holdsp, nowhere, withoutp;
static struct m *target;

/* On gsignal. */
NOSPLIT static void look(uintptr_t pc, uintptr_t sp)
{
	struct m *mp = getm();
	struct g *gp = mp->curg;
	struct p *pp = mp->p;

	(void)pc;
	(void)sp;
	if (!gp)
		return;
	if (mp->locks != 0) {
		locked++;
	} else if (gp->status == Gsyscall) {
		insyscall++;
		unpoisoned += gp->stackguard0 != StackPreempt;
		holdsp += pp && pp->m == mp;
		nowhere += !insegment(gp, gp->syscallsp) || !findfunc(gp->syscallpc - 1);
	} else if (gp->status == Grunning) {
		running++;
		withoutp += !pp || pp->m != mp || pp->status != Prunning;
	}
}

/* Not procyield: under a hypervisor most signals would come there. */
NOSPLIT static void spin(uint32_t n)
{
	for (volatile uint32_t i = 0; i < n; i++)
		;
}

static void sender(void *arg)
{
	int64_t start = nanotime(), ms = 0;

	(void)arg;
	while (insyscall < Most && (ms < Time || (insyscall < Least && ms < Longer) || (insyscall == 0 && ms < Longest))) {
		ms = timediv(nanotime() - start, 1000000, 0);
		kprof(target);
		spin(200);
	}
	stop = 1;
}

/* Only nosplit functions between the two. */
NOSPLIT static void calls(void)
{
	for (uint32_t i = 0; i < 100; i++) {
		entersyscall();
		spin(2);
		exitsyscall();
		spin(2);
	}
}

NOSPLIT static void blocks(void)
{
	entersyscallblock();
	spin(2);
	exitsyscall();
}

static void other(void *arg)
{
	(void)arg;
	while (!stop)
		gosched();
}

TEST("G04")
{
	gomaxprocs(2);
	lockOSThread();
	newproc(other, 0); /* so that the P is taken now and then */
	target = getm();
	sigprofhook = look;
	setprof(true); /* profilehz stays 0: it is never off */
	testthread(sender, 0);
	while (!stop) {
		for (uint32_t i = 0; i < 20; i++)
			calls();
		blocks();
		gosched();
	}
	testjoin();
	setprof(false);
	EQ(unpoisoned, 0, "moments in syscall status with a guard that is not poisoned");
	EQ(holdsp, 0, "moments in syscall status with a P");
	EQ(nowhere, 0, "moments in syscall status without a place where it left");
	EQ(withoutp, 0, "moments in which a goroutine runs without a P");
	CHECK(insyscall > 0, "signals in syscall status");
	CHECK(running + locked > 0, "signals elsewhere");
}
#else
TEST("G04")
{
	SKIP("conformance/OS/kernel.h: no signals for one thread on this OS");
}
#endif
