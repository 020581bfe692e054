/* A callback that splits the stack over and over: it may, as it is not in syscall status
 * there; the segments go back, and a split in the foreign call itself still throws. */
#include "test.h"

static uint32_t deepest;

__attribute__((noipa)) static uint32_t recurse(uint32_t n)
{
	volatile uint32_t frame[40];

	frame[0] = n;
	if (n == 0)
		return 0;
	deepest++;
	return recurse(n - 1) + (frame[0] == n);
}

static void callback(void *arg)
{
	*(uint32_t *)arg = recurse(*(uint32_t *)arg);
}

NOSPLIT static intptr_t foreign(void *arg)
{
	cgocallback(callback, arg);
	return 0;
}

static void body(void *done)
{
	uint64_t inuse;
	uint32_t n = 1;

	cgocall(foreign, &n);
	inuse = readstackstats().inuse;
	for (uint32_t i = 0; i < 300; i += 7) {
		n = i;
		cgocall(foreign, &n);
		EQ(n, i, "frames that were whole on the way back");
	}
	n = 20000;
	cgocall(foreign, &n);
	EQ(n, 20000, "frames, over a thousand segments");
	BETWEEN((int64_t)readstackstats().inuse, (int64_t)inuse - StackMin, (int64_t)inuse + StackMin, "bytes in segments after");
	EQ(testguard(), getg()->stackbase->guard, "guard");
	atomicstore(done, 1);
}

static void splitter(void *arg)
{
	uint32_t n = 1;

	(void)arg;
	cgocall(foreign, &n);
	entersyscall();
	recurse(1);
	exitsyscall();
}

TEST("C04")
{
	static uint32_t done;

	newproc(body, &done);
	while (!atomicload(&done))
		gosched();
	CHECK(deepest > 20000, "calls made");
	THROWS("stack split during syscall");
	newproc(splitter, 0);
	for (;;)
		gosched();
}
