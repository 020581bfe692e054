/* A semaphore admits as many as it counts, wakes who waits, and loses no count:
 * goroutines on several Ps, three words at once. */
#include "test.h"

enum { N = 30, Rounds = 300, Slots = 2, Words = 3 };

static uint32_t sema[Words] = { Slots, Slots, Slots }, inside[Words], over, ended, rounds;

static void user(void *arg)
{
	uint32_t w = (uint32_t)(uintptr_t)arg % Words;

	for (uint32_t i = 0; i < Rounds; i++) {
		semacquire(&sema[w]);
		if (xadd(&inside[w], 1) > Slots)
			xadd(&over, 1);
		if (i % 3 == 0)
			gosched();
		xadd(&rounds, 1);
		xadd(&inside[w], -1);
		semrelease(&sema[w]);
	}
	xadd(&ended, 1);
}

TEST("P04")
{
	for (uint32_t procs = 1; procs <= 4; procs += 3) {
		gomaxprocs(procs);
		ended = rounds = 0;
		for (uintptr_t i = 0; i < N; i++)
			newproc(user, (void *)i);
		AWAIT(&rounds, N * Rounds, "sections");
		AWAIT(&ended, N, "goroutines that ended");
	}
	EQ(over, 0, "sections with more inside than the semaphore counts");
	for (uint32_t i = 0; i < Words; i++)
		EQ(sema[i], Slots, "what is left of a semaphore");
}
