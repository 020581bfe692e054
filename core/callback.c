/* Calls of foreign code, and calls back from it (rt.h has the picture).
 *
 * While foreign code runs, what it and its callers have on g0's stack must stay: so a
 * callback moves g0->sched.sp, where mcall and morestack begin, below it, and puts it
 * back at the end. What leaves a callback by a panic or goexit does not come by the end:
 * unwindm, a deferred call, stands for it.
 */
#include "foreign.h"

struct race race;

static char handover; /* what the race detector knows foreign calls by */

static void acquire(void *arg)
{
	(void)arg;
	race.acquire(&handover);
	__asm__ volatile(""); /* no tail call: the check has to be made here */
}

/* cgocall as the race detector sees it, however it ends. */
NOINLINE static intptr_t tellingrace(intptr_t (*fn)(void *), void *arg)
{
	struct defer d;
	intptr_t r;

	race.releasemerge(&handover);
	pushunwind(&d, acquire);
	entersyscall();
	r = asmcgocall(fn, arg);
	exitsyscall();
	popdefer(&d);
	race.acquire(&handover);
	return r;
}

/* The goroutine stays on this thread as long as fn runs: by itself, for it does not leave
 * the processor, and in a callback because that locks it. */
intptr_t cgocall(intptr_t (*fn)(void *), void *arg)
{
	intptr_t r;

	if (rarely(getm()->racecall))
		throw("cgocall: in a callback of racecall");
	if (rarely(race.acquire != 0))
		return tellingrace(fn, arg);
	entersyscall();
	r = asmcgocall(fn, arg);
	exitsyscall();
	return r;
}

/* No split check between racecall's getm and the callback's acquirem, nor after that: it
 * stays on this M. If a panic or goexit leaves it, unwindm ends it. */
intptr_t racecall(intptr_t (*fn)(void *), void *arg)
{
	intptr_t r;

	if (rarely(getm()->racecall))
		throw("racecall: in a callback of racecall");
	getm()->racecall = true;
	r = asmcgocall(fn, arg);
	getm()->racecall = false;
	return r;
}

/* What cgocallback would do on g0, and cgocallbackg after the call. */
static void unwindm(void *arg)
{
	struct m *mp = getm();

	(void)arg;
	mp->g0->sched.sp = ((struct callback *)mp->g0->sched.sp)->oldsp & ~(uintptr_t)ForeignSp;
	if (mp->racecall) {
		mp->racecall = false;
		releasem(mp);
	} else {
		unlockforeign();
	}
}

/* On the goroutine, with a P: split. */
NOINLINE static void cgocallbackg1(void)
{
	struct m *mp = getm(); /* for good: the goroutine is locked to it, or m->locks is held */
	struct callback *cb = (struct callback *)mp->g0->sched.sp;
	struct defer d;

	if (rarely(mp->needextram)) {
		mp->needextram = false;
		asmcgocall(newextram, 0);
	}
	pushunwind(&d, unwindm);
	if (rarely(race.acquire != 0) && !mp->racecall)
		race.acquire(&handover);
	cb->fn(cb->arg);
	if (rarely(race.releasemerge != 0) && !mp->racecall)
		race.releasemerge(&handover);
	popdefer(&d);
}

NOSPLIT NOINLINE NORETURN __attribute__((cold)) static void badcallback(void)
{
	prints("fatal error: cgocallback: not from the foreign call of a goroutine\n");
	osexit(2);
}

void cgocallbackg(void)
{
	STACK_ROOT(cgocallbackg, StackLimit - CallbackFrame);
	/* getg and getm are asked again and again: what is kept over a call takes stack. */
	if (rarely(getg() != getm()->curg || (getg()->status != Gsyscall && !getm()->racecall)))
		badcallback();
	if (rarely(hostthread != 0))
		makeroom(getm());
	if (rarely(getm()->racecall)) {
		/* The detector holds locks that the scheduler does not know of. */
		acquirem();
		cgocallbackg1();
		releasem(getm());
		return;
	}
	lockforeign(); /* before: we might come back on another M */
	exitsyscall();
	cgocallbackg1();
	unlockforeign(); /* no split check, so no other M, from here */
	/* As it was before: in cgocall, of which asmcgocall has the return address. */
	reentersyscall(((uintptr_t *)(getcallersp() + CallbackFrame))[-1], getcallersp() + CallbackFrame);
}
