/* Semaphores in any word: who waits is kept in a table by address. They are for
 * sleep and wakeup, and give no fairness by themselves: a newcomer may take what
 * semrelease added before the one that it readied does, which then waits again at
 * the head (Mullender and Cox, Semaphores in Plan 9).
 */
#include "sched.h"

enum { Roots = 256 };

struct sleeper {
	struct g *g;
	uint32_t *addr;
	struct sleeper *next;
};

static struct root {
	struct mutex lock;
	uint32_t nwait; /* goroutines that wait, or are about to; xadd, read without the lock */
	struct sleeper *head, *tail;
} roots[Roots];

static struct root *rootof(uint32_t *addr)
{
	return &roots[(uint32_t)((uintptr_t)addr >> 2) * 0x9e3779b1u >> 24];
}

_Static_assert(Roots == 1 << (32 - 24), "rootof");

static bool take(uint32_t *addr)
{
	uint32_t v;

	while ((v = atomicload(addr)) > 0)
		if (cas(addr, v, v - 1))
			return true;
	return false;
}

static bool unlockroot(struct g *gp, void *arg)
{
	struct root *r = arg;

	(void)gp;
	gounlock(&r->lock);
	return true;
}

void semacquire(uint32_t *addr)
{
	struct root *r = rootof(addr);
	struct sleeper w = { .g = getg(), .addr = addr };
	bool again = false;

	while (!take(addr)) {
		golock(&r->lock);
		/* First nwait, then addr; semrelease does it the other way round: one
		 * of the two sees the other. */
		xadd(&r->nwait, 1);
		if (take(addr)) {
			xadd(&r->nwait, -1);
			gounlock(&r->lock);
			return;
		}
		if (!r->head) {
			w.next = 0;
			r->head = r->tail = &w;
		} else if (again) {
			w.next = r->head;
			r->head = &w;
		} else {
			w.next = 0;
			r->tail->next = &w;
			r->tail = &w;
		}
		park(unlockroot, r, "semacquire");
		again = true;
	}
}

void semrelease(uint32_t *addr)
{
	struct root *r = rootof(addr);
	struct sleeper *w, *prev = 0;

	xadd(addr, 1);
	if (atomicload(&r->nwait) == 0)
		return;
	golock(&r->lock);
	for (w = r->head; w && w->addr != addr; w = w->next)
		prev = w;
	if (w) {
		xadd(&r->nwait, -1);
		if (prev)
			prev->next = w->next;
		else
			r->head = w->next;
		if (r->tail == w)
			r->tail = prev;
	}
	gounlock(&r->lock);
	if (w)
		ready(w->g);
}
