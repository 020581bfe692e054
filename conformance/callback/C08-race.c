/* A race detector: it is told of each foreign call and callback, from both sides; but
 * not of racecall and its callbacks, in which the goroutine keeps its P, is not in
 * syscall status, and is not preempted, until racecall is over. */
#include "test.h"

static char told[64];
static uint32_t ntold, others, callbacks;

static void acquire(void *addr)
{
	CHECK(addr != 0, "address");
	told[ntold++] = 'a';
}

static void releasemerge(void *addr)
{
	CHECK(addr != 0, "address");
	told[ntold++] = 'r';
}

__attribute__((noipa)) static void check(void)
{
	volatile char frame[200];

	frame[0] = 1;
}

static void other(void *arg)
{
	(void)arg;
	for (;;) {
		others++;
		gosched();
	}
}

static void plain(void *arg)
{
	(void)arg;
	told[ntold++] = 'c';
	EQ(getm()->locks, 0, "locks in a callback of cgocall");
}

static void raced(void *arg)
{
	struct g *gp = getg();
	uint32_t before = others;

	(void)arg;
	callbacks++;
	EQ(getm()->locks, 1, "locks in a callback of racecall");
	EQ(gp->status, Grunning, "status in a callback of racecall");
	EQ(getm()->p->status, Prunning, "status of the P");
	CHECK(!gp->lockedm, "not locked to the thread");
	check();
	preempt(gp);
	check();
	check();
	EQ(others, before, "others that ran in a callback of racecall");
}

NOSPLIT static intptr_t foreign(void *arg)
{
	cgocallback(arg, 0);
	return 5;
}

NOSPLIT static intptr_t twice(void *arg)
{
	cgocallback(arg, 0);
	EQ(getm()->curg->status, Grunning, "status in racecall");
	cgocallback(arg, 0);
	return 6;
}

static void nested(void *arg)
{
	cgocall(foreign, arg);
}

TEST("C08")
{
	uint32_t before, after;
	intptr_t r;

	newproc(other, 0);
	gosched();
	race.acquire = acquire;
	race.releasemerge = releasemerge;
	EQ(cgocall(foreign, plain), 5, "result");
	told[ntold] = 0;
	CHECK(strafter(told, "racra", 0) != 0, "order of releases, acquires and the callback");
	ntold = 0;
	before = others;
	r = racecall(twice, raced);
	after = others; /* no split check in between */
	EQ(r, 6, "result of racecall");
	EQ(callbacks, 2, "callbacks of racecall");
	EQ(ntold, 0, "releases and acquires of racecall");
	EQ(getm()->locks, 0, "locks after racecall");
	EQ(after, before, "others that ran before the preemption was due");
	check();
	EQ(others, before + 1, "turns of the others, once it was due");
	race.acquire = race.releasemerge = 0;
	THROWS("cgocall: in a callback of racecall");
	racecall(foreign, nested);
}
