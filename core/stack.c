/* Stack segments: where they come from, and what morestack and lessstack do when
 * the next segment is not simply there.
 *
 * Segments of StackMin go through a ring in each M, which is filled and emptied
 * in batches of half its size from a global list; first segments go through a
 * list of their own; larger ones come from the OS and go back to it. All of it
 * runs on g0, so it may hold a lock and needs no split.
 */
#include "sched.h"

static struct {
	struct mutex lock;
	struct stktop *free;  /* StackMin segments, linked by next */
	struct stktop *first; /* StackFirst segments */
	aligned64 sys;	      /* bytes taken from the OS */
	aligned64 inuse;      /* bytes that goroutines hold */
} pool;

__asm__(NOTE_TEXT(NoteLimit, "0", "0", STRING(StackLimit)) NOTE_TEXT(NoteSmall, "0", "0", STRING(StackSmall)));

_Static_assert(sizeof(struct stktop) % 8 == 0, "the stack starts below it");
_Static_assert(StackFirst >= StackGuard + sizeof(struct stktop) + 256, "room to run");

static uintptr_t round(uintptr_t n, uintptr_t unit)
{
	return (n + unit - 1) & ~(unit - 1);
}

static struct stktop *segment(char *p, uintptr_t size)
{
	struct stktop *top = (struct stktop *)((uintptr_t)(p + size - sizeof(struct stktop)) & ~(uintptr_t)15);

	top->lowest = (uintptr_t)p;
	top->size = size;
	top->guard = top->lowest + StackGuard;
	top->prev = top->next = 0;
	return top;
}

/* The lock is held. */
static char *fromos(uintptr_t n)
{
	char *p = sysalloc(n);

	if (!p)
		throw("out of memory: stack segment");
	if ((uintptr_t)p + n > StackTop)
		throw("stack segment above StackTop: a poisoned guard would not stop it");
	pool.sys += n;
	return p;
}

/* Cuts what the OS gives in one call into segments of n bytes. The lock is held. */
static struct stktop *carve(struct stktop *list, uintptr_t n)
{
	enum { Chunk = 256 << 10 };
	char *p = fromos(Chunk);

	for (char *q = p + Chunk; (uintptr_t)(q - p) >= n; q -= n) {
		struct stktop *top = segment(q - n, n);
		top->next = list;
		list = top;
	}
	return list;
}

static void refill(struct m *mp)
{
	lock(&pool.lock);
	while (mp->nring < StackRing / 2) {
		if (!pool.free)
			pool.free = carve(0, StackMin);
		mp->ring[mp->nring++] = pool.free;
		pool.free = pool.free->next;
	}
	unlock(&pool.lock);
}

static void release(struct m *mp, uint32_t keep)
{
	lock(&pool.lock);
	while (mp->nring > keep) {
		struct stktop *top = mp->ring[--mp->nring];
		top->next = pool.free;
		pool.free = top;
	}
	unlock(&pool.lock);
}

struct stktop *stackalloc(uintptr_t n)
{
	struct m *mp = getm();
	struct stktop *top;

	if (getg() != mp->g0)
		throw("stackalloc: not on g0");
	if (n <= StackFirst) {
		lock(&pool.lock);
		if (!pool.first)
			pool.first = carve(0, StackFirst);
		top = pool.first;
		pool.first = top->next;
		unlock(&pool.lock);
	} else if (n <= StackMin) {
		if (mp->nring == 0)
			refill(mp);
		top = mp->ring[--mp->nring];
	} else {
		n = round(n, 4096);
		lock(&pool.lock);
		top = segment(fromos(n), n);
		unlock(&pool.lock);
	}
	top->prev = top->next = 0;
	xadd64(&pool.inuse, (int64_t)top->size);
	return top;
}

void stackfree(struct stktop *top)
{
	struct m *mp = getm();
	uintptr_t n = top->size;

	if (getg() != mp->g0)
		throw("stackfree: not on g0");
	xadd64(&pool.inuse, -(int64_t)n);
	if (n == StackFirst) {
		lock(&pool.lock);
		top->next = pool.first;
		pool.first = top;
		unlock(&pool.lock);
	} else if (n == StackMin) {
		if (mp->nring == StackRing)
			release(mp, StackRing / 2);
		mp->ring[mp->nring++] = top;
	} else {
		lock(&pool.lock);
		pool.sys -= n;
		unlock(&pool.lock);
		sysfree((void *)top->lowest, n);
	}
}

void stackflush(struct m *mp)
{
	release(mp, 0);
}

struct stackstats readstackstats(void)
{
	return (struct stackstats){ atomicload64(&pool.inuse), atomicload64(&pool.sys) };
}

void newstack(struct more *more)
{
	struct m *mp = getm();
	struct g *gp = mp->curg;
	struct stktop *top = gp->stackbase;
	uintptr_t frame = (more->packed >> PackFrameShift) * PackFrameUnit;
	uintptr_t args = (more->packed & PackArgMask) * PtrSize;
	uintptr_t need = StackGuard + frame + args + sizeof(struct stktop) + 3 * 16 + CallSize;

	gp->sched.sp = more->oldsp + MoreRet + PtrSize; /* of the caller; sched.pc is in the function that splits */
	mp->moving = Splitting; /* as early as may be: for ticks */
	mp->newstacks++;
	if (more->oldsp < top->lowest + StackSystem || more->oldsp > top->lowest + top->size) {
		gp->sched.pc = ((uintptr_t *)gp->sched.sp)[-1];
		mp->moving = 0;
		throw("newstack: sp is outside of the stack segment");
	}
	if (top->next && top->next->size < need) {
		stackfree(top->next);
		top->next = 0;
	}
	if (!top->next) {
		struct stktop *new = stackalloc(need > StackMin ? need + StackExtra : StackMin);
		new->prev = top;
		top->next = new;
	}
	if (gp->stackguard0 != top->guard)
		poisoned(gp, more, top->next);
	mp->moving = 0;
}

/* lessstack leaves a segment behind which there is another: the one that is
 * left stays as the spare, so the other goes. */
void oldstack(void)
{
	struct m *mp = getm();
	struct g *gp = mp->curg;
	struct stktop *top = gp->stackbase;

	gp->sched.sp = top->oldsp + MoreRet + PtrSize; /* where it goes back to */
	gp->sched.pc = ((uintptr_t *)gp->sched.sp)[-1];
	mp->moving = Leaving;
	stackfree(top->next);
	top->next = 0;
	mp->moving = 0;
}

/* morestack left in g->sched.pc an address in the split function. */
void badmorestack(void)
{
	const struct funcrec *f = findfunc(getg()->sched.pc);

	STACK_ROOT(badmorestack, StackReserve);
	prints(f ? f->name : "?");
	prints(" splits the stack of g0 or gsignal, which cannot grow\n");
	throw("stack split on g0 or gsignal");
}
