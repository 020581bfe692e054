/* Looking for work, and not finding any.
 *
 * An M that has no work of its own spins: it tries to steal from the others. At
 * most half as many Ms spin as are busy, and whoever makes a goroutine runnable
 * wakes a spinning M only if there is none. No wakeup is lost: who adds work
 * stores the tail of a queue and then reads npidle and nmspinning; who gives up
 * changes npidle, then nmspinning, and then looks at all queues once more; all these
 * changes are read-modify-write operations. Who was counted as spinning but finds no P
 * to spin with (startm) changes nmspinning before the next P is put away.
 */
#include "sched.h"

/* xorshift (Marsaglia, Xorshift RNGs, 2003), scaled to 0..n-1. */
static uint32_t choose(struct m *mp, uint32_t n)
{
	uint32_t x = mp->random;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	mp->random = x;
	return (uint32_t)((uint64_t)x * n >> 32);
}

static struct g *steal(struct m *mp)
{
	enum { Rounds = 4 };
	uint32_t n = procs;

	for (uint32_t i = 0; i < Rounds; i++) {
		uint32_t at = choose(mp, n);
		for (uint32_t k = 0; k < n; k++, at = at + 1 == n ? 0 : at + 1) {
			if (atomicload(&sched.stopping))
				return 0;
			if (allp[at] == mp->p)
				continue;
			struct g *gp = runqsteal(mp->p, allp[at]);
			if (gp)
				return gp;
		}
	}
	return 0;
}

/* May this M spin, or do enough others? */
static bool mayspin(struct m *mp)
{
	uint32_t n;

	if (mp->spinning)
		return true;
	do {
		n = atomicload(&sched.nmspinning);
		if (2 * n >= procs - atomicload(&sched.npidle))
			return false;
	} while (!cas(&sched.nmspinning, n, n + 1)); /* else all who come at once get past the check */
	mp->spinning = true;
	return true;
}

/* A second look, with the P given up: true if the M holds one again. It is for Ms that
 * did not spin, too: the spinning one may find something else, and see no idle P. */
static bool secondlook(struct m *mp)
{
	struct p *pp;

	if (procs == 1)
		return false;
	if (mp->spinning) {
		mp->spinning = false;
		xadd(&sched.nmspinning, -1);
	}
	if (!workanywhere())
		return false;
	lock(&sched.lock);
	pp = pidleget();
	unlock(&sched.lock);
	if (!pp)
		return false;
	acquirep(pp);
	mp->spinning = true; /* to steal, and to wake the next one when it finds something */
	xadd(&sched.nmspinning, 1);
	return true;
}

struct g *findrunnable(void)
{
	struct m *mp = getm();
	struct g *gp;

	for (;;) {
		if (atomicload(&sched.stopping)) {
			stopme();
			continue;
		}
		gp = runqget(mp->p, alone());
		if (!gp && procs > 1 && mayspin(mp))
			gp = steal(mp);
		if (gp)
			return gp;
		lock(&sched.lock);
		if (sched.stopping) {
			unlock(&sched.lock);
			continue;
		}
		gp = globget(mp->p, 0);
		if (gp) {
			unlock(&sched.lock);
			return gp;
		}
		pidleput(releasep());
		unlock(&sched.lock);
		if (!secondlook(mp))
			stopm();
	}
}
