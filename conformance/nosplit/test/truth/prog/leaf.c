/* Leaves: without a frame, with spills, in the red zone. */
#include "prog.h"

KEEP static long leaf_none(void) { return one; }

KEEP static long leaf_args(long a, long b) { return a * b + one; }

/* More live values than registers. */
KEEP static long leaf_spill(long x)
{
	long v[20];

#define V(i) v[i] = one * x + i
	V(0), V(1), V(2), V(3), V(4), V(5), V(6), V(7), V(8), V(9);
	V(10), V(11), V(12), V(13), V(14), V(15), V(16), V(17), V(18), V(19);
	return (v[0] ^ v[19]) + (v[1] ^ v[18]) * (v[2] ^ v[17]) + (v[3] ^ v[16]) * (v[4] ^ v[15]) +
	       (v[5] ^ v[14]) * (v[6] ^ v[13]) + (v[7] ^ v[12]) * (v[8] ^ v[11]) + (v[9] ^ v[10]);
}

KEEP static long leaf_small(void)
{
	volatile char c[16];

	c[0] = (char)one;
	c[15] = (char)two;
	return c[0] + c[15];
}

KEEP static long leaf_zone(void)
{
	volatile char c[104];

	c[0] = (char)one;
	c[103] = (char)two;
	return c[0] + c[103];
}

KEEP static long leaf_over(void)
{
	volatile char c[200];

	c[0] = (char)one;
	c[199] = (char)two;
	return c[0] + c[199];
}

KEEP static long leaf_loop(const long *p, long n)
{
	long sum = 0;

	for (long i = 0; i < n; i++)
		sum += p[i] * i;
	return sum;
}

KEEP static long leaf_byte(const unsigned char *p, long n)
{
	unsigned long h = 5381;

	for (long i = 0; i < n; i++)
		h = h * 33 ^ p[i];
	return (long)h;
}

void run_leaf(void)
{
	long v[6] = {1, 2, 3, 4, 5, 6};

	USE(v);
	sink += leaf_none() + leaf_args(two, ten) + leaf_spill(two) + leaf_small() + leaf_zone() + leaf_over();
	sink += leaf_loop(v, 6) + leaf_byte((unsigned char *)v, 9);
}
