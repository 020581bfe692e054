/* Callbacks that wait: the goroutine is parked, the thread with its foreign frames waits
 * for it alone, the others go on, and it goes on where it was, on that thread. */
#include "test.h"

enum { Goroutines = 12, Rounds = 15 };

struct one {
	struct m *thread;
	uint32_t id, round;
	uintptr_t mark;
};

static struct chan ping, pong;
static uint32_t ended, moved, bad, alone, others, stop, procs;

static void echo(void *arg)
{
	uint32_t v;

	(void)arg;
	while (chanrecv(&ping, &v))
		chansend(&pong, &v);
}

static void other(void *arg)
{
	(void)arg;
	while (!atomicload(&stop)) {
		xadd(&others, 1);
		gosched();
	}
	xadd(&ended, 1);
}

NOSPLIT static intptr_t quiet(void *arg)
{
	return (intptr_t)arg + 1;
}

static void callback(void *arg)
{
	struct one *o = arg;
	struct note n = { 0 };
	uint32_t v = o->id, before = atomicload(&others);

	moved += getm() != o->thread;
	gosched();
	moved += getm() != o->thread;
	chansend(&ping, &v);
	chanrecv(&pong, &v);
	moved += getm() != o->thread;
	bad += cgocall(quiet, o) != (intptr_t)o + 1;
	switch (o->round % 4) {
	case 0:
		tsleep(300000, "sleep");
		break;
	case 1:
		notetsleepg(&n, 200000);
		break;
	case 2:
		entersyscallblock();
		usleep(100);
		exitsyscall();
	}
	moved += getm() != o->thread;
	if (o->round % 4 == 0)
		alone += procs == 1 && atomicload(&others) == before; /* the OS may stop a thread */
}

NOSPLIT __attribute__((noipa)) static intptr_t foreign(void *arg)
{
	volatile uintptr_t mark[8];

	((struct one *)arg)->thread = getm();
	for (uint32_t i = 0; i < nelem(mark); i++)
		mark[i] = (uintptr_t)arg + i;
	cgocallback(callback, arg);
	for (uint32_t i = 0; i < nelem(mark); i++)
		if (mark[i] != (uintptr_t)arg + i)
			return -1;
	return 0;
}

static void body(void *arg)
{
	struct one o = { .id = (uint32_t)(uintptr_t)arg };

	for (o.round = 0; o.round < Rounds; o.round++) {
		bad += cgocall(foreign, &o) != 0;
	}
	xadd(&ended, 1);
}

TEST("C05")
{
	chaninit(&ping, sizeof(uint32_t), 0, 0);
	chaninit(&pong, sizeof(uint32_t), 0, 0);
	newproc(echo, 0);
	for (procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		stop = ended = 0;
		newproc(other, 0);
		for (uintptr_t i = 0; i < Goroutines; i++)
			newproc(body, (void *)i);
		for (uint32_t i = 0; atomicload(&ended) < Goroutines && i < 20000; i++)
			tsleep(1000000, "poll");
		EQ(ended, Goroutines, "goroutines that ended");
		atomicstore(&stop, 1);
		AWAIT(&ended, Goroutines + 1, "the other one ended");
	}
	EQ(moved, 0, "times it was on another thread");
	EQ(bad, 0, "foreign frames that were overwritten, or results");
	EQ(alone, 0, "sleeps in which nobody else ran");
}
