/* A note that was woken before: notesleep and notetsleep return at once, and true. */
#include "test.h"

static uint32_t done;

static void sleeper(void *arg)
{
	struct note n;
	int64_t start = nanotime();

	(void)arg;
	noteclear(&n);
	notewakeup(&n);
	notesleep(&n);
	EQ(notetsleep(&n, 3600000000000), true, "notetsleep of a note that was woken");
	EQ(notetsleep(&n, 0), true, "with ns = 0");
	EQ(notetsleep(&n, -1), true, "with ns = -1");
	BETWEEN(nanotime() - start, 0, 5000000000, "ns for all four");
	atomicstore(&done, 1);
}

TEST("L06")
{
	testthread(sleeper, 0);
	testjoin();
	EQ(done, 1, "the sleeper came to its end");
}
