/* notetsleepg sleeps on a goroutine while others run, is woken from a thread and from
 * a goroutine, times out, and throws on g0. */
#include "test.h"

static struct note n[2];
static uint32_t trips, others, stop;

static void busy(void *arg)
{
	(void)arg;
	while (!atomicload(&stop)) {
		others++;
		gosched();
	}
}

static void player(void *arg)
{
	uint32_t me = (uint32_t)(uintptr_t)arg;

	for (uint32_t i = 0; i < 500; i++) {
		if (me == 0)
			notewakeupg(&n[1]);
		EQ(notetsleepg(&n[me], -1), true, "woken by the other goroutine");
		noteclear(&n[me]);
		if (me == 1)
			notewakeup(&n[0]);
	}
	xadd(&trips, 1);
}

static void waker(void *arg)
{
	usleep(20000);
	notewakeup(arg);
}

static void ong0sleep(void *arg)
{
	notetsleepg(arg, 1000);
}

TEST("Y04")
{
	int64_t start = nanotime();

	newproc(busy, 0);
	EQ(notetsleepg(&n[0], 20000000), false, "time-out");
	BETWEEN(nanotime() - start, 20000000, 2000000000, "ns of the time-out");
	CHECK(others > 0, "others ran during the sleep");
	others = 0;
	testthread(waker, &n[0]);
	EQ(notetsleepg(&n[0], -1), true, "woken by a thread");
	testjoin();
	CHECK(others > 0, "others ran during the sleep");
	atomicstore(&stop, 1);
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		trips = 0;
		noteclear(&n[0]);
		noteclear(&n[1]);
		newproc(player, (void *)0);
		newproc(player, (void *)1);
		while (atomicload(&trips) < 2)
			tsleep(1000000, "poll");
	}
	noteclear(&n[0]);
	THROWS("notetsleepg on g0");
	ong0(ong0sleep, &n[0]);
}
