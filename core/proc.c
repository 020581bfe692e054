/* Goroutines on Ms: what runs next, and how a goroutine gives way. All of it runs
 * on g0 of an M that holds a P, but for the entries that a goroutine calls.
 *
 * A goroutine changes hands through a queue or a lock: the M that leaves it writes
 * g->sched and g->status before it queues it (runqput releases), the M that takes
 * it reads them after (runqget acquires).
 */
#include "sched.h"

struct sched sched = { .nm = 1, .allm = &m0 };
struct p *allp[MaxProcs];
uint32_t procs;

struct m m0 = { .g0 = &m0.g0buf, .gsignal = &m0.gsignalbuf, .alive = 1, .random = 1 };

INLINE NORETURN void run(struct m *mp, struct g *gp)
{
	gp->m = mp;
	gp->status = Grunning;
	/* Whatever preemption was asked for, it has had it. */
	gp->preempt = 0;
	gp->stackguard0 = gp->stackbase->guard;
	mp->curg = gp;
	mp->p->schedtick++;
	if (rarely(mp->profilehz != sched.profilehz))
		resetprofile(mp);
	gogo(&gp->sched);
}

void execute(struct g *gp)
{
	run(getm(), gp);
}

/* Stopped spinning because it found work: there may be more. */
static void foundwork(struct m *mp)
{
	mp->spinning = false;
	if (xadd(&sched.nmspinning, -1) == 0)
		wakep();
}

enum { Fair = 64 }; /* a power of two: a division may be a helper */

/* Now and then the global queue comes first, or two goroutines that ready each
 * other would keep it waiting for ever. */
INLINE bool globalsturn(struct p *pp)
{
	return pp->schedtick % Fair == 0 && atomicload(&sched.nqueue) > 0;
}

/* And so it does after a goroutine that had to be preempted, because with such ones in
 * its queue a P takes long to come round. */
void globalnext(struct p *pp)
{
	pp->schedtick = (pp->schedtick + Fair - 1) & ~(uint32_t)(Fair - 1);
}

/* As many as there is room for: runqput must not spill, under the lock. */
static struct g *fromglobal(struct p *pp)
{
	uint32_t room = RunqSize - (pp->runqtail - atomicload(&pp->runqhead));
	struct g *gp;

	lock(&sched.lock);
	gp = globget(pp, room > 1 ? room : 1);
	unlock(&sched.lock);
	return gp;
}

/* The next goroutine, whatever it takes. gp was taken from the queue already, or nil. */
NOINLINE static struct g *choose(struct g *gp)
{
	struct m *mp = getm();

	if (mp->locks != 0)
		throw("schedule: holding locks");
	if (mp->gcing != 0)
		throw("schedule: the goroutine that has stopped the world waits");
	if (mp->lockedg) {
		stoplockedm();
		return mp->lockedg;
	}
	for (;; gp = 0) {
		if (!gp && atomicload(&sched.stopping)) {
			stopme();
			continue;
		}
		if (!gp && globalsturn(mp->p))
			gp = fromglobal(mp->p);
		if (!gp)
			gp = runqget(mp->p);
		if (!gp)
			gp = findrunnable();
		if (mp->spinning)
			foundwork(mp);
		if (!gp->lockedm)
			return gp;
		startlockedm(gp);
	}
}

/* What happens mostly is done without a call. */
void schedule(void)
{
	struct m *mp = getm();
	struct g *gp = 0;

	if (!rarely(mp->locks != 0 || mp->lockedg || mp->spinning || atomicload(&sched.stopping) || globalsturn(mp->p))) {
		gp = runqget(mp->p);
		if (gp && !rarely(gp->lockedm))
			run(mp, gp);
	}
	gp = choose(gp);
	run(getm(), gp);
}

void yield(struct g *gp)
{
	struct m *mp = gp->m;

	mp->curg = 0;
	gp->status = Grunnable;
	runqput(mp->p, gp);
	schedule();
}

void gosched(void)
{
	mcall(yield);
}

void park0(struct g *gp)
{
	struct m *mp = gp->m;
	bool (*unlockf)(struct g *, void *) = mp->unlockf;

	mp->curg = 0;
	gp->status = Gwaiting; /* before unlockf: then it may be readied */
	if (unlockf && !unlockf(gp, mp->unlockarg)) {
		gp->status = Grunnable;
		execute(gp);
	}
	schedule();
}

void park(bool (*unlockf)(struct g *gp, void *arg), void *arg, const char *reason)
{
	struct g *gp = getg();
	struct m *mp = gp->m; /* no split check, so no other M, up to mcall */

	mp->unlockf = unlockf;
	mp->unlockarg = arg;
	gp->waitreason = reason;
	mcall(park0);
}

/* A thread of newm has no P, and foreign code that a goroutine called has none that it
 * could be sure of: the goroutine goes to the queue for all. */
static void readyglobal(struct g *gp)
{
	if (gp->status != Gwaiting)
		throw("ready: goroutine is not parked");
	gp->status = Grunnable;
	lock(&sched.lock);
	globput(gp);
	unlock(&sched.lock);
	if (atomicload(&sched.npidle) > 0)
		startm(0, false);
}

void ready(struct g *gp)
{
	struct m *mp = acquirem(); /* the P stays with us */

	if (heldp(mp))
		readyhere(mp, gp);
	else
		readyglobal(gp);
	releasem(mp);
}
