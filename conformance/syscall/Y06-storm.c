/* Signals end no sleep: while a thread sends them as fast as it can to every thread,
 * each kind of sleep lasts as long as it should: for a time, or until it is woken. */
#include "sched.h"
#include "test.h"

enum { Time = 300000000 /* ns */, Kinds = 9 };

static volatile uint32_t stop;
static uint32_t ended, awake[Kinds];
static int64_t start;
static struct note never[3], woken[2];
static struct mutex held;
static uint32_t sema;

static void storm(void *arg)
{
	(void)arg;
	while (!stop) {
		for (struct m *mp = sched.allm; mp; mp = mp->link)
			if (mp != getm() && mp->procid != 0 && atomicload(&mp->alive))
				signalm(mp);
		usleep(20); /* an emulator takes long for a signal: let others get on */
	}
}

/* What one sleep of Time does after it: kind is awake. */
static void over(uint32_t kind)
{
	BETWEEN(nanotime() - start, Time, INT64_MAX, "ns slept at least");
	atomicstore(&awake[kind], 1);
	xadd(&ended, 1);
}

/* On g0 of a thread of its own. */
static void onthread(void *arg)
{
	uint32_t kind = (uint32_t)(uintptr_t)arg;

	switch (kind) {
	case 0:
		notesleep(&woken[0]);
		break;
	case 1:
		EQ(notetsleep(&never[0], Time), false, "notetsleep: woken");
		break;
	case 2:
		usleep(Time / 1000);
		break;
	case 3:
		lock(&held);
		unlock(&held);
		break;
	}
	over(kind);
}

NOSPLIT static void insyscall(void)
{
	entersyscall();
	usleep(Time / 1000);
	exitsyscall();
}

static void ongoroutine(void *arg)
{
	uint32_t kind = (uint32_t)(uintptr_t)arg;

	switch (kind) {
	case 4:
		EQ(notetsleepg(&never[1], Time), false, "notetsleepg: woken");
		break;
	case 5:
		EQ(notetsleepg(&woken[1], -1), true, "notetsleepg: woken");
		break;
	case 6:
		tsleep(Time, "storm");
		break;
	case 7:
		insyscall();
		break;
	case 8:
		semacquire(&sema);
		break;
	}
	over(kind);
}

/* As a collection of garbage would: on the goroutine, with its P. */
static void collecting(void)
{
	int64_t t = nanotime();
	struct m *mp = acquirem();
	bool w;

	mp->gcing++;
	w = notetsleep(&never[2], Time);
	mp->gcing--;
	releasem(mp);
	BETWEEN(nanotime() - t, Time, INT64_MAX, "ns of notetsleep on a goroutine");
	EQ(w, false, "notetsleep on a goroutine: woken");
}

TEST("Y06")
{
	gomaxprocs(4);
	testthread(storm, 0);
	start = nanotime();
	lock(&held);
	for (uintptr_t i = 0; i < 4; i++)
		testthread(onthread, (void *)i);
	for (uintptr_t i = 4; i < Kinds; i++)
		newproc(ongoroutine, (void *)i);
	usleep(Time / 1000 + Time / 10000); /* holding the lock: we keep our P */
	CHECK(!awake[0] && !awake[3] && !awake[5] && !awake[8], "still asleep those that nobody woke");
	unlock(&held);
	notewakeup(&woken[0]);
	notewakeup(&woken[1]);
	semrelease(&sema);
	collecting();
	AWAIT(&ended, Kinds, "sleeps that ended");
	stop = 1;
	testjoin();
	BETWEEN(nsigother, Kinds, UINT32_MAX, "signals of the storm");
}
