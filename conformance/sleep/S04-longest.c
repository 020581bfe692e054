/* (2^31 + 100) s, more than a 32-bit count of seconds holds, does not return early
 * (as a wrapped count or an error would), and can be woken; so can the longest time
 * that there is. */
#include "sleep.h"

static struct note n[2];
static uint32_t woken[2], started;

static void sleeper(void *arg)
{
	uint32_t i = (uint32_t)(uintptr_t)arg;

	int64_t cpu = cputime();

	xadd(&started, 1);
	EQ(notetsleep(&n[i], i ? INT64_MAX : (((int64_t)1 << 31) + 100) * Second), true, "result of the sleep");
	BETWEEN(cputime() - cpu, 0, 100 * Millisecond, "ns of processor time in the sleep");
	atomicstore(&woken[i], 1);
}

TEST("S04")
{
	testthread(sleeper, (void *)0);
	testthread(sleeper, (void *)1);
	testwait(&started, 2);
	usleep(500000);
	EQ(atomicload(&woken[0]), 0, "returned from (2^31+100) s within 0.5 s");
	EQ(atomicload(&woken[1]), 0, "returned from INT64_MAX ns within 0.5 s");
	notewakeup(&n[0]);
	notewakeup(&n[1]);
	testjoin();
}
