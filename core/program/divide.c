/* Division bit by bit. An operation of 32 bits has a loop of its own, because on a machine
 * of 32 bits that of 64 takes three times as long. */
#include "program/program.h"

#define DIVIDE(name, T)                                                                            \
	static T name(T n, T d, T *rem)                                                            \
	{                                                                                          \
		T q = 0, bit = 1;                                                                  \
                                                                                                   \
		if (d == 0)                                                                        \
			throw("division by zero");                                                 \
		for (; d < n && d >> (sizeof(T) * 8 - 1) == 0; d <<= 1)                            \
			bit <<= 1;                                                                 \
		for (; bit != 0; bit >>= 1, d >>= 1)                                               \
			if (n >= d) {                                                              \
				n -= d;                                                            \
				q |= bit;                                                          \
			}                                                                          \
		*rem = n;                                                                          \
		return q;                                                                          \
	}

DIVIDE(divide32, uint32_t)
DIVIDE(divide64, uint64_t)

uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *rem)
{
	uint64_t q, r;
	uint32_t r32;

	if ((n | d) >> 32 == 0) {
		q = divide32((uint32_t)n, (uint32_t)d, &r32);
		r = r32;
	} else {
		q = divide64(n, d, &r);
	}
	if (rem)
		*rem = r;
	return q;
}

uint64_t __udivdi3(uint64_t n, uint64_t d)
{
	return __udivmoddi4(n, d, 0);
}

uint64_t __umoddi3(uint64_t n, uint64_t d)
{
	uint64_t r;

	__udivmoddi4(n, d, &r);
	return r;
}

/* The remainder has the sign of n (ISO C 6.5.5). */
int64_t __divmoddi4(int64_t n, int64_t d, int64_t *rem)
{
	uint64_t r, q = __udivmoddi4(n < 0 ? -(uint64_t)n : (uint64_t)n, d < 0 ? -(uint64_t)d : (uint64_t)d, &r);

	if (rem)
		*rem = (int64_t)(n < 0 ? -r : r);
	return (int64_t)((n < 0) != (d < 0) ? -q : q);
}

int64_t __divdi3(int64_t n, int64_t d)
{
	return __divmoddi4(n, d, 0);
}

int64_t __moddi3(int64_t n, int64_t d)
{
	int64_t r;

	__divmoddi4(n, d, &r);
	return r;
}

uint32_t __udivsi3(uint32_t n, uint32_t d)
{
	uint32_t r;

	return divide32(n, d, &r);
}

uint32_t __umodsi3(uint32_t n, uint32_t d)
{
	uint32_t r;

	divide32(n, d, &r);
	return r;
}

static uint32_t absolute(int32_t v)
{
	return v < 0 ? -(uint32_t)v : (uint32_t)v;
}

int32_t __divsi3(int32_t n, int32_t d)
{
	uint32_t q = __udivsi3(absolute(n), absolute(d));

	return (int32_t)((n < 0) != (d < 0) ? -q : q);
}

int32_t __modsi3(int32_t n, int32_t d)
{
	uint32_t r = __umodsi3(absolute(n), absolute(d));

	return (int32_t)(n < 0 ? -r : r);
}
