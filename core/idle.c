/* Ms and Ps that have nothing to do, and who is woken when there is something.
 * On g0, or on a goroutine with m->locks held. */
#include "sched.h"

void pidleput(struct p *pp)
{
	pp->link = sched.pidle;
	sched.pidle = pp;
	xadd(&sched.npidle, 1); /* not a store: steal.c */
}

struct p *pidleget(void)
{
	struct p *pp = sched.pidle;

	if (!pp)
		return 0;
	sched.pidle = pp->link;
	xadd(&sched.npidle, -1);
	wakesysmon();
	return pp;
}

/* Nosplit: exitsyscall calls it. */
void acquirep(struct p *pp)
{
	struct m *mp = getm();

	if (mp->p || pp->m || pp->status != Pidle)
		throw("acquirep: M or P is busy");
	mp->p = pp;
	pp->status = Prunning;
	atomicstorep((uintptr_t *)&pp->m, (uintptr_t)mp); /* preemptone reads it */
}

/* Nosplit: entersyscallblock calls it. */
struct p *releasep(void)
{
	struct m *mp = getm();
	struct p *pp = mp->p;

	if (!pp || pp->m != mp || pp->status != Prunning)
		throw("releasep: the M does not hold its P");
	mp->p = 0;
	atomicstorep((uintptr_t *)&pp->m, 0);
	pp->status = Pidle;
	return pp;
}

/* The lock is held. */
static struct m *mget(void)
{
	struct m *mp = sched.midle;

	if (mp) {
		sched.midle = mp->idlelink;
		sched.nmidle--;
	}
	return mp;
}

void startm(struct p *pp, bool spinning)
{
	struct m *mp;
	bool new;

	lock(&sched.lock);
	if (!pp)
		pp = pidleget();
	if (!pp) {
		/* Under the lock: whoever puts a P away after this, and so finds that
		 * it is not used, does not find us counted as one that will use it. */
		if (spinning)
			xadd(&sched.nmspinning, -1);
		unlock(&sched.lock);
		return;
	}
	mp = mget();
	new = !mp;
	if (new)
		mp = allocm();
	unlock(&sched.lock);
	mp->spinning = spinning;
	mp->nextp = pp; /* seen by mp: notewakeup releases, so does the OS's new thread */
	if (new)
		startthread(mp);
	else
		notewakeup(&mp->wakenote);
}

void stopm(void)
{
	struct m *mp = getm();

	if (mp->locks != 0 || mp->p)
		throw("stopm: holding locks or a P");
	if (mp->spinning) {
		mp->spinning = false;
		xadd(&sched.nmspinning, -1);
	}
	lock(&sched.lock);
	mp->idlelink = sched.midle;
	sched.midle = mp;
	sched.nmidle++;
	checkdead();
	unlock(&sched.lock);
	sleepforp(mp);
}

void sleepforp(struct m *mp)
{
	struct p *pp;

	notesleep(&mp->wakenote);
	noteclear(&mp->wakenote);
	pp = mp->nextp;
	mp->nextp = 0;
	acquirep(pp);
}

void handoffp(struct p *pp)
{
	bool more = false;

	if (!runqempty(pp)) {
		startm(pp, false);
		return;
	}
	lock(&sched.lock);
	if (sched.stopping) {
		pp->status = Pstopped;
		if (--sched.stopwait == 0)
			notewakeup(&sched.stopnote);
	} else if (sched.nqueue > 0) {
		unlock(&sched.lock);
		startm(pp, false);
		return;
	} else {
		pidleput(pp);
		more = procs > 1 && workanywhere();
	}
	unlock(&sched.lock);
	if (more)
		wakep();
}

void wakep(void)
{
	/* One spinning M is enough: when it finds work it wakes the next. */
	if (atomicload(&sched.npidle) > 0 && atomicload(&sched.nmspinning) == 0 && cas(&sched.nmspinning, 0, 1))
		startm(0, true);
}
