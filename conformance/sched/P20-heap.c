/* A timer that is due before the one that is slept for runs in its time; and timers run
 * in order whatever was deleted from between them. */
#include "test.h"

enum { N = 300, Rounds = 20 };

static uint32_t fired, ran, order;
static int64_t last;
static struct timer timers[N];

static void fire(void *arg)
{
	(void)arg;
	atomicstore(&fired, 1);
}

static void next(void *arg)
{
	struct timer *t = arg;

	order += t->when < last;
	last = t->when;
	xadd(&ran, 1);
}

NOSPLIT static void pause(void)
{
	entersyscallblock();
	usleep(20000);
	exitsyscall();
}

static void earlier(void)
{
	int64_t now = nanotime();
	struct timer later = { .when = now + 30000000000, .fn = next, .arg = &later };
	struct timer soon = { .when = now + 40000000, .fn = fire };

	addtimer(&later);
	pause(); /* until it is slept for */
	addtimer(&soon);
	AWAIT(&fired, 1, "a timer that is due before the one that is slept for");
	EQ(deltimer(&later), true, "the later one waits");
}

/* Due at random, and a third of them, at random, deleted before the first. */
static void deletions(uint32_t seed)
{
	uint32_t left = N;
	int64_t start = nanotime() + 20000000;

	ran = order = 0;
	last = 0;
	for (uint32_t i = 0; i < N; i++) {
		seed = seed * 1103515245 + 12345;
		timers[i] = (struct timer){ .when = start + (seed >> 12), .fn = next, .arg = &timers[i] };
		addtimer(&timers[i]);
	}
	for (uint32_t i = 0; i < N; i++) {
		seed = seed * 1103515245 + 12345;
		if (seed >> 30 == 0 && deltimer(&timers[i]))
			left--;
	}
	AWAIT(&ran, left, "timers that were not deleted");
	EQ(order, 0, "timers that ran out of order");
}

TEST("P20")
{
	earlier();
	for (uint32_t i = 0; i < Rounds; i++)
		deletions(i);
}
