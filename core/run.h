/* What a switch of goroutines mostly is: to take the next one from the ring of the P,
 * and to resume it. Without a call, which would have to save registers: a switch costs
 * about what its stores do. Included by sched.h. On g0 of an M that holds a P.
 */
#ifndef CORE_RUN_H
#define CORE_RUN_H

enum { Fair = 64 }; /* a power of two: a division may be a helper */

/* Now and then the global queue comes first, or two goroutines that ready each
 * other would keep it waiting for ever. */
INLINE NOSPLIT bool globalsturn(struct p *pp)
{
	return pp->schedtick % Fair == 0 && atomicload(&sched.nqueue) > 0;
}

INLINE NORETURN void run(struct m *mp, struct p *pp, struct g *gp)
{
	uintptr_t guard = gp->stackbase->guard;

	if (gp->m != mp)
		gp->m = mp;
	gp->status = Grunning;
	/* Whatever preemption was asked for, it has had it. */
	gp->preempt = 0;
	gp->stackguard0 = guard;
	mp->curg = gp;
	pp->schedtick++;
	gogo(&gp->sched);
}

/* mp and pp are the caller's. What is rare is schedule0's: it looks for the reason again. */
INLINE NORETURN void runnexton(struct m *mp, struct p *pp, bool alone)
{
	struct g *gp = 0;

	if (!rarely(mp->locks != 0 || mp->lockedg || mp->spinning || mp->profilehz != sched.profilehz ||
		    atomicload(&sched.stopping) || globalsturn(pp))) {
		gp = runqget(pp, alone);
		if (gp && !rarely(gp->lockedm))
			run(mp, pp, gp);
	}
	schedule0(gp);
}

/* The only P is found without asking who runs: the processor can begin to look for the
 * next goroutine before it knows the one that leaves. */
INLINE NORETURN void runnext(struct m *mp)
{
	if (alone())
		runnexton(mp, allp[0], true);
	runnexton(mp, mp->p, false);
}

#endif
