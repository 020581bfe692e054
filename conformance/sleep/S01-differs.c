/* A sleep that has nothing to wait for returns at once: the word is not what the caller
 * thinks, or the semaphore is not 0. */
#include "sleep.h"

static uint32_t done;

static void sleeper(void *arg)
{
	struct bed b = { 0 };
	int64_t start = nanotime();

	(void)arg;
	layerenter(&b);
	layerready(&b);
	layersleep(&b, -1);
	layeragain(&b);
	layersleep(&b, 3600 * Second);
	BETWEEN(nanotime() - start, 0, Slack, "ns in two sleeps that should not be");
	done = 1;
}

TEST("S01")
{
	testthread(sleeper, 0);
	testjoin();
	EQ(done, 1, "the sleeper came to its end");
}
