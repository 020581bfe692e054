/* Foreign calls in callbacks in foreign calls: each level has its part of g0's stack and
 * of the goroutine's, in order, and all of it is as it was on the way back, also when
 * other goroutines ran on the thread's P in between. */
#include "test.h"

enum { Depth = 40, Wide = 3 };

struct level {
	uint32_t n;
	uint32_t sum;
	uintptr_t outer; /* g0's sp */
};

static uint32_t ended, bad;

static uint32_t down(uint32_t n, uintptr_t outer);

__attribute__((noipa)) static void callback(void *arg)
{
	volatile char frame[150];
	struct level *l = arg;
	uintptr_t sp = getm()->g0->sched.sp;

	frame[0] = 1;
	bad += sp >= l->outer;
	if (l->n % 8 == 0)
		gosched();
	l->sum += down(l->n, sp) + (uint32_t)frame[0];
	bad += getm()->g0->sched.sp != sp;
}

NOSPLIT static intptr_t foreign(void *arg)
{
	struct level *l = arg;
	uint32_t n = l->n;

	cgocallback(callback, arg);
	if (n % 16 == 0)
		cgocallback(callback, arg); /* once more from here: what is inside is done twice */
	return n;
}

__attribute__((noipa)) static uint32_t down(uint32_t n, uintptr_t outer)
{
	struct level l = { n - 1, 0, outer };

	if (n == 0)
		return 0;
	bad += cgocall(foreign, &l) != (intptr_t)n - 1;
	return l.sum + 1;
}

/* How often down is entered with n > 0, and the callbacks in it. */
static uint32_t expected(uint32_t n)
{
	uint32_t r = 0;

	for (uint32_t i = 1; i <= n; i++)
		r = ((i - 1) % 16 == 0 ? 2 : 1) * (r + 1) + 1;
	return r;
}

static void body(void *arg)
{
	(void)arg;
	for (uint32_t n = 0; n <= Depth; n += 5) {
		uintptr_t sp = getm()->g0->sched.sp;
		uint32_t r;
		lockOSThread();
		r = down(n, sp);
		if (r != expected(n))
			EQ(r, expected(n), "calls and callbacks");
		bad += getm()->g0->sched.sp != sp || getm()->locked != 1;
		unlockOSThread();
	}
	xadd(&ended, 1);
}

TEST("C03")
{
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		atomicstore(&ended, 0);
		for (uint32_t i = 0; i < Wide; i++)
			newproc(body, 0);
		AWAIT(&ended, Wide, "goroutines that came back");
	}
	EQ(bad, 0, "levels whose g0 stack is not below the one outside, or was not put back");
}
