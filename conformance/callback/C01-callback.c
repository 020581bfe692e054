/* A callback runs on the goroutine that made the foreign call, on its stack and its
 * thread, and not in syscall status; foreign code is on g0's stack, where its frames
 * stay, and may call back as often as it likes. */
#include "test.h"

static struct g *mine;
static struct m *thread;
static uintptr_t foreignsp, sp;
static uint32_t calls;

static bool within(struct stktop *top, uintptr_t at)
{
	return at > top->lowest && at <= top->lowest + top->size;
}

__attribute__((noipa)) static void callback(void *arg)
{
	volatile char frame[300]; /* needs a check */

	frame[0] = 1;
	sp = (uintptr_t)frame;
	CHECK(getg() == mine && getm()->curg == mine, "on the goroutine");
	CHECK(getm() == thread, "on its thread");
	EQ(mine->status, Grunning, "status in the callback");
	CHECK(getm()->p != 0 && getm()->p->status == Prunning, "with a P");
	CHECK(within(mine->stackbase, sp), "on the goroutine's stack");
	CHECK(within(&getm()->g0top, getm()->g0->sched.sp) && getm()->g0->sched.sp < foreignsp,
	      "g0's stack begins below the foreign code");
	CHECK(!within(mine->stackbase, foreignsp) && within(&getm()->g0top, foreignsp), "foreign code is on g0's stack");
	*(uint32_t *)arg += calls++;
}

NOSPLIT __attribute__((noipa)) static intptr_t foreign(void *arg)
{
	volatile uintptr_t mark[20]; /* what a callback must not touch */

	for (uint32_t i = 0; i < nelem(mark); i++)
		mark[i] = 0x1234 + i;
	foreignsp = (uintptr_t)mark;
	for (uint32_t n = 0; n < 100; n++)
		cgocallback(callback, arg);
	for (uint32_t i = 0; i < nelem(mark); i++)
		if (mark[i] != 0x1234 + i)
			return -1;
	return 77;
}

static void body(void *done)
{
	uint32_t sum = 0;
	uintptr_t g0sp = getm()->g0->sched.sp;

	lockOSThread();
	mine = getg();
	thread = getm();
	EQ(cgocall(foreign, &sum), 77, "result of the foreign call");
	EQ(sum, 4950, "sum over 100 callbacks");
	EQ(getm()->g0->sched.sp, g0sp, "g0's stack after the call");
	EQ(mine->status, Grunning, "status after the call");
	EQ(getm()->locked, 1, "depth of locks to the thread after the call");
	unlockOSThread();
	CHECK(!mine->lockedm && !thread->lockedg, "unlocked");
	EQ(getm()->locks, 0, "locks");
	EQ((uintptr_t)mine->defer, 0, "deferred calls left");
	atomicstore(done, 1);
}

TEST("C01")
{
	static uint32_t done;

	newproc(body, &done);
	while (!atomicload(&done))
		gosched();
	EQ(calls, 100, "callbacks");
}
