/* A throw lists every goroutine with what it does or waits for, and where: parked, in
 * a system call, preempted, not yet started, locked to its thread. The last line of
 * the list is what the test looks for: goroutines are listed newest first. */
#include "test.h"

static struct note never;
static struct chan c;
static uint32_t there;

__attribute__((noipa)) static void check(void)
{
	volatile char frame[200];

	frame[0] = 1;
}

NOINLINE static void waitsforvalue(void)
{
	uint32_t v;

	xadd(&there, 1);
	chanrecv(&c, &v);
}

static void receiver(void *arg)
{
	(void)arg;
	lockOSThread();
	waitsforvalue();
}

static void insyscall(void *arg)
{
	(void)arg;
	xadd(&there, 1);
	notetsleepg(&never, -1);
}

static void preempted(void *arg)
{
	(void)arg;
	xadd(&there, 1);
	preempt(getg());
	check();
	for (;;)
		gosched();
}

static void notyet(void *arg)
{
	(void)arg;
}

TEST("P08")
{
	chaninit(&c, sizeof(uint32_t), 0, 0);
	newproc(receiver, 0);
	newproc(insyscall, 0);
	newproc(preempted, 0);
	while (there < 3)
		gosched();
	tsleep(20000000, "till they are there");
	newproc(notyet, 0);
	THROWS("[chan receive, locked to its thread]");
	throw("for the list");
}
