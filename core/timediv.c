/* 64 by 32 bit division without a divide helper, for time-outs.
 * Nosplit because the sleep layers run where the stack cannot grow. */
#include "rt.h"

int32_t timediv(int64_t v, int32_t div, int32_t *rem)
{
	/* floor(v / d) is ~floor(~v / d) for v < 0, and the remainders mirror. */
	uint32_t sign = v < 0 ? ~0u : 0;
	/* Long division, bit by bit, in 32-bit words, which fit in registers everywhere: r
	 * is what remains so far, q holds the bits that are still to come at the top, and
	 * those of the quotient at the bottom. */
	uint32_t q = (uint32_t)v ^ sign, r = ((uint32_t)(v >> 32) ^ sign) << 1 | q >> 31;

	if (r >= (uint32_t)div) {
		r = 0;
		q = INT32_MAX;
	} else {
		q <<= 1;
		for (uint32_t bits = 31; bits > 0; bits--) {
			r = r << 1 | q >> 31;
			q <<= 1;
			if (r >= (uint32_t)div) {
				r -= (uint32_t)div;
				q |= 1;
			}
		}
		if (sign)
			r = (uint32_t)div - 1 - r;
	}
	if (rem)
		*rem = (int32_t)r;
	return (int32_t)(q ^ sign);
}
