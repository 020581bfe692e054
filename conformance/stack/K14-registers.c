/* Everything that carries arguments and results survives the path of morestack
 * that calls newstack: a preemption at each call makes other code run between. */
#include "test.h"

static struct g *victim;

struct four {
	double d[4];
};

static double x;

static void dirty(void *arg)
{
	(void)arg;
	for (;;) {
		x = x * 1.5 + 1; /* FP registers in use elsewhere */
		if (x > 1e9)
			x = 0;
		gosched();
	}
}

NOINLINE static struct four floats(double a, double b, double c, double d, double e, double f, double g_, double h)
{
	volatile char frame[300];

	frame[0] = 1;
	return (struct four){ { a + b, c + d, e + f, g_ + h } };
}

NOINLINE static uint64_t ints(uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, uintptr_t e, uintptr_t f)
{
	volatile char frame[300];

	frame[0] = 1;
	return a + b * 3 + c * 5 + d * 7 + e * 11 + f * 13;
}

TEST("K14")
{
	victim = getg();
	newproc(dirty, 0);
	for (uint32_t i = 0; i < 1000; i++) {
		preempt(victim);
		struct four r = floats(1 + i, 2, 3 + i, 4, 5 + i, 6, 7 + i, 8);
		EQ((int32_t)(r.d[0] * 2), (int32_t)(2 * (3.0 + i)), "FP arguments 1 and 2");
		EQ((int32_t)(r.d[1] * 2), (int32_t)(2 * (7.0 + i)), "FP arguments 3 and 4");
		EQ((int32_t)(r.d[2] * 2), (int32_t)(2 * (11.0 + i)), "FP arguments 5 and 6");
		EQ((int32_t)(r.d[3] * 2), (int32_t)(2 * (15.0 + i)), "FP arguments 7 and 8");
		preempt(victim);
		EQ(ints(i, i + 1, i + 2, i + 3, i + 4, i + 5), 40 * i + 3 + 10 + 21 + 44 + 65, "integer arguments");
	}
}
