/* lockOSThread: a locked goroutine stays on its thread through everything, and
 * nothing else runs there; unlockOSThread counts. */
#include "test.h"

static struct m *mine;
static uint32_t moved, intruders, ended, stop;
static struct chan ping, pong;

static void other(void *arg)
{
	(void)arg;
	while (!atomicload(&stop)) {
		if ((uintptr_t)getm() == atomicloadp((uintptr_t *)&mine))
			xadd(&intruders, 1);
		gosched();
	}
	xadd(&ended, 1);
}

static void echo(void *arg)
{
	uint32_t v;

	(void)arg;
	while (chanrecv(&ping, &v))
		chansend(&pong, &v);
}

static void locked(void *arg)
{
	(void)arg;
	lockOSThread();
	lockOSThread();
	atomicstorep((uintptr_t *)&mine, (uintptr_t)getm());
	for (uint32_t i = 0; i < 300; i++) {
		uint32_t v = i;
		struct note n = { 0 };
		gosched();
		moved += getm() != mine;
		chansend(&ping, &v);
		chanrecv(&pong, &v);
		moved += getm() != mine;
		if (i % 10 == 0) {
			notetsleepg(&n, 100000);
			moved += getm() != mine;
			tsleep(100000, "sleep");
			moved += getm() != mine;
		}
		if (i == 150) {
			EQ(moved, 0, "times it was on another thread");
			unlockOSThread(); /* the inner one */
		}
	}
	atomicstorep((uintptr_t *)&mine, 0);
	unlockOSThread();
	CHECK(!getm()->lockedg && !getg()->lockedm, "unlocked");
	xadd(&ended, 1);
}

static void exits(void *arg)
{
	(void)arg;
	lockOSThread();
	gosched();
	xadd(&ended, 1);
	goexit();
}

TEST("P06")
{
	chaninit(&ping, sizeof(uint32_t), 0, 0);
	chaninit(&pong, sizeof(uint32_t), 0, 0);
	newproc(echo, 0);
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		stop = ended = 0;
		for (uint32_t i = 0; i < 4; i++)
			newproc(other, 0);
		newproc(exits, 0);
		newproc(locked, 0);
		while (atomicload(&ended) < 2)
			tsleep(1000000, "poll");
		atomicstore(&stop, 1);
		while (atomicload(&ended) < 6)
			gosched();
	}
	EQ(moved, 0, "times it was on another thread");
	EQ(intruders, 0, "times another goroutine was on its thread");
	THROWS("unlockOSThread: not locked");
	unlockOSThread();
}
