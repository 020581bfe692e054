/* Birth and death of goroutines. A dead one keeps its first segment and waits on a
 * list of its P, which gets from and gives to a list for all in batches. On g0,
 * where segments are allocated. */
#include "foreign.h"

enum { GChunk = 64 << 10, GBatch = 32, GoidBatch = 16 };

static struct g *allg; /* ever made, newest first; published with a release */

/* The lock is held. */
static struct g *newg(void)
{
	struct g *gp = sched.gnew;

	if (!gp) {
		gp = sysalloc(GChunk);
		if (!gp)
			throw("out of memory: goroutine");
		for (uint32_t i = GChunk / sizeof *gp; i-- > 0;) {
			gp[i].schedlink = sched.gnew;
			sched.gnew = &gp[i];
		}
		gp = sched.gnew;
	}
	sched.gnew = gp->schedlink;
	sched.nnew++;
	gp->status = Gdead;
	gp->alllink = allg;
	atomicstorep((uintptr_t *)&allg, (uintptr_t)gp);
	return gp;
}

struct g *gnext(struct g *gp)
{
	return gp ? gp->alllink : (struct g *)atomicloadp((uintptr_t *)&allg);
}

/* The lock is held. */
static struct g *globgfree(void)
{
	struct g *gp = sched.gfree;

	if (!gp)
		return 0;
	sched.gfree = gp->schedlink;
	sched.ngfree--;
	return gp;
}

static void give(struct p *pp, uint32_t keep)
{
	while (pp->ngfree > keep) {
		struct g *gp = pp->gfree;
		pp->gfree = gp->schedlink;
		pp->ngfree--;
		gp->schedlink = sched.gfree;
		sched.gfree = gp;
		sched.ngfree++;
	}
}

void gpurge(struct p *pp)
{
	give(pp, 0);
}

struct g *gget(struct p *pp)
{
	struct g *gp;

	if (!pp || !pp->gfree) {
		lock(&sched.lock);
		gp = globgfree();
		if (!gp)
			gp = newg();
		while (pp && sched.gfree && pp->ngfree < GBatch) {
			struct g *more = globgfree();
			more->schedlink = pp->gfree;
			pp->gfree = more;
			pp->ngfree++;
		}
		unlock(&sched.lock);
		return gp;
	}
	gp = pp->gfree;
	pp->gfree = gp->schedlink;
	pp->ngfree--;
	return gp;
}

static void gput(struct p *pp, struct g *gp)
{
	if (pp->ngfree == 2 * GBatch) {
		lock(&sched.lock);
		give(pp, GBatch);
		unlock(&sched.lock);
	}
	gp->schedlink = pp->gfree;
	pp->gfree = gp;
	pp->ngfree++;
}

static uint32_t newgoid(struct p *pp)
{
	if (!pp)
		return xadd(&sched.goids, 1);
	if (pp->goid == pp->goidend) {
		pp->goidend = xadd(&sched.goids, GoidBatch);
		pp->goid = pp->goidend - GoidBatch;
	}
	return ++pp->goid;
}

static void gostart(void)
{
	struct g *gp = getg();

#ifdef __GCC_HAVE_DWARF2_CFI_ASM
	__asm__ volatile(".cfi_undefined " STRING(ReturnColumn)); /* no frame behind this one */
#endif
	gp->fn(gp->arg);
	goexit();
}

struct birth {
	void (*fn)(void *);
	void *arg;
	uintptr_t size;
};

void ginit(struct g *gp, uintptr_t size)
{
	struct stktop *top = gp->stack0;

	if (top && top->size < size) {
		stackfree(top);
		top = 0;
	}
	if (!top)
		gp->stack0 = top = stackalloc(size);
	gp->stackbase = top;
	gp->stackguard0 = top->guard;
	gp->preempt = 0;
	gp->sched.sp = (uintptr_t)top;
	gp->sched.g = gp;
}

static intptr_t newproc0(void *arg)
{
	struct birth *b = arg;
	struct m *mp = getm();
	struct p *pp = heldp(mp);
	struct g *gp = gget(pp);
	uintptr_t *sp;

	ginit(gp, b->size);
	gp->goid = newgoid(pp);
	gp->fn = b->fn;
	gp->arg = b->arg;
	sp = (uintptr_t *)gp->sched.sp;
	if (CallSize)
		*--sp = 0; /* as if called from 0: traces end there */
	gp->sched.sp = (uintptr_t)sp;
	gp->sched.pc = (uintptr_t)gostart;
	gp->status = Gwaiting;
	ready(gp);
	return (intptr_t)gp;
}

struct g *newprocsize(void (*fn)(void *), void *arg, uintptr_t size)
{
	struct birth b = { fn, arg, size + StackGuard + sizeof(struct stktop) };

	if (size <= StackFirst)
		b.size = StackFirst;
	return (struct g *)asmcgocall(newproc0, &b);
}

struct g *newproc(void (*fn)(void *), void *arg)
{
	return newprocsize(fn, arg, StackFirst);
}

void gfree(struct g *gp)
{
	struct stktop *top = gp->stackbase;

	if (top->next)
		stackfree(top->next);
	while (top != gp->stack0) {
		struct stktop *prev = top->prev;
		stackfree(top);
		top = prev;
	}
	if (top->size == StackFirst) {
		top->next = 0;
	} else {
		stackfree(top);
		gp->stack0 = 0;
	}
	gp->status = Gdead;
	gput(getm()->p, gp);
}

static void goexit0(struct g *gp)
{
	struct m *mp = gp->m;

	mp->curg = 0;
	if (gp->lockedm) {
		gp->lockedm = 0;
		mp->lockedg = 0;
		mp->locked = 0;
	}
	gp->background = false;
	gfree(gp);
	schedule();
}

void goexit(void)
{
	if (rarely(getg()->defer != 0))
		rundefers();
	mcall(goexit0);
	__builtin_unreachable();
}

/* The Ps change their counts without a lock: exact if nobody is born or dies. */
uint32_t gcount(void)
{
	uint32_t n = sched.nnew - sched.ngfree - sched.nsystem;

	for (uint32_t i = 0; i < procs; i++)
		n -= allp[i]->ngfree;
	return n;
}

void badmcall(void)
{
	throw("mcall: called on g0, or the function returned");
}
