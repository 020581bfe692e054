/* nanotime never goes back, on any thread, whatever others do, and moves as usleep does. */
#include "sleep.h"

static uint32_t backward, called;

static void watch(void *arg)
{
	int64_t last = 0;

	(void)arg;
	for (uint32_t i = 0; i < 200000 || !atomicload(&called); i++) {
		int64_t now = nanotime();
		if (now < last)
			xadd(&backward, 1);
		last = now;
	}
}

/* Calls, in some of which the kernel may change what nanotime is made of. */
static void call(void *arg)
{
	(void)arg;
	for (uint32_t i = 0; i < 5000; i++)
		osyield();
	atomicstore(&called, true);
}

TEST("S15")
{
	int64_t start;

	testthread(watch, 0);
	testthread(call, 0);
	watch(0);
	testjoin();
	EQ(backward, 0, "steps back");
	start = nanotime();
	usleep(50000);
	BETWEEN(nanotime() - start, 50 * Millisecond, 50 * Millisecond + Slack, "ns in usleep(50000)");
}
