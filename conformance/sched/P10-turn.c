/* Nobody is forgotten: a goroutine that a thread readies while all Ps are idle starts one,
 * and has its turn also while two others ready each other all the time on the only P, and
 * soon while two others only give way because they are preempted. */
#include "test.h"

enum { Turns = 10, Wakes = 200 };

static struct chan ping, pong;
static uint32_t stop, ended, turns;
static struct g *mainly, *sleeper; /* parked, or about to be */

static bool there(struct g *gp, void *arg)
{
	atomicstorep(arg, (uintptr_t)gp);
	return true;
}

/* Readies who is there; false if for 8 s nobody is. On a thread. */
static bool wake(struct g **where)
{
	int64_t end = nanotime() + 8000000000;
	struct g *gp;

	while (!(gp = (struct g *)xchgp((uintptr_t *)where, 0))) {
		if (nanotime() > end)
			return false;
		usleep(100);
	}
	ready(gp);
	return true;
}

static void wakesmain(void *arg)
{
	(void)arg;
	for (uint32_t i = 0; i < Wakes; i++) {
		if (i % 4 == 0)
			usleep(500); /* now and then all Ms sleep by then */
		if (!wake(&mainly))
			break; /* then the program is dead, and says so */
	}
}

static void server(void *arg)
{
	uint32_t v;

	(void)arg;
	while (chanrecv(&ping, &v))
		chansend(&pong, &v);
	xadd(&ended, 1);
}

static void client(void *arg)
{
	uint32_t v = 0;

	(void)arg;
	while (!atomicload(&stop)) {
		chansend(&ping, &v);
		chanrecv(&pong, &v);
	}
	chanclose(&ping);
	xadd(&ended, 1);
}

static void waits(void *arg)
{
	(void)arg;
	for (uint32_t i = 0; i < Turns; i++) {
		park(there, &sleeper, "its turn");
		xadd(&turns, 1);
	}
	xadd(&ended, 1);
}

static void wakessleeper(void *arg)
{
	(void)arg;
	for (uint32_t i = 0; i < Turns && wake(&sleeper); i++)
		;
}

__attribute__((noipa)) static uint32_t work(uint32_t a)
{
	volatile char frame[200];

	frame[0] = (char)a;
	return a + (uint32_t)(frame[0] != (char)a);
}

static void hog(void *arg)
{
	(void)arg;
	while (!atomicload(&stop))
		work(1);
	xadd(&ended, 1);
}

static int64_t least = INT64_MAX; /* ns until its turn */

static void wakesbesidehogs(void *arg)
{
	(void)arg;
	for (uint32_t i = 0; i < Turns; i++) {
		int64_t t = nanotime();
		if (!wake(&sleeper) || !testwait(&turns, i + 1))
			break;
		t = nanotime() - t;
		least = t < least ? t : least;
	}
}

/* Beside fn and other, readied by wakes on a thread, until it had all its turns. */
static void beside(void (*fn)(void *), void (*other)(void *), void (*wakes)(void *))
{
	stop = turns = ended = 0;
	newproc(waits, 0);
	newproc(other, 0);
	newproc(fn, 0);
	testthread(wakes, 0);
	AWAIT(&turns, Turns, "turns of a goroutine that a thread readied");
	atomicstore(&stop, 1);
	AWAIT(&ended, 3, "goroutines that ended");
	if (ended == 3)
		testjoin();
}

TEST("P10")
{
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		testthread(wakesmain, 0);
		for (uint32_t i = 0; i < Wakes; i++)
			park(there, &mainly, "a wakeup by a thread");
		testjoin();
	}
	gomaxprocs(1);
	chaninit(&ping, sizeof(uint32_t), 0, 0);
	chaninit(&pong, sizeof(uint32_t), 0, 0);
	beside(client, server, wakessleeper);
	if (ended == 3)
		beside(hog, hog, wakesbesidehogs);
	/* A slice or two, 10 ms each; it would be 64 of them. The best of many. */
	BETWEEN(least, 0, 250000000, "ns until its turn, beside goroutines that hog");
}
