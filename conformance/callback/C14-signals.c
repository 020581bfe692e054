/* Signals at every moment of foreign calls and callbacks: other threads send them as fast
 * as they can, and the profiling signal comes a thousand times a second. */
#include "test.h"

enum { Goroutines = 3 };

static uint32_t stop, ended, bad, samples, odd;
static struct m *volatile threads[Goroutines];

__attribute__((noipa)) static uint32_t work(uint32_t n)
{
	volatile uint32_t frame[50];

	frame[0] = n;
	return n == 0 ? 0 : work(n - 1) + (frame[0] == n);
}

static void callback(void *arg)
{
	uint32_t *v = arg;

	*v += work(*v % 16) == *v % 16;
}

NOSPLIT __attribute__((noipa)) static intptr_t foreign(void *arg)
{
	volatile uintptr_t mark[4] = { 1, 2, 3, 4 };

	for (uint32_t i = 0; i < 5; i++)
		cgocallback(callback, arg);
	return (intptr_t)(mark[0] + mark[1] + mark[2] + mark[3]);
}

static void body(void *arg)
{
	uint32_t calls = 0, v = 0;

	lockOSThread();
	threads[(uintptr_t)arg] = getm();
	/* On a busy machine the storm is over before one of them has made its calls. */
	while (!atomicload(&stop) || calls <= 100) {
		calls++;
		bad += cgocall(foreign, &v) != 10;
		if (calls % 64 == 0)
			gosched();
	}
	bad += v != calls * 5;
	bad += getm()->locks != 0;
	CHECK(calls > 100, "foreign calls made");
	threads[(uintptr_t)arg] = 0;
	unlockOSThread();
	xadd(&ended, 1);
}

static void sender(void *arg)
{
	(void)arg;
	while (!atomicload(&stop)) {
		for (uint32_t i = 0; i < Goroutines; i++)
			if (threads[i])
				signalm(threads[i]);
		osyield();
	}
}

static void sample(uintptr_t *stack, uint32_t n)
{
	xadd(&samples, 1);
	if (n == 0 || stack[0] == 0) /* maybe without a function: in the kernel's clock, or its entry */
		xadd(&odd, 1);
}

TEST("C14")
{
	gomaxprocs(2);
	EQ(cpuprofile(1000, sample), 0, "cpuprofile");
	for (uintptr_t i = 0; i < Goroutines; i++)
		newproc(body, (void *)i);
	testthread(sender, 0);
	tsleep(600000000, "storm");
	for (uint32_t i = 0; (atomicload(&nsigother) <= 100 || atomicload(&samples) <= 5) && i < 20000; i++)
		tsleep(1000000, "the storm on a busy machine");
	atomicstore(&stop, 1);
	for (uint32_t i = 0; atomicload(&ended) < Goroutines && i < 10000; i++)
		tsleep(1000000, "poll");
	EQ(ended, Goroutines, "goroutines that ended");
	testjoin();
	cpuprofile(0, 0);
	EQ(bad, 0, "calls that went wrong");
	CHECK(nsigother > 100, "signals that came");
	CHECK(samples > 5, "samples");
	EQ(odd, 0, "samples without a pc");
}
