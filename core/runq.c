/* The queue for all, under sched.lock, and what is rare on the rings of the Ps
 * (runq.h): one is full, or is stolen from. */
#include "sched.h"

/* Half of the full ring goes to the global queue, and gp behind that. */
static bool spill(struct p *pp, struct g *gp, uint32_t h)
{
	struct g *batch[RunqSize / 2];

	for (uint32_t i = 0; i < nelem(batch); i++)
		batch[i] = (struct g *)atomicloadp(runqslot(pp, h + i));
	if (!runqsethead(pp, h, h + nelem(batch), alone()))
		return false; /* a thief made room */
	lock(&sched.lock);
	for (uint32_t i = 0; i < nelem(batch); i++)
		globput(batch[i]);
	globput(gp);
	unlock(&sched.lock);
	return true;
}

void runqfull(struct p *pp, struct g *gp)
{
	while (!runqput(pp, gp, alone()) && !spill(pp, gp, atomicload(&pp->runqhead)))
		;
}

struct g *runqsteal(struct p *pp, struct p *victim)
{
	uint32_t t = pp->runqtail; /* our own ring is empty, and nobody else adds to it */

	for (;;) {
		uint32_t h = atomicload(&victim->runqhead);
		uint32_t n = atomicload(&victim->runqtail) - h;
		n -= n / 2;
		if (n == 0)
			return 0;
		if (n > RunqSize / 2)
			continue; /* head moved between the two loads */
		for (uint32_t i = 0; i < n; i++)
			atomicstorep(runqslot(pp, t + i), atomicloadp(runqslot(victim, h + i)));
		if (!cas(&victim->runqhead, h, h + n))
			continue;
		/* The last one is run, the others are offered. */
		struct g *gp = (struct g *)atomicloadp(runqslot(pp, t + n - 1));
		if (n > 1)
			runqsettail(pp, t + n - 1, false);
		return gp;
	}
}

bool runqempty(struct p *pp)
{
	return atomicload(&pp->runqtail) == atomicload(&pp->runqhead);
}

bool workanywhere(void)
{
	struct p *pp;

	/* Those in use come first; others are empty. */
	for (uint32_t i = 0; i < MaxProcs && (pp = getp(i)); i++)
		if (!runqempty(pp))
			return true;
	return false;
}

void globput(struct g *gp)
{
	gp->schedlink = 0;
	if (sched.head)
		sched.tail->schedlink = gp;
	else
		sched.head = gp;
	sched.tail = gp;
	atomicstore(&sched.nqueue, sched.nqueue + 1);
}

static struct g *globtake(void)
{
	struct g *gp = sched.head;

	sched.head = gp->schedlink;
	atomicstore(&sched.nqueue, sched.nqueue - 1);
	return gp;
}

/* One to run, and more for pp's ring, which the others may steal from. */
struct g *globget(struct p *pp, uint32_t max)
{
	uint32_t n = sched.nqueue;
	struct g *gp;

	if (n == 0)
		return 0;
	if (procs > 1) { /* a share: n / procs + 1, without a division */
		uint32_t share = 1;
		for (uint32_t left = n; left > procs && share < RunqSize / 2; left -= procs)
			share++;
		n = share;
	}
	if (n > RunqSize / 2)
		n = RunqSize / 2;
	if (max > 0 && n > max)
		n = max;
	gp = globtake();
	while (--n > 0)
		if (!runqput(pp, globtake(), alone()))
			throw("globget: no room");
	return gp;
}
