/* The semaphore of an M counts: n semawakeups let n semasleeps through, before or
 * after they come, and no more. */
#include "sleep.h"

static struct m *mp;
static uint32_t state, through;

static void sleeper(void *arg)
{
	int64_t start;

	(void)arg;
	mp = getm();
	if (mp->waitsema == 0)
		mp->waitsema = semacreate(mp);
	EQ(mp->waitsema != 0, true, "semacreate");
	atomicstore(&state, 1);
	while (atomicload(&state) != 2)
		osyield();
	for (uint32_t i = 0; i < 3; i++)
		EQ(semasleep(-1), true, "a wakeup that came before");
	start = nanotime();
	EQ(semasleep(100 * Millisecond), false, "a fourth");
	BETWEEN(nanotime() - start, 100 * Millisecond, 100 * Millisecond + Slack, "ns of a sleep that times out");
	EQ(semasleep(0), false, "ns = 0 polls");
	atomicstore(&state, 3);
	for (uint32_t i = 0; i < 100; i++) {
		semasleep(-1);
		xadd(&through, 1);
	}
}

TEST("S16")
{
	testthread(sleeper, 0);
	testwait(&state, 1);
	for (uint32_t i = 0; i < 3; i++)
		semawakeup(mp);
	atomicstore(&state, 2);
	testwait(&state, 3);
	for (uint32_t i = 0; i < 100; i++)
		semawakeup(mp);
	testjoin();
	EQ(through, 100, "sleeps let through");
}
