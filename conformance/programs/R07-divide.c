/* A program divides: by the instruction or by what gcc calls instead, for every width and
 * sign, at every place of a segment, where the division splits. Each quotient is proved by
 * its remainder. Division by zero throws. */
#include "program/program.h"
#include "test.h"

static uint32_t wrong;

#define SIGN(v) ((v) < 0 ? -1 : 1)

/* n = q * d + r, with r on n's side of 0, and less than d, whatever the signs. */
static void proves(int64_t n, int64_t d, int64_t q, int64_t r)
{
	uint64_t ur = r < 0 ? -(uint64_t)r : (uint64_t)r, ud = d < 0 ? -(uint64_t)d : (uint64_t)d;

	wrong += (uint64_t)q * (uint64_t)d + (uint64_t)r != (uint64_t)n || ur >= ud || (r != 0 && SIGN(r) != SIGN(n));
}

static void uproves(uint64_t n, uint64_t d, uint64_t q, uint64_t r)
{
	wrong += q * d + r != n || r >= d || (q != 0 && q * d / d != q);
}

static void functions(uint64_t n, uint64_t d)
{
	uint64_t r, q = __udivmoddi4(n, d, &r);
	int64_t sr, sq = __divmoddi4((int64_t)n, (int64_t)d, &sr);

	uproves(n, d, q, r);
	proves((int64_t)n, (int64_t)d, sq, sr);
	uproves(n, d, __udivdi3(n, d), __umoddi3(n, d));
	proves((int64_t)n, (int64_t)d, __divdi3((int64_t)n, (int64_t)d), __moddi3((int64_t)n, (int64_t)d));
	if ((uint32_t)d == 0)
		return;
	uproves((uint32_t)n, (uint32_t)d, __udivsi3((uint32_t)n, (uint32_t)d), __umodsi3((uint32_t)n, (uint32_t)d));
	if ((int32_t)n == INT32_MIN && (int32_t)d == -1)
		wrong += __divsi3((int32_t)n, (int32_t)d) != INT32_MIN || __modsi3((int32_t)n, (int32_t)d) != 0;
	else
		proves((int32_t)n, (int32_t)d, __divsi3((int32_t)n, (int32_t)d), __modsi3((int32_t)n, (int32_t)d));
}

/* What gcc makes of the operators: it must not know the values. */
static void operators(volatile uint64_t n, volatile uint64_t d)
{
	volatile uint32_t n32 = (uint32_t)n, d32 = (uint32_t)d;

	uproves(n, d, n / d, n % d);
	if (n != 1ull << 63 || d != ~0ull) /* an x86 traps there */
		proves((int64_t)n, (int64_t)d, (int64_t)n / (int64_t)d, (int64_t)n % (int64_t)d);
	if (d32 == 0)
		return;
	uproves(n32, d32, n32 / d32, n32 % d32);
	if (n32 != 1u << 31 || d32 != ~0u)
		proves((int32_t)n32, (int32_t)d32, (int32_t)n32 / (int32_t)d32, (int32_t)n32 % (int32_t)d32);
}

/* One with both results, as gcc calls it where a program wants both. */
static void both(volatile uint64_t a, volatile uint64_t b)
{
	uint64_t n = a, d = b;
	int64_t sn = (int64_t)n, sd = (int64_t)d;
	uint32_t n32 = (uint32_t)n, d32 = (uint32_t)d | 1;

	uproves(n, d, n / d, n % d);
	uproves(n32, d32, n32 / d32, n32 % d32);
	if (n != 1ull << 63 || d != ~0ull)
		proves(sn, sd, sn / sd, sn % sd);
}

static void all(uint64_t n, uint64_t d)
{
	if (d == 0)
		return;
	functions(n, d);
	operators(n, d);
	both(n, d);
}

static const uint64_t edges[] = {
	0, 1, 2, 3, 7, 10, 1000, 1000000, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff,
	0x100000000, 0x100000001, 1000000000000, 0x7fffffffffffffff, 0x8000000000000000,
	0x8000000000000001, 0xffffffff00000000, 0xfffffffffffffffe, 0xffffffffffffffff,
};

static uint64_t draw(void)
{
	static uint64_t x = 88172645463325252u; /* Marsaglia, Xorshift RNGs */

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

static volatile uint64_t dividend = 0x123456789abcdef, divisor = 1000003;

/* Down over several segments, by a few words each time. */
__attribute__((noipa)) static void down(uint32_t n)
{
	volatile uint32_t frame[3];

	frame[0] = n;
	uproves(dividend, divisor, dividend / divisor, dividend % divisor);
	functions(dividend + n, divisor);
	if (n > 0)
		down(n - 1);
	wrong += frame[0] != n;
}

TEST("R07")
{
	for (uint32_t i = 0; i < nelem(edges); i++)
		for (uint32_t k = 0; k < nelem(edges); k++)
			all(edges[i], edges[k]);
	EQ(wrong, 0, "quotients or remainders at the edges");
	wrong = 0;
	for (uint32_t i = 0; i < 2000; i++) {
		uint64_t n = draw(), d = draw();
		all(n >> (i % 64), d >> (i / 64 % 64));
	}
	EQ(wrong, 0, "quotients or remainders of random numbers");
	wrong = 0;
	down(1000);
	EQ(wrong, 0, "quotients or remainders over several segments");
	THROWS("division by zero");
	wrong = (uint32_t)__udivdi3(1, 0);
}
