/* A call at every place of a real segment: sp moves down the segment, in steps of
 * the ABI's alignment, until the call no longer fits and splits. Arguments,
 * results and the guard are right each time. */
#include "test.h"

static struct stktop *seen;
static uint32_t splits, calls;

__attribute__((noipa)) static double many(int a, int64_t b, double c, float d, int e, int f, int g_, int h, int i, int64_t j)
{
	volatile char frame[200]; /* too large for a leaf without a check */

	frame[0] = (char)a;
	seen = getg()->stackbase;
	return a + (double)(int32_t)b * 2 + c * 3 + (double)d * 4 + e * 5 + f * 6 + g_ * 7 + h * 8 + i * 9 + (double)(int32_t)j * 10 +
	       (frame[0] - (char)a);
}

/* Nosplit, so that it may take n bytes with alloca on this segment. */
NOSPLIT __attribute__((noipa)) static double at(uintptr_t n, double *result)
{
	volatile char *p = __builtin_alloca(n);

	p[0] = 1;
	*result = many(1, 2, 3.5, 4.25f, 5, 6, 7, 8, 9, 10);
	return p[0];
}

static void body(void *done)
{
	struct stktop *top = getg()->stackbase;

	/* Until it has split for the last 64 bytes: at() is nosplit, so what it passes
	 * on the stack may lie below what a split function leaves, but not far. */
	for (uintptr_t n = StackAlign; splits <= 64 / StackAlign && n < top->size; n += StackAlign) {
		double r = 0;
		at(n, &r);
		calls++;
		splits += seen != top;
		EQ((int32_t)(r * 100), (int32_t)((1 + 4 + 10.5 + 17 + 25 + 36 + 49 + 64 + 81 + 100) * 100), "result");
		EQ(testguard(), top->guard, "guard after the call");
		EQ((uintptr_t)getg()->stackbase, (uintptr_t)top, "segment after the call");
	}
	atomicstore(done, 1);
}

TEST("K10")
{
	static uint32_t done;

	newprocsize(body, &done, StackMin);
	while (!atomicload(&done))
		gosched();
	CHECK(calls > 2000 / StackAlign, "places tried");
	CHECK(splits > 0, "calls that were split");
	CHECK(splits < calls, "calls that had room");
}
