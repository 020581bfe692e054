/* Functions that pop their arguments, where the arch has them. */
#include "prog.h"

KEEP static long POPS pops_three(long a, long b, long c) { return a * b + c; }
KEEP static long POPS pops_caller(long a, long b) { return pops_three(a, b, one) + pops_three(b, a, two) * pops_three(1, 2, b); }
KEEP static long FASTPOPS pops_fast(long a, long b, long c, long d) { return a * b + c - d; }
KEEP static long POPS pops_frame(long a, const long *p)
{
	volatile char c[60];

	c[0] = (char)a;
	c[59] = (char)p[3];
	return c[0] + pops_fast(a, c[59], 3, 4);
}
KEEP static long POPS pops_tail(long a, long b, long c) { return pops_three(c, b, a); }
KEEP static long pops_loop(long n)
{
	long sum = 0;

	for (long i = 0; i < n; i++)
		sum += pops_three(i, sum, 1) + pops_fast(i, 2, 3, sum);
	return sum;
}

void run_pops(void)
{
	long v[10] = {0};

	USE(v);
	sink += pops_caller(one, two) + pops_fast(1, 2, 3, one) + pops_frame(one, v) + pops_tail(1, 2, one) + pops_loop(3);
}
