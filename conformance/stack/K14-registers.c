/* Everything that carries arguments and results survives the path of morestack
 * that calls newstack: a preemption at each call makes other code run between. */
#include "test.h"

static struct g *victim;

struct four {
	double d[4];
};

__attribute__((noipa)) static struct four floats(double a, double b, double c, double d, double e, double f, double g_, double h)
{
	volatile char frame[300];

	frame[0] = 1;
	return (struct four){ { a + b, c + d, e + f, g_ + h } };
}

__attribute__((noipa)) static uint64_t ints(uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, uintptr_t e, uintptr_t f)
{
	volatile char frame[300];

	frame[0] = 1;
	return a + b * 3 + c * 5 + d * 7 + e * 11 + f * 13;
}

/* What a call preserves is in use across calls that are preempted; the counter is
 * in memory, so that the loop ends. */
__attribute__((noipa)) static void keeps(uintptr_t seed, bool ask)
{
	uintptr_t a = seed, b = seed * 3, c = seed * 5, d = seed * 7, e = seed * 11, f = seed * 13;
	double p = (double)(int32_t)seed, q = p * 2, r = p * 3, s = p * 5, t = p * 7, u = p * 11, v = p * 13, w = p * 17;

	for (volatile uint32_t i = 0; i < 200; i++) {
		if (ask)
			preempt(victim);
		ints(1, 2, 3, 4, 5, 6);
		if (!ask)
			gosched();
		a += 1, b += 2, c += 3, d += 4, e += 5, f += 6;
		p += 1, q += 2, r += 3, s += 4, t += 5, u += 6, v += 7, w += 8;
	}
	EQ(a + b + c + d + e + f, seed * 40 + 200 * 21, "integers that calls preserve");
	EQ((int32_t)(p + q + r + s + t + u + v + w), seed * 59 + 200 * 36, "doubles that calls preserve");
}

/* Uses every register that carries arguments, and every one that calls preserve. */
static void dirty(void *arg)
{
	double x = 0.5;

	(void)arg;
	for (;;) {
		keeps(1000, false);
		floats(x, x, x, x, x, x, x, x);
		ints(9, 9, 9, 9, 9, 9);
		gosched();
	}
}

TEST("K14")
{
	victim = getg();
	newproc(dirty, 0);
	keeps(77, true);
	for (volatile uint32_t k = 0; k < 1000; k++) { /* in memory: the loop ends */
		uint32_t i = k;
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
