/* Leaving the scheduler for a system call or for foreign code, and coming back.
 *
 * A goroutine in Gsyscall keeps m->p, but not the P: that is in Psyscall, and
 * anyone may take it with a cas. entersyscall stores Psyscall with a release, the
 * cas acquires: who takes the P sees all that its holder did. No other order is
 * needed, because those who look for such Ps (sysmon, stoptheworld) look again.
 *
 * All of it runs where the stack cannot grow, so it is nosplit, and what needs room
 * runs on g0. m->locks is held while the status of g and P do not agree.
 */
#include "sched.h"

/* stoptheworld may have come too early to see this P in Psyscall. */
NOSPLIT NOINLINE static intptr_t stopinsyscall(void *arg)
{
	struct p *pp = arg;

	STACK_ROOT(stopinsyscall, StackReserve);
	lock(&sched.lock);
	if (sched.stopwait > 0 && cas(&pp->status, Psyscall, Pstopped))
		if (--sched.stopwait == 0)
			notewakeup(&sched.stopnote);
	unlock(&sched.lock);
	return 0;
}

NOSPLIT NOINLINE __attribute__((cold)) static void badsyscall(void)
{
	throw("entersyscall: sp is outside of the stack segment, or not on a goroutine");
}

/* The thread takes no profiling signals until exitsyscall, whatever else it sleeps in
 * meanwhile: for that profilehz is 0. */
NOSPLIT NOINLINE __attribute__((cold)) static void unusual(void)
{
	if (getm()->gcing != 0)
		throw("entersyscall: the caller has stopped the world");
	getm()->profilehz = 0;
	setprof(false);
}

/* entersyscall in two parts, between which the P goes. m->locks, which is put back and
 * not counted down, is held from the first to the last store; the compiler must keep
 * these in their places, because a signal looks (keeporder), and the processor shows them
 * to its own thread in order. */
NOSPLIT static inline int32_t leave(struct g *gp, struct m *mp, uintptr_t pc, uintptr_t sp)
{
	int32_t locks = mp->locks;

	mp->locks = locks + 1;
	keeporder();
	gp->syscallpc = pc;
	gp->syscallsp = sp;
	gp->status = Gsyscall;
	if (rarely(sp - gp->stackbase->lowest > gp->stackbase->size || gp != mp->curg))
		badsyscall();
	return locks;
}

NOSPLIT static inline void left(struct g *gp, struct m *mp, int32_t locks)
{
	/* The first split check finds it, and newstack throws. */
	gp->stackguard0 = StackPreempt;
	keeporder();
	mp->locks = locks;
}

/* The P is not ours after the second store, but it is still there to be looked at. */
INLINE NOSPLIT void enter(uintptr_t pc, uintptr_t sp)
{
	if (rarely((getm()->profilehz | getm()->gcing) != 0))
		unusual();

	struct g *gp = getg();
	struct m *mp = gp->m;
	int32_t locks = leave(gp, mp, pc, sp);
	struct p *pp = mp->p;

	atomicstorep((uintptr_t *)&pp->m, 0);
	atomicstore(&pp->status, Psyscall);
	left(gp, mp, locks);
	if (rarely(atomicload(&sched.stopping)))
		asmcgocall(stopinsyscall, pp);
}

void entersyscall(void)
{
	ENTERS_SYSCALL(entersyscall);
	enter(getcallerpc(), getcallersp());
}

void reentersyscall(uintptr_t pc, uintptr_t sp)
{
	ENTERS_SYSCALL(reentersyscall);
	enter(pc, sp);
}

static intptr_t handoff(void *arg)
{
	(void)arg;
	handoffp(releasep());
	return 0;
}

void entersyscallblock(void)
{
	ENTERS_SYSCALL(entersyscallblock);
	if (rarely((getm()->profilehz | getm()->gcing) != 0))
		unusual();
	leave(getg(), getm(), getcallerpc(), getcallersp());
	asmcgocall(handoff, 0);
	left(getg(), getm(), getm()->locks - 1);
}

/* A P that is in another M's system call, and so not in use: that M, when it comes
 * back, does as we do here. We have a goroutine to run and no thread to wake, so this
 * does not wait for sysmon. Not in any list: nobody else has it after the cas. */
static struct p *takesyscall(void)
{
	struct p *pp;

	for (uint32_t i = 0; i < MaxProcs && (pp = getp(i)) && !atomicload(&sched.stopping); i++)
		if (atomicload(&pp->status) == Psyscall && cas(&pp->status, Psyscall, Pidle))
			return pp;
	return 0;
}

/* On g0: any P for this M that nobody uses. */
static intptr_t takeidle(void *arg)
{
	struct m *mp = getm();
	struct p *pp = 0;

	(void)arg;
	mp->p = 0; /* it was in Psyscall, and was taken */
	if (atomicload(&sched.npidle) > 0) {
		lock(&sched.lock);
		pp = pidleget();
		unlock(&sched.lock);
	}
	if (!pp)
		pp = takesyscall();
	if (pp)
		acquirep(pp);
	return pp != 0;
}

/* On g0: no P. The goroutine is queued, and the M waits. */
static void exitsyscall0(struct g *gp)
{
	struct m *mp = gp->m;
	struct p *pp;

	if (mp->locks > 0)
		throw("exitsyscall: the P was taken, and m->locks is held: this M may not wait for another");
	gp->status = Grunnable;
	mp->curg = 0;
	lock(&sched.lock);
	pp = pidleget();
	if (!pp)
		globput(gp);
	unlock(&sched.lock);
	if (pp) {
		acquirep(pp);
		execute(gp);
	}
	if (mp->lockedg) {
		stoplockedm(); /* until another M takes gp from the queue */
		execute(gp);
	}
	stopm();
	schedule();
}

/* Running again. A request that comes between the load of preempt and the store of the
 * guard poisons it a moment too early; it is made again as long as it is not met. */
INLINE NOSPLIT void back(struct g *gp, struct m *mp, struct p *pp, int32_t locks)
{
	pp->syscalltick++;
	gp->status = Grunning;
	gp->stackguard0 = rarely(gp->preempt) ? StackPreempt : gp->stackbase->guard;
	keeporder();
	mp->locks = locks;
}

/* m->locks is held. What is kept over a call takes stack, of which there is little: getg
 * and getm are asked again. */
NOSPLIT NOINLINE static void exitslow(void)
{
	if (asmcgocall(takeidle, 0)) {
		back(getg(), getm(), getm()->p, getm()->locks - 1);
		return;
	}
	getm()->locks--;
	mcall(exitsyscall0);
	getm()->p->syscalltick++; /* maybe another M: run has set the rest */
}

void exitsyscall(void)
{
	LEAVES_SYSCALL(exitsyscall);

	int32_t locks = getm()->locks;

	getm()->locks = locks + 1;
	keeporder();
	if (rarely(getm()->profilehz != sched.profilehz)) {
		resetprofile(getm()); /* first: we may leave this thread */
		locks = getm()->locks - 1;
	}

	struct g *gp = getg();
	struct m *mp = gp->m;
	struct p *pp = mp->p;

	if (rarely(!pp || !cas(&pp->status, Psyscall, Prunning))) {
		exitslow();
		return;
	}
	atomicstorep((uintptr_t *)&pp->m, (uintptr_t)mp);
	back(gp, mp, pp, locks);
}
