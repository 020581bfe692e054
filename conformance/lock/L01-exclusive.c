/* A lock admits one thread at a time, and loses no update: threads that contend for
 * it, each with sections short and long. */
#include "test.h"

enum { Threads = 4, Rounds = 5000 };

static struct mutex l;
static uint32_t inside, together;
static volatile uint32_t count; /* guarded by l: not atomic on purpose */

static void contender(void *arg)
{
	for (uint32_t i = 0; i < Rounds; i++) {
		lock(&l);
		if (xadd(&inside, 1) != 1)
			xadd(&together, 1);
		count = count + 1;
		if (i % 512 == (uintptr_t)arg)
			usleep(50); /* the others go to sleep */
		xadd(&inside, -1);
		unlock(&l);
	}
}

TEST("L01")
{
	for (uintptr_t i = 0; i < Threads; i++)
		testthread(contender, (void *)i);
	testjoin();
	EQ(together, 0, "times that two were inside");
	EQ(count, Threads * Rounds, "sections");
	CHECK(l.waiters == 0, "the lock is free");
}
