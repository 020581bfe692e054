/* A signal does not shorten the total, of notetsleep or of usleep. */
#include "sleep.h"

static struct m *mp;
static uint32_t state;

static void sleeper(void *arg)
{
	struct note n;
	int64_t start;
	uint32_t before;

	(void)arg;
	mp = getm();
	atomicstore(&state, 1);
	noteclear(&n);
	before = atomicload(&nsigother);
	start = nanotime();
	EQ(notetsleep(&n, 500 * Millisecond), false, "notetsleep that nobody wakes");
	BETWEEN(nanotime() - start, 500 * Millisecond, 500 * Millisecond + Slack, "ns in notetsleep");
	CHECK(atomicload(&nsigother) != before, "signals taken in notetsleep");
	before = atomicload(&nsigother);
	start = nanotime();
	usleep(300000);
	BETWEEN(nanotime() - start, 300 * Millisecond, 300 * Millisecond + Slack, "ns in usleep");
	CHECK(atomicload(&nsigother) != before, "signals taken in usleep");
	atomicstore(&state, 2);
}

TEST("S07")
{
	testthread(sleeper, 0);
	testwait(&state, 1);
	while (atomicload(&state) == 1) {
		signalm(mp);
		usleep(2000);
	}
	testjoin();
}
