/* timediv: 0 <= rem < div and v = q * div + rem, for every v, also below 0 and at
 * the limits, where it saturates with remainder 0. */
#include "sleep.h"

static void whole(int64_t v, int32_t div)
{
	int32_t rem = -1, q = timediv(v, div, &rem);

	CHECK(rem >= 0 && rem < div, "0 <= rem < div");
	EQ((int64_t)q * div + rem, v, "q * div + rem");
	EQ(timediv(v, div, 0), q, "quotient without remainder");
}

static void saturates(int64_t v, int32_t div, int32_t q)
{
	int32_t rem = -1;

	EQ(timediv(v, div, &rem), q, "quotient that does not fit");
	EQ(rem, 0, "its remainder");
}

TEST("S10")
{
	static const int32_t divs[] = { 1, 2, 3, 7, 10, 1000, 1000000, 1000000000, INT32_MAX };
	uint64_t seed = 88172645463325252u;

	for (uint32_t i = 0; i < nelem(divs); i++) {
		int32_t d = divs[i];
		for (int64_t v = -2000; v <= 2000; v++)
			whole(v, d);
		int64_t max = (int64_t)INT32_MAX * d + (d - 1);
		for (int64_t k = 0; k < 100; k++) {
			if (d > 100)
				whole(max - k, d);
			whole(-max + k, d);
		}
		if (max < INT64_MAX - 1)
			saturates(max + 1, d, INT32_MAX);
		saturates(INT64_MAX, d, INT32_MAX);
		if (d < INT32_MAX)
			saturates(INT64_MIN, d, INT32_MIN);
		for (uint32_t k = 0; k < 20000; k++) {
			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			/* Below 2^31 times the divisor. */
			whole((int64_t)(seed >> 34) * d + (int64_t)(seed & 0xff) * (d > 256), d);
		}
	}
}
