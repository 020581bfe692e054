/* No update is lost when threads add to, or swap, the same words. */
#include "test.h"

enum { Threads = 4, Rounds = 50000 };

static uint32_t added, swapped;
static aligned64 added64, swapped64;
static uintptr_t exchanged;

static void adder(void *arg)
{
	(void)arg;
	for (uint32_t i = 0; i < Rounds; i++) {
		uint32_t o;
		aligned64 o64;
		xadd(&added, 1);
		xadd64(&added64, 0x100000001);
		do
			o = atomicload(&swapped);
		while (!cas(&swapped, o, o + 1));
		do
			o64 = atomicload64(&swapped64);
		while (!cas64(&swapped64, o64, o64 + 0x100000001));
	}
	xchgp(&exchanged, 1);
}

TEST("T06")
{
	for (uint32_t i = 0; i < Threads; i++)
		testthread(adder, 0);
	testjoin();
	EQ(added, Threads * Rounds, "xadd");
	EQ(added64, (uint64_t)Threads * Rounds * 0x100000001, "xadd64");
	EQ(swapped, Threads * Rounds, "cas");
	EQ(swapped64, (uint64_t)Threads * Rounds * 0x100000001, "cas64");
	EQ(exchanged, 1, "xchgp");
}
