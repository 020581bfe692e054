/* A wakeup of the layer wakes at most as many as it says, and a wakeup that is due is not lost. */
#include "sleep.h"

enum { N = 8 };

static struct bed bed;
static uint32_t asleep, awake;

static void sleeper(void *arg)
{
	(void)arg;
	layerenter(&bed);
	xadd(&asleep, 1);
	layersleep(&bed, -1);
	xadd(&awake, 1);
}

TEST("S08")
{
	uint32_t early = 0;

	for (uint32_t i = 0; i < N; i++)
		testthread(sleeper, 0);
	testwait(&asleep, N);
	usleep(300000); /* all of them are in the kernel by then */
	if (hostile())
		early = atomicload(&awake); /* they woke by themselves, and that may be all of them */
	BETWEEN(atomicload(&awake), 0, early, "awake before a wakeup");
	layerwake(&bed, 1);
	CHECK(hostile() || testwait(&awake, 1), "one is woken");
	usleep(100000);
	BETWEEN(atomicload(&awake), hostile() ? early : 1, hostile() ? N : 1, "awake after a wakeup of 1");
	layerwake(&bed, 3);
	if (!hostile())
		testwait(&awake, 4);
	usleep(100000);
	BETWEEN(atomicload(&awake), hostile() ? early : 4, hostile() ? N : 4, "awake after a wakeup of 3 more");
	layerwake(&bed, ~0u);
	CHECK(testwait(&awake, N), "the largest count wakes all");
	testjoin();
}
