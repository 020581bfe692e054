/* A foreign call that calls back, at every place of a segment: sp moves down it in steps
 * of the ABI's alignment until the call no longer fits and splits. The callback finds
 * its argument, and splits by itself near the end. */
#include "test.h"

static struct stktop *seen;
static uint32_t places, splits, wrong;

__attribute__((noipa)) static uint32_t deeper(uint32_t v)
{
	volatile char frame[200];

	frame[0] = 3;
	return v * (uint32_t)frame[0];
}

static void callback(void *arg)
{
	uint32_t *v = arg;

	seen = getg()->stackbase;
	*v = deeper(*v) + 1;
}

NOSPLIT static intptr_t foreign(void *arg)
{
	cgocallback(callback, arg);
	cgocallback(callback, arg);
	return (intptr_t)arg;
}

/* Nosplit, so that it may take n bytes with alloca on this segment. */
NOSPLIT __attribute__((noipa)) static uint32_t at(uintptr_t n, uint32_t v)
{
	volatile char *p = __builtin_alloca(n);

	p[0] = 1;
	p[n - 1] = 2;
	if (cgocall(foreign, &v) != (intptr_t)&v)
		return 0;
	return p[0] == 1 && p[n - 1] == 2 ? v : 0;
}

static void body(void *done)
{
	struct stktop *top = getg()->stackbase;

	for (uintptr_t n = StackAlign; splits <= 64 / StackAlign && n < top->size; n += StackAlign) {
		seen = 0;
		wrong += at(n, (uint32_t)n) != 9 * (uint32_t)n + 4;
		places++;
		splits += seen != top;
		EQ(getg()->stackguard0, top->guard, "guard after the call");
		EQ((uintptr_t)getg()->stackbase, (uintptr_t)top, "segment after the call");
	}
	atomicstore(done, 1);
}

TEST("C02")
{
	static uint32_t done;

	newprocsize(body, &done, StackMin);
	while (!atomicload(&done))
		gosched();
	CHECK(places > 2000 / StackAlign, "places tried");
	CHECK(splits > 0, "calls that were split");
	CHECK(splits < places, "calls that had room");
	EQ(wrong, 0, "callbacks with a wrong argument or result, or frames that were overwritten");
}
