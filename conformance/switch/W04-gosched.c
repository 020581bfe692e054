/* gosched is fair: of goroutines that only yield, each runs once a round. On a busy machine
 * one can be on for a whole slice, and is preempted: then it is tried again. */
#include "test.h"

enum { N = 10, Rounds = 100, Tries = 50 };

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
	for (uint32_t try = 0; try < Tries && (try == 0 || unfair > 0); try++) {
		unfair = order = 0;
		memset(ran, 0, sizeof ran);
		for (uintptr_t i = 0; i < N; i++)
			newproc(one, (void *)i);
		while (gcount() > 1)
			gosched();
	}
	EQ(unfair, 0, "goroutines that ran out of turn, in the last of 50 tries");
	EQ(unfair, 0, "goroutines that ran out of turn");
	for (uint32_t i = 0; i < N; i++)
		EQ(ran[i], Rounds, "rounds of a goroutine");
}
