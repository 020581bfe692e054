/* A preemption is refused while m->locks is held, in malloc or GC status, or in a
 * system call with locks held, and is not lost: the next split check after that
 * yields, once. */
#include "test.h"

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

/* Yields of a split check in the status that set and clear make. */
static void refused(void (*set)(void), void (*clear)(void), const char *what)
{
	uint32_t before, during, after;

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
NOSPLIT static void left(void) { acquirem(); entersyscall(); }
NOSPLIT static void entered(void) { exitsyscall(); releasem(getm()); }

TEST("E02")
{
	newproc(other, 0);
	gosched();
	refused(locked, unlocked, "yields with m->locks held, and after");
	refused(dolock, dounlock, "yields with a lock held, and after");
	refused(malloced, freed, "yields in malloc status, and after");
	refused(collecting, collected, "yields in GC status, and after");
	refused(left, entered, "yields in a system call with m->locks held, and after");
	uint32_t before = others;
	preempt(getg());
	entersyscall();
	exitsyscall();
	uintptr_t guard = getg()->stackguard0;
	check();
	uint32_t after = others;
	EQ(guard, StackPreempt, "guard after exitsyscall with a preemption pending");
	EQ(after - before, 1, "yields after a system call");
}
