/* Calls through pointers: where to cannot be seen, how deep can. */
#include "prog.h"

KEEP static long target_small(long a) { return a + one; }
KEEP static long target_large(long a)
{
	volatile char c[150];

	c[0] = (char)a;
	c[149] = 1;
	return c[0];
}
static long (*volatile ind_pointer)(long) = target_small;
KEEP static long ind_call(long a) { return ind_pointer(a) + ind_pointer(a + 1); }
KEEP static long ind_tail(long a) { return ind_pointer(a); }
KEEP static long ind_argument(long (*f)(long), long a)
{
	long v[5] = {a};

	USE(v);
	return f(v[0]) + one;
}

void run_indirect(void)
{
	sink += ind_call(one) + ind_tail(two) + ind_argument(target_large, one);
	ind_pointer = target_large;
	sink += ind_call(one) + ind_tail(two) + ind_argument(target_small, one);
}
