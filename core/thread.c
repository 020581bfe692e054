/* Ms and the threads that they are. An M whose thread has ended is used again. */
#include "foreign.h"

enum { ThreadStack = 64 << 10 };

/* Nosplit: on a thread that has no g yet. */
void setstacks(struct m *mp, uintptr_t g0lo, uintptr_t g0hi, uintptr_t sig)
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

struct m *allocm(void)
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
		setstacks(mp, (uintptr_t)p + SignalStack, (uintptr_t)p + SignalStack + ThreadStack, (uintptr_t)p);
		mp->id = ++sched.mids;
		mp->random = mp->id * 0x9e3779b9u | 1;
		mp->link = sched.allm;
		sched.allm = mp;
	}
	mp->alive = 1;
	mp->curg = 0;
	mp->fn = 0;
	mp->profilehz = 0;
	sched.nm++;
	return mp;
}

/* Nosplit: of the port. An M is never freed. */
struct m *mnext(struct m *mp)
{
	return mp ? mp->link : (struct m *)atomicloadp((uintptr_t *)&sched.allm);
}

static intptr_t askhost(void *mp)
{
	intptr_t r = hostthread(mp);

	__asm__ volatile("" : "+r"(r)); /* no tail call: the check has to be made here */
	return r;
}

void startthread(struct m *mp)
{
	/* The host's libc is foreign code. */
	int32_t e = hostthread ? (int32_t)asmcgocall(askhost, mp) : newosproc(mp);

	if (e < 0) {
		prints("newosproc: error ");
		printd(e);
		prints("\n");
		throw("the OS gave no thread");
	}
}

struct m *newm(void (*fn)(void *), void *arg)
{
	struct m *self = acquirem(), *mp;

	lock(&sched.lock);
	mp = allocm();
	unlock(&sched.lock);
	mp->fn = fn;
	mp->arg = arg;
	startthread(mp);
	releasem(self);
	return mp;
}

static void mexit(struct m *mp)
{
	stackflush(mp);
	lock(&sched.lock);
	sched.nm--;
	checkdead(); /* it may have been the last that could ready somebody */
	unlock(&sched.lock);
	if (hostthread)
		hostexit(mp);
	exitthread(mp);
}

void mstart(struct m *mp)
{
	struct p *pp = mp->nextp;

	minit(mp);
	if (mp->fn) {
		mp->fn(mp->arg);
		mexit(mp);
		__builtin_unreachable();
	}
	mp->nextp = 0;
	acquirep(pp);
	schedule();
}
