/* As many goroutines run at once as there are Ps, though they were made so fast that who
 * made them woke but one M: each that finds work wakes the next. */
#include "sched.h"
#include "test.h"

enum { Procs = 4, Rounds = 10 };

static uint32_t there, gone;

static void runner(void *arg)
{
	(void)arg;
	xadd(&there, 1);
	testwait(&there, Procs); /* without giving way */
	xadd(&gone, 1);
}

TEST("P24")
{
	gomaxprocs(Procs);
	for (uint32_t i = 0; i < Rounds; i++) {
		testwait(&sched.nmspinning, 0);
		there = gone = 0;
		for (uint32_t k = 1; k < Procs; k++)
			newproc(runner, 0);
		runner(0);
		EQ(there, Procs, "goroutines that ran at once");
		AWAIT(&gone, Procs, "goroutines that ended");
	}
}
