/* A foreign call that calls back, at every place of a segment: sp moves down it in words
 * until the call no longer fits and splits. The callback finds
 * its argument, and splits by itself near the end. */
#include "test.h"

static struct stktop *seen;
static uint32_t places, splits, wrong, moved;

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

/* Where the ABI lets sp go down in larger steps only, the guard goes up in words between
 * two of them: the distance, which is what counts, takes every value. */
static void body(void *done)
{
	struct g *gp = getg();
	struct stktop *top = gp->stackbase;
	uintptr_t real = top->guard;

	for (uintptr_t n = StackAlign; splits <= 64 / PtrSize && n < top->size; n += StackAlign) {
		for (uintptr_t up = 0; up < StackAlign; up += PtrSize) {
			seen = 0;
			top->guard = gp->stackguard0 = real + up;
			wrong += at(n, (uint32_t)n) != 9 * (uint32_t)n + 4;
			moved += gp->stackguard0 != real + up || gp->stackbase != top;
			top->guard = gp->stackguard0 = real;
			places++;
			splits += seen != top;
		}
	}
	atomicstore(done, 1);
}

TEST("C02")
{
	static uint32_t done;

	newprocsize(body, &done, StackMin);
	while (!atomicload(&done))
		gosched();
	CHECK(places > 2000 / PtrSize, "places tried");
	CHECK(splits > 0, "calls that were split");
	CHECK(splits < places, "calls that had room");
	EQ(moved, 0, "calls after which the guard or the segment was another");
	EQ(wrong, 0, "callbacks with a wrong argument or result, or frames that were overwritten");
}
