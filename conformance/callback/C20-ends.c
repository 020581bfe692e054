/* A thread of newm that ends goes back to the libc that made it: its destructors run, its
 * stack is given back, and its M is used again; one after the other, more of them than a
 * process may have, and some at once. */
#include "sched.h"
#include "test.h"

enum { Threads = 700, Together = 8 };

/* host/C20-ends.c */
void host_mark(void);	  /* has a destructor run when this thread ends */
uint32_t host_ended(void); /* destructors that ran */

static uint32_t there, go;

static void once(void *arg)
{
	(void)arg;
	host_mark();
}

static void together(void *arg)
{
	once(arg);
	xadd(&there, 1);
	testwait(&go, 1);
}

static void ended(uint32_t n)
{
	for (uint32_t i = 0; i < 20000 && host_ended() < n; i++)
		usleep(500);
	EQ(host_ended(), n, "threads that ended in the libc's way");
}

TEST("C20")
{
	uint32_t before;

	for (uint32_t i = 0; i < Together; i++)
		testthread(together, 0);
	EQ(testwait(&there, Together), true, "threads at once");
	atomicstore(&go, 1);
	ended(Together);
	before = sched.mids;
	for (uint32_t i = 1; i <= Threads; i++) {
		testthread(once, 0);
		ended(Together + i);
		if (host_ended() < Together + i)
			break;
	}
	testjoin();
	BETWEEN(sched.mids - before, 0, Together, "new Ms for threads one after the other");
}
