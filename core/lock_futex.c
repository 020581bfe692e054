/* Locks and notes over futexsleep and futexwakeup (core/port.list):
 *
 *   futexsleep(addr, val, ns)	sleeps while *addr == val, at most ns (< 0: for
 *				ever); may return early, so every caller loops
 *   futexwakeup(addr, n)	wakes at most n sleepers on addr
 *
 * Nosplit throughout: they are used where the stack cannot grow.
 */
#include "sched.h"

enum { Unlocked, Locked, Sleeping /* locked, and somebody may sleep */ };

enum { ActiveSpin = 4, ActiveSpinYields = 30, PassiveSpin = 1 };

/* On g0's stack: where lock was called there may be no room. */
NOSPLIT static intptr_t lockslow(void *arg)
{
	struct mutex *l = arg;
	struct m *mp = getm();
	uint32_t spin = ncpu() > 1 ? ActiveSpin : 0;

	STACK_ROOT(lockslow, StackReserve);
	for (uint32_t i = 0; i < spin + PassiveSpin; i++) {
		if (atomicload(&l->key) == Unlocked && cas(&l->key, Unlocked, Locked))
			return 0;
		if (i < spin)
			procyield(ActiveSpinYields);
		else
			osyield();
	}
	if (mp->profilehz > 0)
		setprof(false);
	/* Taken as Sleeping, although we may be the last: whoever slept beside us
	 * is then woken by our unlock. At worst one wakeup finds nobody. */
	while (xchg(&l->key, Sleeping) != Unlocked)
		futexsleep(&l->key, Sleeping, -1);
	if (mp->profilehz > 0)
		setprof(true);
	return 0;
}

RegArgs void lock(struct mutex *l)
{
	getm()->locks++;
	/* cas acquires: what the last holder wrote before its xchg is seen here. */
	if (!cas(&l->key, Unlocked, Locked))
		asmcgocall(lockslow, l);
}

/* What is rare is kept out of unlock and called last (noipa, so that gcc does not
 * find out that some of it never returns, and jumps there): unlock then needs
 * neither a frame nor a saved register. */
#define RARE NOSPLIT __attribute__((noipa)) static

RARE void badunlock(void)
{
	throw("unlock of unlocked lock");
}

RARE void badcount(void)
{
	throw("unlock: lock count");
}

/* newstack put a preemption off while we held a lock. */
RARE void repoison(void)
{
	struct g *gp = getg();

	if (gp->m->locks == 0)
		gp->stackguard0 = StackPreempt;
}

NOSPLIT static inline void released(void)
{
	struct g *gp = getg();

	if (rarely(--gp->m->locks < 0))
		badcount();
	else if (rarely(gp->preempt))
		repoison();
}

RARE RegArgs void wakeone(struct mutex *l)
{
	futexwakeup(&l->key, 1);
	released();
}

RegArgs void unlock(struct mutex *l)
{
	uint32_t v = xchg(&l->key, Unlocked); /* releases what we wrote */

	if (rarely(v == Unlocked))
		badunlock();
	else if (rarely(v == Sleeping))
		wakeone(l);
	else
		released();
}

void noteclear(struct note *n)
{
	n->key = 0;
}

void notewakeup(struct note *n)
{
	if (xchg(&n->key, 1) != 0)
		throw("notewakeup: double wakeup");
	futexwakeup(&n->key, 1);
}

void notesleep(struct note *n)
{
	struct m *mp = getm();

	if (getg() != mp->g0)
		throw("notesleep not on g0");
	if (mp->profilehz > 0)
		setprof(false);
	while (atomicload(&n->key) == 0)
		futexsleep(&n->key, 0, -1);
	if (mp->profilehz > 0)
		setprof(true);
}

bool notetsleep0(struct note *n, int64_t ns)
{
	struct m *mp = getm();
	int64_t deadline;

	if (atomicload(&n->key) != 0)
		return true;
	if (mp->profilehz > 0)
		setprof(false);
	deadline = ns < 0 ? 0 : nanotime() + ns;
	if (ns >= 0 && deadline < ns)
		deadline = INT64_MAX;
	while (atomicload(&n->key) == 0) {
		futexsleep(&n->key, 0, ns);
		if (ns < 0)
			continue;
		ns = deadline - nanotime();
		if (ns <= 0)
			break;
	}
	if (mp->profilehz > 0)
		setprof(true);
	return atomicload(&n->key) != 0;
}
