/* goexit in a callback ends the goroutine: the deferred calls are made, innermost first,
 * and the thread, rid of the foreign frames, runs others. */
#include "test.h"

enum { Depth = 5, Goroutines = 60 };

static uint32_t ended, bad, order, at[Goroutines];

static void level(uint32_t n, uint32_t id);

struct call {
	uint32_t n, id;
};

static void last(void *arg)
{
	struct call *c = arg;

	xadd(&order, 1);
	bad += at[c->id] != c->n; /* from the inside out */
	at[c->id]++;
	bad += getg()->status != Grunning;
	if (c->n == Depth)
		xadd(&ended, 1);
}

static void callback(void *arg)
{
	struct call *c = arg;

	if (c->n == 0) {
		gosched();
		goexit();
	}
	level(c->n - 1, c->id);
}

NOSPLIT static intptr_t foreign(void *arg)
{
	cgocallback(callback, arg);
	xadd(&bad, 1);
	return 0;
}

static void level(uint32_t n, uint32_t id)
{
	struct call c = { n, id };
	struct defer d = { .fn = last, .arg = &c };

	deferproc(&d);
	cgocall(foreign, &c);
	xadd(&bad, 1);
}

static void body(void *arg)
{
	level(Depth, (uint32_t)(uintptr_t)arg);
}

TEST("C10")
{
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		ended = order = 0;
		for (uint32_t i = 0; i < Goroutines; i++)
			at[i] = 0;
		for (uintptr_t i = 0; i < Goroutines; i++) {
			newproc(body, (void *)i);
			gosched();
		}
		AWAIT(&ended, Goroutines, "goroutines that ended");
		for (uint32_t i = 0; gcount() > 1 && i < 10000; i++)
			tsleep(100000, "poll");
		EQ(gcount(), 1, "goroutines that are left");
		EQ(order, Goroutines * (Depth + 1), "deferred calls");
		for (struct m *mp = getm(); mp; mp = 0) {
			EQ((uintptr_t)mp->lockedg, 0, "locked to a goroutine");
			EQ(mp->locked, 0, "depth of locks");
		}
	}
	EQ(bad, 0, "deferred calls out of order, or functions that went on");
}
