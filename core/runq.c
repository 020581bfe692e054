/* Queues of runnable goroutines: a ring in each P, and one list for all under
 * sched.lock.
 *
 * The ring is of one producer, its holder, and of many consumers. Who takes, the
 * holder or a thief, moves head with a cas; only the holder moves tail. A slot is
 * written while it is outside of head..tail and read while it is inside, or else the
 * cas on head fails. What the orders are for:
 *   - tail is stored after the slot, and a thief loads it before the slot: it reads
 *     what was put there;
 *   - the cas on head comes after the loads of the slots, and the holder loads head
 *     before it writes a slot: no slot is written while somebody still reads it;
 *   - tail is stored by an xchg if there are other Ps: the load of npidle in wakep,
 *     which follows, is not done before. The M that goes idle adds to npidle, by an
 *     xadd, and then looks at all tails: one of the two sees the other.
 * With one P there is no thief: see procs in sched.h.
 */
#include "sched.h"

_Static_assert((RunqSize & (RunqSize - 1)) == 0, "indices wrap");

#define slot(pp, i) ((uintptr_t *)&(pp)->runq[(i) % RunqSize])

static void settail(struct p *pp, uint32_t t)
{
	if (procs == 1)
		atomicstore(&pp->runqtail, t);
	else
		xchg(&pp->runqtail, t);
}

static bool sethead(struct p *pp, uint32_t old, uint32_t new)
{
	if (procs > 1)
		return cas(&pp->runqhead, old, new);
	pp->runqhead = new;
	return true;
}

/* The ring is full: half of it goes to the global queue, and gp behind that. */
static bool spill(struct p *pp, struct g *gp, uint32_t h)
{
	struct g *batch[RunqSize / 2];

	for (uint32_t i = 0; i < nelem(batch); i++)
		batch[i] = (struct g *)atomicloadp(slot(pp, h + i));
	if (!sethead(pp, h, h + nelem(batch)))
		return false; /* a thief made room */
	lock(&sched.lock);
	for (uint32_t i = 0; i < nelem(batch); i++)
		globput(batch[i]);
	globput(gp);
	unlock(&sched.lock);
	return true;
}

void runqput(struct p *pp, struct g *gp)
{
	for (;;) {
		uint32_t h = atomicload(&pp->runqhead), t = pp->runqtail;
		if (t - h < RunqSize) {
			atomicstorep(slot(pp, t), (uintptr_t)gp);
			settail(pp, t + 1);
			return;
		}
		if (spill(pp, gp, h))
			return;
	}
}

struct g *runqget(struct p *pp)
{
	for (;;) {
		uint32_t h = atomicload(&pp->runqhead);
		if (h == pp->runqtail)
			return 0;
		struct g *gp = (struct g *)atomicloadp(slot(pp, h));
		if (sethead(pp, h, h + 1))
			return gp;
	}
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
			atomicstorep(slot(pp, t + i), atomicloadp(slot(victim, h + i)));
		if (!cas(&victim->runqhead, h, h + n))
			continue;
		/* The last one is run, the others are offered. */
		struct g *gp = (struct g *)atomicloadp(slot(pp, t + n - 1));
		if (n > 1)
			settail(pp, t + n - 1);
		return gp;
	}
}

bool runqempty(struct p *pp)
{
	return atomicload(&pp->runqtail) == atomicload(&pp->runqhead);
}

bool workanywhere(void)
{
	for (uint32_t i = 0; i < procs; i++)
		if (!runqempty(allp[i]))
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
		runqput(pp, globtake());
	return gp;
}
