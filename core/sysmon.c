/* sysmon: a thread without a P, so that it runs even if all Ps are busy. It takes
 * the P from a system call that lasts, and asks a goroutine that runs for more than
 * 10 ms to give way if another one waits for its P; if it finds it in a system call
 * then, short or not, it takes the P. It looks every 20 us at most, and every 10 ms at
 * least, unless all Ps are idle then: it sleeps until one is not (pidleget).
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

static bool waited(struct p *pp)
{
	return !runqempty(pp) || atomicload(&sched.nqueue) > 0;
}

/* Is the same system call seen for the second time, and would anybody have a use for
 * the P? */
static bool lasts(struct p *pp, struct seen *last)
{
	uint32_t t = atomicload(&pp->syscalltick);

	if (!last->insyscall || last->syscalltick != t) {
		last->insyscall = true;
		last->syscalltick = t;
		return false;
	}
	return waited(pp) || atomicload(&sched.nmspinning) + atomicload(&sched.npidle) == 0;
}

/* Takes the P if it is still in a system call. */
static bool retake(struct p *pp)
{
	bool taken;

	/* Before the cas: once the P is gone, the M may come back, go idle, and find
	 * the program dead, while we are not counted as running. */
	incidlelocked(-1);
	taken = cas(&pp->status, Psyscall, Pidle);
	if (taken)
		handoffp(pp);
	incidlelocked(1);
	return taken;
}

/* Has the same goroutine had the P for a slice, in and out of system calls, while
 * another one waits? */
static bool overdue(struct p *pp, struct seen *last, int64_t now)
{
	uint32_t t = atomicload(&pp->schedtick);

	if (last->schedtick != t) {
		last->schedtick = t;
		last->schedwhen = now;
		return false;
	}
	return now - last->schedwhen >= Slice && waited(pp);
}

/* True if it has to look again soon. */
static bool lookat(struct p *pp, struct seen *last, int64_t now)
{
	uint32_t status = atomicload(&pp->status);
	bool over;

	if (status != Psyscall)
		last->insyscall = false;
	if (status != Psyscall && status != Prunning) {
		last->schedwhen = now;
		return false;
	}
	over = overdue(pp, last, now);
	if (status == Psyscall && (lasts(pp, last) || over)) {
		if (!retake(pp) && over)
			preemptone(pp); /* it came back just now */
		return true;
	}
	if (status == Prunning && (over || otherprofile(pp)))
		preemptone(pp); /* at each look, until it yields */
	return false;
}

static bool look(int64_t now)
{
	struct p *pp;
	bool again = false;

	for (uint32_t i = 0; i < MaxProcs && (pp = getp(i)); i++)
		again |= lookat(pp, &seen[i], now);
	return again;
}

/* Nothing to watch, and not for a moment only: who takes an idle P has to wake us, and
 * who makes one thread less (checkdead). */
static bool deepsleep(int64_t now)
{
	bool sleep;

	lock(&sched.lock);
	sleep = !maybedead(now) && sched.npidle == procs;
	sched.sysmonwait = sleep;
	unlock(&sched.lock);
	if (!sleep)
		return false;
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
		int64_t now;
		usleep(delay);
		now = nanotime();
		if (look(now) || (delay == Slow && deepsleep(now)))
			idle = 0;
		else
			idle++;
		if (idle <= Patience)
			delay = Quick;
		else
			delay = delay * 2 < Slow ? delay * 2 : Slow;
	}
}
