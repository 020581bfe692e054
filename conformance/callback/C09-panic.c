/* A panic through callbacks: it leaves the levels of the goroutine's stack and of g0's in
 * step, wherever it is recovered, with all deferred calls on the way, and everything is
 * then as it was at that level. */
#include "test.h"

enum { Depth = 6 };

struct level {
	uint32_t n, catcher;
	bool caught;
};

static uint32_t deferred, handled, bad;
static uintptr_t g0sp[Depth + 1];
static bool raced;

static uint32_t level(uint32_t n, uint32_t catcher);

/* Panics on another segment. */
__attribute__((noipa)) static uint32_t recurse(uint32_t n)
{
	volatile uint32_t frame[60];

	frame[0] = n;
	if (n == 0)
		panic("from the deep");
	return recurse(n - 1) + frame[0];
}

static void callback(void *arg)
{
	struct level *l = arg;

	if (l->n == 0)
		recurse(50);
	level(l->n, l->catcher);
}

NOSPLIT static intptr_t foreign(void *arg)
{
	struct level *l = arg;

	cgocallback(callback, arg);
	bad += l->catcher > l->n; /* the panic went on through here */
	return 0;
}

static void handler(void *arg)
{
	struct level *l = arg;
	const char *what;

	deferred++;
	bad += getg()->status != Grunning;
	if (l->n + 1 != l->catcher)
		return;
	what = recover();
	CHECK(what && strafter(what, "from the deep", 0) != 0, "what recover returns");
	CHECK(recover() == 0, "recover, a second time");
	l->caught = true;
	handled++;
}

__attribute__((noipa)) static uint32_t level(uint32_t n, uint32_t catcher)
{
	volatile struct level l = { n - 1, catcher, false };
	struct gobuf resume;
	struct defer d = { .fn = handler, .arg = (void *)&l, .resume = &resume };

	g0sp[n] = getm()->g0->sched.sp;
	if (gosave(&resume)) {
		CHECK(l.caught, "resumed without recover");
		EQ(l.n + 1, l.catcher, "level that recovered");
		EQ(getm()->g0->sched.sp, g0sp[l.n + 1], "g0's stack where it was recovered");
		return l.catcher;
	}
	deferproc(&d);
	if (raced && l.n == 0)
		racecall(foreign, (void *)&l);
	else
		cgocall(foreign, (void *)&l);
	bad += l.catcher > l.n;
	deferreturn(&d);
	return 0;
}

static void quietcallback(void *arg)
{
	++*(uint32_t *)arg;
}

NOSPLIT static intptr_t quiet(void *arg)
{
	cgocallback(quietcallback, arg);
	return 3;
}

static void body(void *done)
{
	for (uint32_t i = 0; i < 2 * Depth; i++) {
		uint32_t catcher = (i < Depth ? i : i - Depth) + 1, n = 0;
		struct stktop *top = getg()->stackbase;
		uintptr_t sp = getm()->g0->sched.sp;
		raced = i >= Depth;
		lockOSThread();
		deferred = 0;
		/* The levels outside of the one that recovers return as ever. */
		EQ(level(Depth, catcher), catcher == Depth ? catcher : 0, "result of the outermost level");
		EQ(deferred, Depth, "deferred calls");
		EQ(getm()->g0->sched.sp, sp, "g0's stack after");
		EQ(getm()->locked, 1, "depth of locks to the thread after");
		EQ(getm()->locks, 0, "locks after");
		CHECK(!getm()->racecall, "racecall is over");
		EQ((uintptr_t)getg()->defer, 0, "deferred calls left");
		EQ((uintptr_t)getg()->panic, 0, "panics left");
		EQ((uintptr_t)getg()->stackbase, (uintptr_t)top, "segment after");
		EQ(testguard(), top->guard, "guard after");
		EQ(cgocall(quiet, &n), 3, "a foreign call after");
		EQ(n, 1, "its callback");
		unlockOSThread();
	}
	atomicstore(done, 1);
}

/* Recovered in the callback: the foreign call goes on. */
static void thrower(void *arg)
{
	(void)arg;
	panic("inside");
}

static void inside(void *arg)
{
	*(bool *)arg = recover() != 0;
}

static void guarded(void *arg)
{
	struct gobuf resume;
	struct defer d = { .fn = inside, .arg = arg, .resume = &resume };

	if (gosave(&resume))
		return;
	deferproc(&d);
	thrower(0);
}

NOSPLIT static intptr_t goeson(void *arg)
{
	cgocallback(guarded, arg);
	cgocallback(guarded, arg);
	return 9;
}

TEST("C09")
{
	static uint32_t done;
	bool recovered = false;

	newproc(body, &done);
	while (!atomicload(&done))
		gosched();
	EQ(handled, 2 * Depth, "panics that were recovered");
	EQ(bad, 0, "functions that were not left, or deferred calls in syscall status");
	EQ(cgocall(goeson, &recovered), 9, "the foreign call of callbacks that recover");
	CHECK(recovered, "recovered inside of the callback");
}
