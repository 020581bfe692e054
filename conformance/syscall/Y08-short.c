/* A goroutine that makes one short system call after the other does not keep its P: who
 * waits for that has a turn after a slice, whether the caller passes split checks or
 * not.
 *
 * On a busy machine the caller is interrupted in a system call now and then, and that one
 * is long. So the test stands before sysmon's sleep (ld --wrap, mk/kit.mk), and makes each
 * look find another call than the last one. */
#include "sched.h"
#include "test.h"

enum { Turns = 20, Slice = 10 /* ms */, Call = 30000 /* ns */ };

static uint32_t stop, ended, gaveup;

NOSPLIT static void calls(int64_t end)
{
	for (uint32_t i = 0; i < 100 && !atomicload(&stop); i++) {
		entersyscall();
		for (int64_t until = nanotime() + Call; nanotime() < until;)
			;
		exitsyscall();
		if (nanotime() > end) {
			atomicstore(&gaveup, 1);
			return;
		}
	}
}

NOSPLIT void __real_usleep(uint32_t us);
NOSPLIT void __wrap_usleep(uint32_t us);

void __wrap_usleep(uint32_t us)
{
	__real_usleep(us);
	if (getm()->fn == sysmon && atomicload(&allp[0]->status) == Psyscall)
		xadd(&allp[0]->syscalltick, 1);
}

/* All of it without a split check, or one every 3 ms. */
NOSPLIT static void never(int64_t end)
{
	while (!atomicload(&stop) && !atomicload(&gaveup))
		calls(end);
}

__attribute__((noipa)) static void check(void)
{
	volatile char frame[200];

	frame[0] = 1;
}

static void caller(void *split)
{
	int64_t end = nanotime() + 6000000000;

	if (!split)
		never(end);
	while (!atomicload(&stop) && !atomicload(&gaveup)) {
		calls(end);
		check();
	}
	xadd(&ended, 1);
}

static void turns(void *split, const char *what)
{
	int64_t total = 0;

	stop = ended = gaveup = 0;
	newproc(caller, split);
	for (uint32_t i = 0; i < Turns && !gaveup; i++) {
		int64_t t = nanotime();
		gosched();
		total += nanotime() - t;
	}
	EQ(gaveup, 0, "callers that gave up after 6 s");
	/* A slice and a look of sysmon each, 10 ms both; and the machine may be busy. */
	BETWEEN(total, 0, Turns * 20 * Slice * 1000000ll, what);
	atomicstore(&stop, 1);
	AWAIT(&ended, 1, "callers that ended");
}

TEST("Y08")
{
	turns(0, "ns until the turns, beside system calls without a split check");
	if (!gaveup)
		turns(&stop, "ns until the turns, beside system calls and split checks");
}
