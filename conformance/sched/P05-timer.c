/* Timers run in the order in which they are due, not before, and not much later;
 * one that was deleted does not run; sleeping goroutines do not make a deadlock. */
#include "test.h"

enum { N = 500 };
#define Late 10000000000 /* ns: the machine may be busy */

static uint32_t ran, early, late, order, last, deleted;
static struct timer timers[N];

static void fire(void *arg)
{
	struct timer *t = arg;
	int64_t now = nanotime();

	early += now < t->when;
	late += now > t->when + Late;
	ran++;
	order += (uint32_t)(t - timers) < last;
	last = (uint32_t)(t - timers);
}

static void never(void *arg)
{
	(void)arg;
	deleted++;
}

static void sleeper(void *arg)
{
	int64_t ns = (int64_t)(uintptr_t)arg * 1000, start = nanotime();

	tsleep(ns, "sleep");
	BETWEEN(nanotime() - start, ns, ns + Late, "ns slept");
	xadd(&ran, 1);
}

TEST("P05")
{
	int64_t start = nanotime() + 50000000;
	struct timer off = { .when = start, .fn = never };

	for (uint32_t i = 0; i < N; i++) {
		uint32_t k = i * 7 % N; /* each once: 7 and N have no common factor */
		timers[k] = (struct timer){ .when = start + k * 20000, .fn = fire, .arg = &timers[k] };
		addtimer(&timers[k]);
	}
	addtimer(&off);
	EQ(deltimer(&off), true, "deltimer of a timer that waits");
	EQ(deltimer(&off), false, "deltimer of a timer that does not");
	tsleep(50000000 + N * 20000 + 20000000, "all timers");
	EQ(ran, N, "timers that ran");
	EQ(early, 0, "timers that ran early");
	EQ(late, 0, "timers that ran late");
	EQ(order, 0, "timers that ran out of order");
	EQ(deleted, 0, "deleted timers that ran");
	EQ(deltimer(&timers[0]), false, "deltimer of a timer that ran");
	ran = 0;
	gomaxprocs(3);
	for (uintptr_t i = 1; i <= 100; i++)
		newproc(sleeper, (void *)(i * 977 % 50000));
	tsleep(0, "no time");
	while (atomicload(&ran) < 100)
		tsleep(1000000, "poll");
	EQ(gcount(), 1, "goroutines left");
}
