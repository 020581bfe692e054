/* Stopping the world, and the number of Ps.
 *
 * stoptheworld sets sched.stopping and waits until all Ps but the caller's are
 * Pstopped: idle ones and those in system calls it takes itself, the M of a running
 * one gives it up in schedule. A P may go into or come out of a system call, and a
 * guard may lose its poison, without seeing that: so it looks again every 100 us
 * instead of paying for the order in each system call.
 */
#include "sched.h"

static uint32_t worldsema = 1;

/* The lock is held. */
static void stop(struct p *pp, uint32_t status)
{
	if (cas(&pp->status, status, Pstopped))
		sched.stopwait--;
}

/* Those that can be stopped at once; true if all are. The lock is held. */
static bool stopmany(void)
{
	struct p *pp;

	for (uint32_t i = 0; i < procs; i++)
		stop(allp[i], Psyscall);
	while ((pp = pidleget()))
		stop(pp, Pidle);
	return sched.stopwait == 0;
}

void stoptheworld(void)
{
	enum { Again = 100000 /* ns */ };
	struct m *mp;
	bool all;

	semacquire(&worldsema);
	mp = getm();
	mp->gcing++; /* from here we stay on this M, with its P */
	lock(&sched.lock);
	noteclear(&sched.stopnote);
	sched.stopwait = procs - 1;
	atomicstore(&sched.stopping, 1);
	all = stopmany();
	unlock(&sched.lock);
	while (!all) {
		preemptall();
		if (notetsleep(&sched.stopnote, Again))
			break;
		lock(&sched.lock);
		all = sched.stopwait == 0 || stopmany();
		unlock(&sched.lock);
	}
	for (uint32_t i = 0; i < procs; i++)
		if (allp[i] != mp->p && allp[i]->status != Pstopped)
			throw("stoptheworld: a P is not stopped");
}

/* The M of a Prunning P, on g0: gives it up, and waits for one. */
void stopme(void)
{
	struct m *mp = getm();
	struct p *pp;

	if (mp->spinning) {
		mp->spinning = false;
		xadd(&sched.nmspinning, -1);
	}
	lock(&sched.lock);
	if (!sched.stopping) { /* over already */
		unlock(&sched.lock);
		return;
	}
	pp = releasep();
	pp->status = Pstopped;
	if (--sched.stopwait == 0)
		notewakeup(&sched.stopnote);
	unlock(&sched.lock);
	stopm();
}

void startps(void)
{
	struct p *mine = getm()->p;

	for (uint32_t i = procs; i-- > 0;) {
		if (allp[i] == mine)
			continue;
		allp[i]->status = Pidle;
		pidleput(allp[i]);
	}
	wakesysmon();
}

void starttheworld(void)
{
	struct m *mp = acquirem();

	lock(&sched.lock);
	atomicstore(&sched.stopping, 0);
	startps();
	unlock(&sched.lock);
	if (procs > 1 && (atomicload(&sched.nqueue) > 0 || workanywhere()))
		wakep(); /* and that one wakes the next, as long as there is work */
	/* Before a preemption that was put off meanwhile: who waits for the semaphore
	 * would find it taken, again and again. */
	semrelease(&worldsema);
	mp->gcing--;
	releasem(mp);
}

static void newp(uint32_t id)
{
	struct p *pp = sysalloc(sizeof *pp);

	if (!pp)
		throw("out of memory: P");
	pp->id = id;
	atomicstorep((uintptr_t *)&allp[id], (uintptr_t)pp); /* getp */
}

/* What a P had that is no longer used. */
static void emptyp(struct p *pp)
{
	struct g *gp;

	while ((gp = runqget(pp, alone())))
		globput(gp);
	gpurge(pp);
	pp->status = Pdead;
	pp->m = 0;
}

void procresize(uint32_t n)
{
	struct m *mp = getm();

	for (uint32_t i = 0; i < n; i++) {
		if (!allp[i])
			newp(i);
		if (i >= procs)
			allp[i]->status = Pstopped;
	}
	if (!mp->p || mp->p->id >= n) {
		if (mp->p)
			releasep();
		allp[0]->status = Pidle;
		acquirep(allp[0]);
	}
	for (uint32_t i = n; i < procs; i++)
		emptyp(allp[i]);
	procs = n;
}

uint32_t gomaxprocs(uint32_t n)
{
	uint32_t old = procs;

	if (n > MaxProcs)
		n = MaxProcs;
	if (n == 0 || n == old)
		return old;
	stoptheworld();
	old = procs;
	lock(&sched.lock);
	procresize(n);
	unlock(&sched.lock);
	starttheworld();
	return old;
}
