/* A preemption is refused while m->locks is held, in malloc or GC status, or in a
 * system call with locks held, and is not lost: the next split check after that
 * yields, once. */
#include "sched.h"
#include "test.h"

enum { Tries = 10 };

static volatile uint32_t others;
static struct mutex l;

static void other(void *arg)
{
	(void)arg;
	for (;;) {
		others++;
		gosched();
	}
}

__attribute__((noipa)) static void check(void)
{
	volatile char frame[200];

	frame[0] = 1;
}

/* Yields of a split check in the status that set and clear make. Sysmon may ask for one
 * more, if we lose the processor for so long: then it is tried again. */
static void refused(void (*set)(void), void (*clear)(void), const char *what)
{
	uint32_t before, during, after;

	for (uint32_t i = 0; i < Tries; i++) {
		acquirem(); /* no yield from here on but those that we ask for */
		set();
		getm()->locks--;
		before = others;
		preempt(getg());
		check();
		check();
		during = others;
		clear();
		check();
		check();
		after = others;
		if (after - during == 1)
			break;
	}
	EQ(during - before, 0, what);
	EQ(after - during, 1, what);
}

NOSPLIT static void locked(void) { acquirem(); }
NOSPLIT static void unlocked(void) { releasem(getm()); }
NOSPLIT static void dolock(void) { lock(&l); }
NOSPLIT static void dounlock(void) { unlock(&l); }
NOSPLIT static void malloced(void) { getm()->mallocing++; }
NOSPLIT static void freed(void) { getm()->mallocing--; locked(); unlocked(); }
NOSPLIT static void collecting(void) { getm()->gcing++; }
NOSPLIT static void collected(void) { getm()->gcing--; locked(); unlocked(); }
/* This lock, so that sysmon does not take the P: the goroutine could not wait for another. */
NOSPLIT static void left(void) { lock(&sched.lock); entersyscall(); }
NOSPLIT static void entered(void) { exitsyscall(); unlock(&sched.lock); }

/* One that is met by giving way is over. */
NOSPLIT static uintptr_t met(void)
{
	preempt(getg());
	mcall(yield); /* not gosched: its split check would see the request */
	lock(&l);
	unlock(&l);
	return getg()->stackguard0;
}

TEST("E02")
{
	newproc(other, 0);
	gosched();
	refused(locked, unlocked, "yields with m->locks held, and after");
	refused(dolock, dounlock, "yields with a lock held, and after");
	refused(malloced, freed, "yields in malloc status, and after");
	refused(collecting, collected, "yields in GC status, and after");
	refused(left, entered, "yields in a system call with m->locks held, and after");
	uint32_t before, during, after;
	uintptr_t guard = StackPreempt;
	for (uint32_t i = 0; i < Tries && guard == StackPreempt; i++)
		guard = met();
	CHECK(guard != StackPreempt, "a request that was met by giving way is over");
	for (uint32_t i = 0; i < Tries; i++) {
		preempt(getg());
		before = others;
		entersyscall();
		exitsyscall();
		guard = getg()->stackguard0;
		during = others;
		check();
		after = others;
		if (during == before && after - during == 1) /* else sysmon took the P meanwhile */
			break;
	}
	EQ(guard, StackPreempt, "guard after exitsyscall with a preemption pending");
	EQ(after - during, 1, "yields after a system call");
}
