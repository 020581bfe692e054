/* Wakeups that mean nothing do not end a sleep: neither of the futex word nor of
 * the semaphore is a note woken by anything but notewakeup. */
#include "sleep.h"

static struct note n, timed;
static uint32_t state;
static struct m *sleepers[2];

static void sleeper(void *arg)
{
	(void)arg;
	sleepers[0] = getm();
	xadd(&state, 1);
	notesleep(&n);
	xadd(&state, 16);
}

static void timedsleeper(void *arg)
{
	int64_t start = nanotime();

	(void)arg;
	sleepers[1] = getm();
	xadd(&state, 1);
	EQ(notetsleep(&timed, 600 * Millisecond), false, "notetsleep that nobody wakes");
	BETWEEN(nanotime() - start, 600 * Millisecond, 600 * Millisecond + Slack, "ns slept");
	xadd(&state, 256);
}

TEST("S05")
{
	testthread(sleeper, 0);
	testthread(timedsleeper, 0);
	testwait(&state, 2);
	for (uint32_t i = 0; i < 40; i++) {
		layerstray(&n, sleepers[0]);
		layerstray(&timed, sleepers[1]);
		usleep(5000);
	}
	/* The timed one may be over by now on a busy machine; it looks at that itself. */
	EQ(atomicload(&state) & 31, 2, "sleeps that ended");
	notewakeup(&n);
	testjoin();
	EQ(state, 2 + 16 + 256, "both came to their end");
}
