/* Threads that the runtime did not make call back, many at once, in a program of a libc:
 * each runs as a goroutine of its own for the time being, that may split, wait, make
 * goroutines and call foreign code again; the thread is then as it was. */
#include "test.h"

enum { Threads = 16, Callbacks = 100 };

/* host/C15-foreign.c */
intptr_t host_threads(void *arg); /* Threads that call kit_callback Callbacks times each */
intptr_t host_libc(void *arg);	  /* uses malloc and thread-local storage; 0 if they work */
intptr_t host_again(void *arg);	  /* calls kit_nested on this thread */
void kit_callback(void *arg);
void kit_nested(void *arg);

struct job {
	uint32_t threads, callbacks;
};

static struct chan ping, pong;
static uint32_t callbacks, nested, bad, children, inside, most;

__attribute__((noipa)) static uint32_t recurse(uint32_t n)
{
	volatile uint32_t frame[30];

	frame[0] = n;
	return n == 0 ? 0 : recurse(n - 1) + (frame[0] == n);
}

static void echo(void *arg)
{
	uint32_t v;

	(void)arg;
	while (chanrecv(&ping, &v))
		chansend(&pong, &v);
}

static void child(void *arg)
{
	(void)arg;
	bad += cgocall(host_libc, 0) != 0;
	xadd(&children, -1);
}

void kit_nested(void *arg)
{
	bad += recurse(20) != 20;
	gosched();
	xadd(&nested, 1);
	*(uint32_t *)arg += 1;
}

static void larger(uint32_t n)
{
	uint32_t was;

	do
		was = atomicload(&most);
	while (n > was && !cas(&most, was, n));
}

/* arg: a count of the thread's own. */
void kit_callback(void *arg)
{
	uint32_t n = ++*(uint32_t *)arg, v = n;
	struct g *gp = getg();
	struct m *mp = getm();

	larger(xadd(&inside, 1));
	bad += gp != mp->curg || gp->status != Grunning || !mp->p || mp->locks != 0 || !mp->foreign;
	bad += recurse(n % 60) != n % 60;
	switch (n % 8) {
	case 0:
		gosched();
		break;
	case 1:
		chansend(&ping, &v);
		chanrecv(&pong, &v);
		break;
	case 2:
		tsleep(50000, "sleep");
		break;
	case 3:
		bad += cgocall(host_again, &v) != 0 || v != n + 2;
		break;
	case 4:
		xadd(&children, 1);
		newproc(child, 0);
		break;
	case 5:
		bad += cgocall(host_libc, 0) != 0;
	}
	bad += gp != getg() || mp != getm() || gp->defer->link;
	xadd(&inside, -1);
	xadd(&callbacks, 1);
}

static void hog(void *stop)
{
	while (!atomicload(stop))
		recurse(3); /* split checks: it is preempted for the others */
}

TEST("C15")
{
	struct job job = { Threads, Callbacks };

	chaninit(&ping, sizeof(uint32_t), 0, 0);
	chaninit(&pong, sizeof(uint32_t), 0, 0);
	newproc(echo, 0);
	EQ(cgocall(host_libc, 0), 0, "libc on the first thread");
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		uint32_t stop = 0;
		gomaxprocs(procs);
		callbacks = nested = 0;
		newproc(hog, &stop);
		EQ(cgocall(host_threads, &job), 0, "threads that were not as before");
		EQ(callbacks, Threads * Callbacks, "callbacks");
		EQ(nested, 2 * Threads * (Callbacks / 8 + 1), "callbacks of foreign calls in callbacks");
		atomicstore(&stop, 1);
		AWAIT(&children, 0, "goroutines that callbacks made");
		for (uint32_t i = 0; gcount() > 2 && i < 1000; i++)
			tsleep(1000000, "poll");
		EQ(gcount(), 2, "goroutines that are left");
	}
	CHECK(most > 1, "callbacks at once");
	EQ(bad, 0, "callbacks that went wrong");
}
