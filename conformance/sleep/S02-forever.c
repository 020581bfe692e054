/* ns < 0 sleeps until woken, not for a moment and not for 0. */
#include "sleep.h"

static struct bed bed;
static uint32_t go, returned, state;
static struct note n;

static void sleeper(void *arg)
{
	(void)arg;
	layerenter(&bed);
	atomicstore(&state, 1);
	while (atomicload(&go) == 0) {
		layersleep(&bed, -1);
		xadd(&returned, 1);
	}
	notetsleep(&n, -1);
	atomicstore(&state, 2);
}

TEST("S02")
{
	testthread(sleeper, 0);
	testwait(&state, 1);
	usleep(300000);
	BETWEEN(returned, 0, hostile() ? 1000 : 3, "returns of the layer within 0.3 s (a few may be spurious)");
	atomicstore(&go, 1);
	layerwake(&bed, 1);
	usleep(200000);
	EQ(state, 1, "notetsleep with ns = -1 goes on");
	notewakeup(&n);
	CHECK(testwait(&state, 2), "woken");
	testjoin();
}
