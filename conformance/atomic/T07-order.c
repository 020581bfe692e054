/* Message passing: what is written before a release store is seen after the acquire
 * load that sees it. Store buffering: of two threads that each xchg their own word
 * and then load the other's, at least one sees the other. (An x86 host under an
 * emulator cannot show every reordering of weaker machines.) */
#include "test.h"

enum { Rounds = 20000 };

static uint32_t data[64], flag, stale;
static uint32_t x, y, sawx, sawy, turn, both;

/* Both threads spin, which on a busy machine would take a slice of time a turn. */
static void await(uint32_t *p, uint32_t v)
{
	for (uint32_t i = 1; atomicload(p) != v; i++) {
		if (i % 1024 == 0)
			osyield();
		else
			procyield(1);
	}
}

static void receiver(void *arg)
{
	(void)arg;
	for (uint32_t i = 1; i <= Rounds; i++) {
		await(&flag, i);
		if (*(volatile uint32_t *)&data[i & 63] != i)
			xadd(&stale, 1);
		atomicstore(&flag, 0);
	}
}

static void partner(void *arg)
{
	(void)arg;
	for (uint32_t i = 1; i <= Rounds; i++) {
		await(&turn, i);
		xchg(&y, 1);
		sawx = atomicload(&x);
		xadd(&both, 1);
	}
}

TEST("T07")
{
	uint32_t neither = 0;

	if (ncpu() < 2)
		SKIP("one processor");
	testthread(receiver, 0);
	for (uint32_t i = 1; i <= Rounds; i++) {
		*(volatile uint32_t *)&data[i & 63] = i;
		atomicstore(&flag, i);
		await(&flag, 0);
	}
	testjoin();
	EQ(stale, 0, "messages that came before their data");
	testthread(partner, 0);
	for (uint32_t i = 1; i <= Rounds; i++) {
		x = y = 0;
		atomicstore(&both, 0);
		atomicstore(&turn, i);
		xchg(&x, 1);
		sawy = atomicload(&y);
		await(&both, 1);
		neither += sawx == 0 && sawy == 0;
	}
	testjoin();
	EQ(neither, 0, "rounds in which neither saw the other");
}
