/* Locks and notes over a semaphore for each M (core/port.list):
 *
 *   semacreate(m)	the semaphore of m, count 0
 *   semasleep(ns)	takes one from the running M's; false if ns passed first
 *   semawakeup(m)	adds one to m's
 *
 * A contended lock is the list of the Ms that wait, its lowest bit says that it
 * is held. Nosplit throughout.
 */
#include "sched.h"

#define Locked ((uintptr_t)1)

enum { ActiveSpin = 4, ActiveSpinYields = 30, PassiveSpin = 1 };

NOSPLIT NOINLINE static struct m *sleeper(void)
{
	struct m *mp = getm();

	if (mp->waitsema == 0)
		mp->waitsema = semacreate(mp);
	if (mp->profilehz > 0)
		setprof(false);
	return mp;
}

NOSPLIT static void awake(struct m *mp)
{
	if (mp->profilehz > 0)
		setprof(true);
}

/* On g0's stack: where lock was called there may be no room. */
NOSPLIT static intptr_t lockslow(void *arg)
{
	struct mutex *l = arg;
	uint32_t spin = ncpu() > 1 ? ActiveSpin : 0;

	STACK_ROOT(lockslow, StackReserve);
	for (uint32_t i = 0;;) {
		uintptr_t v = atomicloadp(&l->waiters);
		if (!(v & Locked)) {
			if (casp(&l->waiters, v, v | Locked))
				return 0;
			continue;
		}
		if (i < spin + PassiveSpin) {
			if (i++ < spin)
				procyield(ActiveSpinYields);
			else
				osyield();
			continue;
		}
		struct m *mp = sleeper();
		/* The cas publishes nextwaitm: only the holder, which got the list
		 * by its own cas, reads it. */
		mp->nextwaitm = (struct m *)(v & ~Locked);
		if (casp(&l->waiters, v, (uintptr_t)mp | Locked)) {
			semasleep(-1); /* unlock took us off the list: compete again */
			i = 0;
		}
		awake(mp);
	}
}

RegArgs void lock(struct mutex *l)
{
	getm()->locks++;
	if (!casp(&l->waiters, 0, Locked))
		asmcgocall(lockslow, l);
}

RegArgs void unlock(struct mutex *l)
{
	struct g *gp = getg();

	for (;;) {
		uintptr_t v = atomicloadp(&l->waiters);
		if (!(v & Locked))
			throw("unlock of unlocked lock");
		struct m *mp = (struct m *)(v & ~Locked);
		/* Others only push, and mp sleeps until we wake it: mp->nextwaitm
		 * cannot change between the load and the cas. */
		if (casp(&l->waiters, v, mp ? (uintptr_t)mp->nextwaitm : 0)) {
			if (mp)
				semawakeup(mp);
			break;
		}
	}
	if (--gp->m->locks < 0)
		throw("unlock: lock count");
	if (gp->preempt && gp->m->locks == 0)
		gp->stackguard0 = StackPreempt; /* newstack put it off while we held a lock */
}

/* A note is 0, the M that sleeps on it, or Locked once it was woken. */

void noteclear(struct note *n)
{
	n->waiter = 0;
}

void notewakeup(struct note *n)
{
	uintptr_t v = xchgp(&n->waiter, Locked);

	if (v == Locked)
		throw("notewakeup: double wakeup");
	if (v)
		semawakeup((struct m *)v);
}

/* Registers mp; false if the note was woken already. */
NOSPLIT static bool enlist(struct note *n, struct m *mp)
{
	if (casp(&n->waiter, 0, (uintptr_t)mp))
		return true;
	if (atomicloadp(&n->waiter) != Locked)
		throw("notesleep: two sleepers on a note");
	return false;
}

void notesleep(struct note *n)
{
	struct m *mp = getm();

	if (getg() != mp->g0)
		throw("notesleep not on g0");
	sleeper();
	if (enlist(n, mp))
		semasleep(-1);
	awake(mp);
}

bool notetsleep0(struct note *n, int64_t ns)
{
	sleeper();
	/* getm again and again: what is kept over a call takes stack. */
	if (enlist(n, getm()) && !semasleep(ns)) {
		/* Timed out: leave the note, unless a wakeup came in between; then
		 * its semawakeup is ours to take. */
		if (casp(&n->waiter, (uintptr_t)getm(), 0)) {
			awake(getm());
			return false;
		}
		semasleep(-1);
	}
	awake(getm());
	return true;
}
