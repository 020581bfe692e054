/* Goroutines on Ms: what runs next, and how a goroutine gives way. All of it runs
 * on g0 of an M that holds a P, but for the entries that a goroutine calls. The part
 * of it that counts is in run.h.
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

void execute(struct g *gp)
{
	struct m *mp = getm();

	if (rarely(mp->profilehz != sched.profilehz))
		resetprofile(mp);
	run(mp, mp->p, gp);
}

/* Stopped spinning because it found work: there may be more. */
static void foundwork(struct m *mp)
{
	mp->spinning = false;
	if (xadd(&sched.nmspinning, -1) == 0)
		wakep();
}

/* globalsturn comes after a goroutine that had to be preempted, too, because with such ones
 * in its queue a P takes long to come round. */
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
			gp = runqget(mp->p, alone());
		if (!gp)
			gp = findrunnable();
		if (mp->spinning)
			foundwork(mp);
		if (!gp->lockedm)
			return gp;
		startlockedm(gp);
	}
}

void schedule0(struct g *gp)
{
	execute(choose(gp));
}

void schedule(void)
{
	runnext(getm());
}

INLINE NORETURN void yieldon(struct m *mp, struct p *pp, struct g *gp, bool alone)
{
	mp->curg = 0;
	gp->status = Grunnable;
	if (rarely(!runqput(pp, gp, alone))) {
		runqfull(pp, gp);
		schedule();
	}
	runnexton(mp, pp, alone);
}

void yield(struct g *gp)
{
	if (alone())
		yieldon(gp->m, allp[0], gp, true);
	yieldon(gp->m, gp->m->p, gp, false);
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
	runnext(mp);
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

void readyfull(struct m *mp, struct g *gp)
{
	runqfull(mp->p, gp);
	releasem(mp);
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
