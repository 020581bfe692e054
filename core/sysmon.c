/* sysmon: a thread without a P, so that it runs even if all Ps are busy. It takes
 * the P from a system call that lasts, and asks a goroutine that runs for more than
 * 10 ms to give way if another one waits for its P. It looks every 20 us at most, and every 10 ms at least, unless
 * all Ps are idle then: it sleeps until one is not (pidleget).
 *
 * It only reads words that others write, and changes nothing but by the cas on
 * p->status: what it reads may be old, and is looked at again.
 */
#include "sched.h"

enum { Quick = 20, Slow = 10000 /* us */, Patience = 50 /* looks before it slows down */ };
enum { Slice = 10000000 /* ns that a goroutine may run */ };

/* What was seen of each P at the last look but one. */
static struct seen {
	uint32_t schedtick, syscalltick;
	int64_t schedwhen;
	bool insyscall;
} seen[MaxProcs];

/* True if the P was taken. The second look at the same system call takes it, unless
 * nobody would have a use for it. */
static bool retake(struct p *pp, struct seen *last)
{
	uint32_t t = atomicload(&pp->syscalltick);
	bool taken;

	if (!last->insyscall || last->syscalltick != t) {
		last->insyscall = true;
		last->syscalltick = t;
		return false;
	}
	if (runqempty(pp) && atomicload(&sched.nqueue) == 0 &&
	    atomicload(&sched.nmspinning) + atomicload(&sched.npidle) > 0)
		return false;
	/* Before the cas: once the P is gone, the M may come back, go idle, and find
	 * the program dead, while we are not counted as running. */
	incidlelocked(-1);
	taken = cas(&pp->status, Psyscall, Pidle);
	if (taken)
		handoffp(pp);
	incidlelocked(1);
	return taken;
}

static void slice(struct p *pp, struct seen *last, int64_t now)
{
	uint32_t t = atomicload(&pp->schedtick);

	if (last->schedtick != t) {
		last->schedtick = t;
		last->schedwhen = now;
	} else if (now - last->schedwhen >= Slice && (!runqempty(pp) || atomicload(&sched.nqueue) > 0)) {
		preemptone(pp); /* at each look, until it yields */
	}
}

static bool look(int64_t now)
{
	uint32_t taken = 0;

	for (uint32_t i = 0; i < MaxProcs && allp[i]; i++) {
		struct p *pp = allp[i];
		struct seen *last = &seen[i];
		uint32_t status = atomicload(&pp->status);
		if (status == Psyscall)
			taken += retake(pp, last);
		else
			last->insyscall = false;
		if (status == Prunning)
			slice(pp, last, now);
	}
	return taken > 0;
}

/* Nothing to watch, and not for a moment only: who takes an idle P has to wake us. */
static bool deepsleep(void)
{
	if (atomicload(&sched.npidle) != procs)
		return false;
	lock(&sched.lock);
	if (sched.npidle != procs) {
		unlock(&sched.lock);
		return false;
	}
	sched.sysmonwait = true;
	unlock(&sched.lock);
	notesleep(&sched.sysmonnote);
	noteclear(&sched.sysmonnote);
	return true;
}

void sysmon(void *arg)
{
	uint32_t idle = 0, delay = Quick;

	(void)arg;
	lock(&sched.lock);
	sched.nm--; /* it readies nobody of itself */
	checkdead();
	unlock(&sched.lock);
	for (;;) {
		usleep(delay);
		if (look(nanotime()) || (delay == Slow && deepsleep()))
			idle = 0;
		else
			idle++;
		if (idle <= Patience)
			delay = Quick;
		else
			delay = delay * 2 < Slow ? delay * 2 : Slow;
	}
}
