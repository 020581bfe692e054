/* What the files about foreign code share. */
#include "sched.h"

enum { LockForeign = 1 << 16 }; /* in m->locked: a callback, which keeps the goroutine here */

/* Of the stack of a thread that the runtime did not make it has so much for itself, below
 * where it was called; foreign code outside may have used more than that. */
enum { ForeignStack = 32 << 10 };
NOSPLIT void makeroom(struct m *mp); /* for a callback on such a thread: g0's stack goes on that far from here */

NOSPLIT NORETURN void hostexit(struct m *mp); /* ends a thread of rthostthread: on its g0 */

intptr_t newextram(void *); /* on g0: one more M for foreign threads */

void rundefers(void);	     /* goexit's, with deferred calls */

/* The goroutine stays on its M, as lockOSThread, but the program cannot undo it. No split
 * check between getm and the store: inline. */
INLINE NOSPLIT void lockforeign(void)
{
	struct g *gp = getg();
	struct m *mp = gp->m;

	mp->locked += LockForeign;
	mp->lockedg = gp;
	gp->lockedm = mp;
}

INLINE NOSPLIT void unlockforeign(void)
{
	struct g *gp = getg();
	struct m *mp = gp->m;

	mp->locked -= LockForeign;
	if (mp->locked == 0) {
		mp->lockedg = 0;
		gp->lockedm = 0;
	}
}

INLINE void pushdefer(struct defer *d)
{
	struct g *gp = getg();

	d->link = gp->defer;
	d->panic = gp->panic;
	gp->defer = d;
}

/* One that cannot recover and takes no argument. Its fields are set one by one: on the way
 * to foreign code stores count. */
INLINE void pushunwind(struct defer *d, void (*fn)(void *))
{
	d->fn = fn;
	d->resume = 0;
	pushdefer(d);
}

INLINE void popdefer(struct defer *d)
{
	struct g *gp = getg();

	if (rarely(gp->defer != d))
		throw("a deferred call is not the last one that was pushed");
	gp->defer = d->link;
}
