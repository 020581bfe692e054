/* What is over does not keep the program from being dead: threads that ended, system calls
 * whose P was taken, timers that were deleted, goroutines that slept. */
#include "test.h"

static uint32_t ended;

static void thread(void *arg)
{
	(void)arg;
}

static void never(void *arg)
{
	(void)arg;
	throw("a deleted timer runs");
}

NOSPLIT static void call(void)
{
	entersyscall();
	usleep(30000);
	exitsyscall();
}

static void caller(void *arg)
{
	(void)arg;
	call();
	xadd(&ended, 1);
}

static void sleeper(void *arg)
{
	(void)arg;
	lockOSThread();
	tsleep(1000000, "a moment");
	xadd(&ended, 1);
}

static void watches(void *arg)
{
	static struct note n;

	(void)arg;
	getg()->background = true;
	notetsleepg(&n, 10000000000);
	EQ(true, false, "a program that is dead goes on");
	osexit(1);
}

TEST("P13")
{
	struct timer t = { .when = nanotime() + 3600000000000ll, .fn = never };

	for (uint32_t procs = 1; procs <= 2; procs++) {
		gomaxprocs(procs);
		ended = 0;
		for (uint32_t i = 0; i < 5; i++) {
			testthread(thread, 0);
			newproc(caller, 0);
			newproc(sleeper, 0);
		}
		testjoin();
		AWAIT(&ended, 10, "goroutines that ended");
	}
	addtimer(&t);
	tsleep(20000000, "until the timer goroutine has looked");
	usleep(200000); /* on the other P it sleeps for the rest meanwhile */
	EQ(deltimer(&t), true, "deltimer");
	newproc(watches, 0);
	THROWS("all goroutines are asleep");
	park(0, 0, "for ever");
}
