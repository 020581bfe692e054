/* A 64-bit load never sees half of a 64-bit store by another thread. */
#include "test.h"

enum { Time = 200000000 /* ns */ };

static aligned64 word;
static uint32_t stop, torn;

static void reader(void *arg)
{
	(void)arg;
	while (!atomicload(&stop)) {
		uint64_t v = atomicload64(&word);
		if ((uint32_t)v != (uint32_t)(v >> 32))
			xadd(&torn, 1);
	}
}

TEST("T05")
{
	int64_t end = nanotime() + Time;

	testthread(reader, 0);
	testthread(reader, 0);
	for (uint32_t i = 0; i & 255 || nanotime() < end; i++) {
		uint64_t v = (uint64_t)i << 32 | i;
		if (i & 1)
			atomicstore64(&word, v);
		else
			xchg64(&word, v);
	}
	atomicstore(&stop, 1);
	testjoin();
	EQ(torn, 0, "torn loads");
}
