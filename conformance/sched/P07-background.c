/* A background goroutine that is blocked does not keep the program from being dead,
 * and neither does a parked or a locked one; a sleeping one does. */
#include "test.h"

static struct note never[2]; /* a sleeper each */

static void background(void *arg)
{
	getg()->background = true;
	notetsleepg(arg, -1);
}

static void locked(void *arg)
{
	(void)arg;
	lockOSThread();
	park(0, 0, "for ever, on its thread");
}

TEST("P07")
{
	gomaxprocs(3);
	newproc(background, &never[0]);
	newproc(background, &never[1]);
	newproc(locked, 0);
	tsleep(50000000, "the timer keeps it alive");
	gomaxprocs(1);
	tsleep(BackgroundTime * 1500000ll, "the timer keeps it alive");
	THROWS("all goroutines are asleep");
	park(0, 0, "for ever");
}
