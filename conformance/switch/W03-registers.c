/* What the ABI says a call preserves, integer and FP, survives a switch to a
 * goroutine that uses all of it. */
#include "test.h"

static uint32_t rounds, stop;

/* Many live values across a call: the compiler keeps them in preserved registers. */
NOINLINE static void many(uintptr_t seed)
{
	uintptr_t a = seed, b = seed * 3, c = seed * 5, d = seed * 7, e = seed * 11, f = seed * 13, h = seed * 17;
	double x = (double)seed, y = x * 2, z = x * 3, u = x * 5, v = x * 7, w = x * 11, s = x * 13, t = x * 17;

	for (volatile uint32_t i = 0; i < 500; i++) { /* in memory: the loop ends */
		gosched();
		a += 1, b += 2, c += 3, d += 4, e += 5, f += 6, h += 7;
		x += 1, y += 2, z += 3, u += 4, v += 5, w += 6, s += 7, t += 8;
	}
	EQ(a, seed + 500, "1st integer");
	EQ(b, seed * 3 + 1000, "2nd integer");
	EQ(c, seed * 5 + 1500, "3rd integer");
	EQ(d, seed * 7 + 2000, "4th integer");
	EQ(e, seed * 11 + 2500, "5th integer");
	EQ(f, seed * 13 + 3000, "6th integer");
	EQ(h, seed * 17 + 3500, "7th integer");
	EQ((int32_t)x, seed + 500, "1st double");
	EQ((int32_t)y, seed * 2 + 1000, "2nd double");
	EQ((int32_t)z, seed * 3 + 1500, "3rd double");
	EQ((int32_t)u, seed * 5 + 2000, "4th double");
	EQ((int32_t)v, seed * 7 + 2500, "5th double");
	EQ((int32_t)w, seed * 11 + 3000, "6th double");
	EQ((int32_t)s, seed * 13 + 3500, "7th double");
	EQ((int32_t)t, seed * 17 + 4000, "8th double");
	rounds++;
}

static void other(void *arg)
{
	many((uintptr_t)arg);
	stop++;
}

TEST("W03")
{
	newproc(other, (void *)1000);
	newproc(other, (void *)77);
	many(5);
	while (stop < 2)
		gosched();
	EQ(rounds, 3, "goroutines that ended");
}
