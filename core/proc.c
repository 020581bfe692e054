/* Goroutines and the threads that run them: one run queue under one lock.
 *
 * The threads that schedule take goroutines from the queue and, when it is
 * empty, wait on their own note; whoever queues one wakes one of them. Threads
 * of newm run a function on their g0 and schedule nothing.
 */
#include "rt.h"

enum { ThreadStack = 64 << 10, SignalStack = 32 << 10, GChunk = 64 << 10 };

static struct {
	struct mutex lock;
	struct g *head, *tail; /* runnable */
	struct g *gfree;       /* dead, with a first segment */
	struct g *gnew;	       /* never used */
	struct m *midle;       /* scheduling threads that wait */
	struct m *allm;
	uint32_t nscheduling; /* threads in schedule(), m0 among them */
	uint32_t nidle;
	uint32_t nthreads; /* of newm, alive */
	uint32_t ngs;
	uint32_t goids, mids;
} sched = { .nscheduling = 1, .allm = &m0 };

struct m m0 = { .g0 = &m0.g0buf, .gsignal = &m0.gsignalbuf, .alive = 1 };

/* ---- the queue ---- */

/* The lock is held. */
static struct m *queue(struct g *gp)
{
	struct m *mp = sched.midle;

	gp->status = Grunnable;
	gp->schedlink = 0;
	if (sched.head)
		sched.tail->schedlink = gp;
	else
		sched.head = gp;
	sched.tail = gp;
	if (mp) {
		sched.midle = mp->idlelink;
		sched.nidle--;
	}
	return mp;
}

static void enqueue(struct g *gp)
{
	lock(&sched.lock);
	struct m *mp = queue(gp);
	unlock(&sched.lock);
	if (mp)
		notewakeup(&mp->wakenote);
}

static struct g *dequeue(struct m *mp)
{
	lock(&sched.lock);
	for (;;) {
		struct g *gp = sched.head;
		if (gp) {
			sched.head = gp->schedlink;
			unlock(&sched.lock);
			return gp;
		}
		if (sched.nidle + 1 == sched.nscheduling && sched.nthreads == 0)
			throw("all goroutines are asleep - deadlock!");
		noteclear(&mp->wakenote);
		mp->idlelink = sched.midle;
		sched.midle = mp;
		sched.nidle++;
		unlock(&sched.lock);
		notesleep(&mp->wakenote);
		lock(&sched.lock);
	}
}

void schedule(void)
{
	struct m *mp = getm();
	struct g *gp;

	if (mp->locks != 0)
		throw("schedule: holding locks");
	gp = dequeue(mp);
	gp->status = Grunning;
	gp->m = mp;
	mp->curg = gp;
	gogo(&gp->sched);
}

void yield(struct g *gp)
{
	gp->m->curg = 0;
	enqueue(gp);
	schedule();
}

void gosched(void)
{
	mcall(yield);
}

void ready(struct g *gp)
{
	if (gp->status != Gwaiting)
		throw("ready: goroutine is not parked");
	enqueue(gp);
}

struct parking {
	bool (*unlockf)(struct g *gp, void *arg);
	void *arg;
};

static void park0(struct g *gp)
{
	struct parking *p = gp->arg;
	struct parking copy = *p; /* gp may run again as soon as unlockf has unlocked */
	struct m *mp = gp->m;

	mp->curg = 0;
	gp->status = Gwaiting;
	if (copy.unlockf && !copy.unlockf(gp, copy.arg))
		enqueue(gp);
	schedule();
}

void park(bool (*unlockf)(struct g *gp, void *arg), void *arg, const char *reason)
{
	struct parking p = { unlockf, arg };
	struct g *gp = getg();

	gp->arg = &p;
	gp->waitreason = reason;
	mcall(park0);
	gp->waitreason = 0;
}

void preempt(struct g *gp)
{
	/* The flag first: newstack reads it after it has seen the poison. If gp
	 * switches segments at this moment its new guard may overwrite the
	 * poison: the flag stays, and the requester asks again. */
	atomicstore(&gp->preempt, 1);
	atomicstorep(&gp->stackguard0, StackPreempt);
}

/* ---- birth and death of goroutines ---- */

static void gostart(void)
{
	struct g *gp = getg();

	__asm__ volatile(".cfi_undefined " STRING(ReturnColumn)); /* no frame behind this one */
	gp->fn(gp->arg);
	goexit();
}

struct birth {
	void (*fn)(void *);
	void *arg;
	uintptr_t size;
};

/* The lock is held. */
static struct g *gget(void)
{
	struct g *gp = sched.gfree ? sched.gfree : sched.gnew;

	if (!gp) {
		gp = sysalloc(GChunk);
		if (!gp)
			throw("out of memory: goroutine");
		for (uint32_t i = 0; i < GChunk / sizeof *gp; i++) {
			gp[i].schedlink = sched.gnew;
			sched.gnew = &gp[i];
		}
		gp = sched.gnew;
	}
	if (gp == sched.gfree)
		sched.gfree = gp->schedlink;
	else
		sched.gnew = gp->schedlink;
	gp->goid = ++sched.goids;
	sched.ngs++;
	return gp;
}

/* On g0, because it allocates a segment. */
static intptr_t newproc0(void *arg)
{
	struct birth *b = arg;
	struct g *gp;
	struct stktop *top;
	uintptr_t *sp;

	lock(&sched.lock);
	gp = gget();
	unlock(&sched.lock);
	if (gp->stack0 && gp->stack0->size < b->size) {
		stackfree(gp->stack0);
		gp->stack0 = 0;
	}
	if (!gp->stack0)
		gp->stack0 = stackalloc(b->size);
	top = gp->stack0;
	gp->stackbase = top;
	gp->stackguard0 = top->guard;
	gp->preempt = 0;
	gp->fn = b->fn;
	gp->arg = b->arg;
	sp = (uintptr_t *)top;
	if (CallSize)
		*--sp = 0; /* as if called from 0: traces end there */
	memset(&gp->sched, 0, sizeof gp->sched);
	gp->sched.sp = (uintptr_t)sp;
	gp->sched.pc = (uintptr_t)gostart;
	gp->sched.g = gp;
	enqueue(gp);
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

static void goexit0(struct g *gp)
{
	struct stktop *top = gp->stackbase;

	gp->status = Gdead;
	gp->m->curg = 0;
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
	lock(&sched.lock);
	gp->schedlink = sched.gfree;
	sched.gfree = gp;
	sched.ngs--;
	unlock(&sched.lock);
	schedule();
}

void goexit(void)
{
	mcall(goexit0);
	__builtin_unreachable();
}

uint32_t gcount(void)
{
	return atomicload(&sched.ngs);
}

void badmcall(void)
{
	throw("mcall: called on g0, or the function returned");
}

/* ---- threads ---- */

static void stacks(struct m *mp, uintptr_t g0lo, uintptr_t g0hi, uintptr_t sig)
{
	mp->g0top = (struct stktop){ .guard = g0lo + StackGuard + StackReserve, .lowest = g0lo, .size = g0hi - g0lo };
	mp->gsignaltop = (struct stktop){ .guard = sig + StackGuard + StackReserve, .lowest = sig, .size = SignalStack };
	mp->g0->stackbase = &mp->g0top;
	mp->g0->stackguard0 = mp->g0top.guard;
	mp->g0->sched.sp = g0hi & ~(uintptr_t)15;
	mp->gsignal->stackbase = &mp->gsignaltop;
	mp->gsignal->stackguard0 = mp->gsignaltop.guard;
	mp->g0->m = mp->gsignal->m = mp;
}

/* An M whose thread has ended, or a new one. The lock is held. */
static struct m *mget(void)
{
	enum { Size = (sizeof(struct m) + 4095) & ~4095 };
	struct m *mp = sched.allm;
	char *p;

	while (mp && atomicload(&mp->alive) != 0)
		mp = mp->link;
	if (!mp) {
		p = sysalloc(Size + SignalStack + ThreadStack);
		if (!p)
			throw("out of memory: thread");
		mp = (struct m *)p;
		mp->g0 = &mp->g0buf;
		mp->gsignal = &mp->gsignalbuf;
		p += Size;
		stacks(mp, (uintptr_t)p + SignalStack, (uintptr_t)p + SignalStack + ThreadStack, (uintptr_t)p);
		mp->id = ++sched.mids;
		mp->link = sched.allm;
		sched.allm = mp;
	}
	mp->alive = 1;
	mp->curg = 0;
	return mp;
}

struct m *newm(void (*fn)(void *), void *arg)
{
	struct m *mp;
	int32_t e;

	lock(&sched.lock);
	mp = mget();
	sched.nthreads++;
	unlock(&sched.lock);
	mp->fn = fn;
	mp->arg = arg;
	e = newosproc(mp);
	if (e < 0) {
		prints("newm: the OS gave no thread: error ");
		printd(e);
		prints("\n");
		throw("newm: cannot create a thread");
	}
	return mp;
}

static void mexit(struct m *mp)
{
	struct m *idle = 0;

	stackflush(mp);
	lock(&sched.lock);
	sched.nthreads--;
	/* An idle thread has to look again: it may be a deadlock now. */
	if (!sched.head && sched.midle) {
		idle = sched.midle;
		sched.midle = idle->idlelink;
		sched.nidle--;
	}
	unlock(&sched.lock);
	if (idle)
		notewakeup(&idle->wakenote);
	exitthread(mp);
}

void mstart(struct m *mp)
{
	minit(mp);
	mp->fn(mp->arg);
	mexit(mp);
	__builtin_unreachable();
}

static void schedulem(void *arg)
{
	(void)arg;
	lock(&sched.lock);
	sched.nscheduling++;
	sched.nthreads--;
	unlock(&sched.lock);
	schedule();
}

void startm(void)
{
	newm(schedulem, 0);
}

/* ---- start-up ---- */

static void mainstart(void *arg)
{
	(void)arg;
	rtmain();
	osexit(0);
}

void rtstart(uintptr_t *sp)
{
	enum { MainStack = 64 << 10 }; /* what we take of the stack that the OS gave */
	static char sigstack[SignalStack] __attribute__((aligned(16)));
	uintptr_t hi = getcallersp();

	STACK_ROOT(_start, StackReserve);
	STACK_ROOT(rtstart, StackReserve);
	/* No split function before osinit has made g known. */
	m0.g0->stackbase = &m0.g0top;
	m0.g0->m = m0.gsignal->m = &m0;
	osinit(sp);
	m0.g0->stackguard0 = hi - MainStack + StackGuard;
	stacks(&m0, hi - MainStack, hi, (uintptr_t)sigstack);
	siginit();
	minit(&m0);
	selfcheck();
	newprocsize(mainstart, 0, StackMin);
	schedule();
}
