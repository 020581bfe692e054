/* A wakeup that meets the time-out is seen by exactly one side: either the sleep
 * says so, or the note can be found woken; nothing is left over for the next sleep
 * of that thread. */
#include "sleep.h"

enum { Rounds = 2000 };

static struct note n;
static uint32_t turn, done, woken, missed;

static void sleeper(void *arg)
{
	(void)arg;
	for (uint32_t i = 1; i <= Rounds; i++) {
		while (atomicload(&turn) != i)
			osyield();
		if (notetsleep(&n, 20000 + (i & 7) * 10000))
			woken += n.key == 1; /* it was woken indeed */
		else
			missed++;
		atomicstore(&done, i);
	}
	/* No wakeup is pending. */
	struct note last;
	int64_t start = nanotime();
	noteclear(&last);
	EQ(notetsleep(&last, 50 * Millisecond), false, "a sleep that nobody wakes");
	BETWEEN(nanotime() - start, 50 * Millisecond, 50 * Millisecond + Slack, "its ns");
}

TEST("S14")
{
	testthread(sleeper, 0);
	for (uint32_t i = 1; i <= Rounds; i++) {
		noteclear(&n);
		atomicstore(&turn, i);
		usleep(i % 100);
		notewakeup(&n);
		while (atomicload(&done) != i)
			osyield();
	}
	testjoin();
	EQ(woken + missed, Rounds, "rounds");
}
