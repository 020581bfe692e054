/* A program converts 64-bit integers to floating point, rounded to nearest, and back,
 * towards 0, by instructions or by what gcc calls instead: each result is held against one
 * that integer arithmetic gives. */
#include "program/program.h"
#include "test.h"

static uint32_t todouble, tofloat, fromdouble, fromfloat;

typedef union {
	double d;
	uint64_t bits;
} dbl;

typedef union {
	float f;
	uint32_t bits;
} flt;

/* The bits of v as a number with a significand of `digits` bits, the first not stored. */
static uint64_t rounded(uint64_t v, uint32_t digits, uint32_t bias)
{
	uint32_t top = 63, shift;

	if (v == 0)
		return 0;
	while (v >> top == 0)
		top--;
	if (top < digits) {
		v <<= digits - 1 - top;
	} else {
		shift = top - (digits - 1);
		uint64_t rest = v & ((1ull << shift) - 1), half = 1ull << (shift - 1);
		v >>= shift;
		v += rest > half || (rest == half && v % 2 != 0);
	}
	/* One that was rounded up to the next power of two adds to the exponent. */
	return ((uint64_t)(top + bias - 1) << (digits - 1)) + v;
}

static uint64_t sign(int64_t v)
{
	return v < 0 ? 1ull << 63 : 0;
}

static void fromint(volatile uint64_t u)
{
	volatile int64_t s = (int64_t)u;
	uint64_t abs = s < 0 ? -(uint64_t)s : (uint64_t)s;
	uint64_t ud = rounded(u, 53, 1023), uf = rounded(u, 24, 127);
	uint64_t sd = rounded(abs, 53, 1023) | sign(s), sf = rounded(abs, 24, 127) | sign(s) >> 32;

	todouble += (dbl){ .d = (double)u }.bits != ud || (dbl){ .d = __floatundidf(u) }.bits != ud;
	todouble += (dbl){ .d = (double)s }.bits != sd || (dbl){ .d = __floatdidf(s) }.bits != sd;
	tofloat += (flt){ .f = (float)u }.bits != uf || (flt){ .f = __floatundisf(u) }.bits != uf;
	tofloat += (flt){ .f = (float)s }.bits != sf || (flt){ .f = __floatdisf(s) }.bits != sf;
}

/* What is left of a number below 2^63 with these bits, the first included, towards 0. */
static uint64_t whole(uint64_t significand, int32_t exponent, uint32_t digits)
{
	int32_t up = exponent - (int32_t)digits + 1;

	if (exponent < 0)
		return 0;
	return up >= 0 ? significand << up : significand >> -up;
}

/* A number with an exponent from -3 to 62, and of either sign; unsigned ones also 63. */
static void toint(uint64_t bits)
{
	int32_t exponent = (int32_t)((uint32_t)(bits >> 32) % 67) - 3;
	uint64_t m = bits & ((1ull << 52) - 1);
	uint64_t w = whole(m | 1ull << 52, exponent, 53);
	volatile dbl d = { .bits = (uint64_t)(exponent + 1023) << 52 | m };
	uint32_t m32 = (uint32_t)bits & ((1u << 23) - 1);
	uint64_t w32 = whole(m32 | 1u << 23, exponent, 24);
	volatile flt f = { .bits = (uint32_t)(exponent + 127) << 23 | m32 };

	fromdouble += (uint64_t)d.d != w || __fixunsdfdi(d.d) != w;
	fromfloat += (uint64_t)f.f != w32 || __fixunssfdi(f.f) != w32;
	if (exponent == 63)
		return;
	fromdouble += (int64_t)d.d != (int64_t)w || __fixdfdi(d.d) != (int64_t)w;
	fromfloat += (int64_t)f.f != (int64_t)w32 || __fixsfdi(f.f) != (int64_t)w32;
	fromdouble += (int64_t)-d.d != -(int64_t)w || __fixdfdi(-d.d) != -(int64_t)w;
	fromfloat += (int64_t)-f.f != -(int64_t)w32 || __fixsfdi(-f.f) != -(int64_t)w32;
}

static uint64_t draw(void)
{
	static uint64_t x = 88172645463325252u; /* Marsaglia, Xorshift RNGs */

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

TEST("R08")
{
	/* Around each power of two, and halfway between two floats or doubles. */
	for (uint32_t i = 0; i < 64; i++)
		for (uint32_t k = 0; k < 64; k++) {
			fromint((1ull << i) + (1ull << k));
			fromint((1ull << i) - (1ull << k));
			fromint((1ull << i) + (1ull << k) + 1);
			fromint((1ull << i) + (1ull << k) - 1);
		}
	for (uint32_t i = 0; i < 4000; i++) {
		fromint(draw() >> i % 64);
		toint(draw());
	}
	EQ(todouble, 0, "integers to double");
	EQ(tofloat, 0, "integers to float");
	EQ(fromdouble, 0, "double to uint64_t and int64_t");
	EQ(fromfloat, 0, "float to uint64_t and int64_t");
	EQ(__fixunsdfdi(0x1p64), UINT64_MAX, "a double that is too large");
	EQ(__fixdfdi(-0x1p70), INT64_MIN, "a double that is too small");
	EQ(__fixdfdi(__builtin_nan("")), 0, "not a number");
}
