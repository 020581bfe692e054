/* 64 by 32 bit division without a divide helper, for time-outs.
 * Nosplit because the sleep layers run where the stack cannot grow. */
#include "rt.h"

int32_t timediv(int64_t v, int32_t div, int32_t *rem)
{
	/* floor(v / d) is ~floor(~v / d) for v < 0, and the remainders mirror. */
	bool neg = v < 0;
	uint64_t u = neg ? ~(uint64_t)v : (uint64_t)v;
	uint32_t q = 0;

	if (u >> 31 >= (uint32_t)div) {
		if (rem)
			*rem = 0;
		return neg ? INT32_MIN : INT32_MAX;
	}
	/* Shifts by constants only: a variable 64-bit shift may be a helper too. */
	uint64_t t = (uint64_t)(uint32_t)div << 30;
	for (uint32_t bit = 1u << 30; bit; bit >>= 1, t >>= 1) {
		if (u >= t) {
			u -= t;
			q |= bit;
		}
	}
	if (rem)
		*rem = neg ? div - 1 - (int32_t)u : (int32_t)u;
	return neg ? (int32_t)~q : (int32_t)q;
}
