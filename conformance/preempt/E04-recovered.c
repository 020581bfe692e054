/* A preemption that is asked for while a panic goes through the segments is not lost where
 * it is recovered: the next split check there yields, once. */
#include "test.h"

enum { Tries = 10 };

static volatile uint32_t others;
static uintptr_t guard;

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

static void recovers(void *arg)
{
	(void)arg;
	recover();
	preempt(getg());
}

__attribute__((noipa)) static int deep(int n)
{
	volatile char frame[1000];

	frame[0] = (char)n;
	if (n == 0)
		panic("deep");
	return deep(n - 1) + frame[0];
}

__attribute__((noipa)) static void guarded(void)
{
	struct gobuf resume;
	struct defer d = { .fn = recovers, .resume = &resume };

	if (gosave(&resume)) {
		guard = getg()->stackguard0;
		return;
	}
	deferproc(&d);
	deep(20);
}

TEST("E04")
{
	uint32_t before, during = 0, after = 0;

	newproc(other, 0);
	gosched();
	for (uint32_t i = 0; i < Tries; i++) { /* sysmon may ask for one more */
		before = others;
		guarded();
		during = others;
		check();
		check();
		after = others;
		if (during == before && after - during == 1)
			break;
	}
	EQ(guard, StackPreempt, "guard where the panic was recovered");
	EQ(after - during, 1, "yields after that");
}
