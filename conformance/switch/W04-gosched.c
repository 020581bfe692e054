/* gosched is fair: of goroutines that only yield, each runs once a round. */
#include "test.h"

enum { N = 10, Rounds = 100 };

static uint32_t ran[N], order, unfair;

static void one(void *arg)
{
	uint32_t me = (uint32_t)(uintptr_t)arg;

	for (uint32_t i = 0; i < Rounds; i++) {
		unfair += order != me;
		order = order + 1 == N ? 0 : order + 1;
		ran[me]++;
		gosched();
	}
}

TEST("W04")
{
	for (uintptr_t i = 0; i < N; i++)
		newproc(one, (void *)i);
	while (gcount() > 1)
		gosched();
	EQ(unfair, 0, "goroutines that ran out of turn");
	for (uint32_t i = 0; i < N; i++)
		EQ(ran[i], Rounds, "rounds of a goroutine");
}
