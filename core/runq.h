/* The ring of runnable goroutines in each P. Included by sched.h.
 *
 * It has one producer, its holder, and many consumers. Who takes, the holder or a
 * thief, moves head with a cas; only the holder moves tail. A slot is written while
 * it is outside of head..tail and read while it is inside, or else the cas on head
 * fails. What the orders are for:
 *   - tail is stored after the slot, and a thief loads it before the slot: it reads
 *     what was put there;
 *   - the cas on head comes after the loads of the slots, and the holder loads head
 *     before it writes a slot: no slot is written while somebody still reads it;
 *   - tail is stored by an xchg if there are other Ps: the load of npidle in wakep,
 *     which follows, is not done before. The M that goes idle adds to npidle, by an
 *     xadd, and then looks at all tails: one of the two sees the other.
 * With one P there is no thief, and no atomic operation is needed: procs changes
 * only while the world is stopped.
 */
#ifndef CORE_RUNQ_H
#define CORE_RUNQ_H

_Static_assert((RunqSize & (RunqSize - 1)) == 0, "indices wrap");

#define runqslot(pp, i) ((uintptr_t *)&(pp)->runq[(i) % RunqSize])

/* Is there but one P? Then there is nobody to be in order with. In what follows it is a
 * parameter, for those who have asked once. */
INLINE NOSPLIT bool alone(void)
{
	return procs == 1;
}

INLINE NOSPLIT void runqsettail(struct p *pp, uint32_t t, bool alone)
{
	if (alone)
		atomicstore(&pp->runqtail, t);
	else
		xchg(&pp->runqtail, t);
}

INLINE NOSPLIT bool runqsethead(struct p *pp, uint32_t old, uint32_t new, bool alone)
{
	if (!alone)
		return cas(&pp->runqhead, old, new);
	pp->runqhead = new;
	return true;
}

void runqfull(struct p *pp, struct g *gp); /* runq.c: runqput that spills */

/* The holder: gp is the last. False if the ring is full: runqfull. */
INLINE NOSPLIT bool runqput(struct p *pp, struct g *gp, bool alone)
{
	uint32_t h = atomicload(&pp->runqhead), t = pp->runqtail;

	if (rarely(t - h >= RunqSize))
		return false;
	atomicstorep(runqslot(pp, t), (uintptr_t)gp);
	runqsettail(pp, t + 1, alone);
	return true;
}

/* The holder: the first, or nil. */
INLINE NOSPLIT struct g *runqget(struct p *pp, bool alone)
{
	for (;;) {
		uint32_t h = atomicload(&pp->runqhead);
		if (h == pp->runqtail)
			return 0;
		struct g *gp = (struct g *)atomicloadp(runqslot(pp, h));
		if (runqsethead(pp, h, h + 1, alone))
			return gp;
	}
}

#endif
