/* Recursion, of one and of several functions, with an end. */
#include "prog.h"

KEEP static long rec_factorial(long n) { return n <= 1 ? 1 : n * rec_factorial(n - 1) + sink; }
KEEP static long rec_fibonacci(long n) { return n < 2 ? n : rec_fibonacci(n - 1) + rec_fibonacci(n - 2); }
KEEP static long rec_odd(long n);
KEEP static long rec_even(long n)
{
	volatile long v[3];

	v[0] = n;
	return n == 0 ? one : rec_odd(v[0] - 1) + v[0];
}
KEEP static long rec_odd(long n) { return n == 0 ? zero : rec_even(n - 1) + one; }
KEEP static long rec_gcd(long a, long b) { return b == 0 ? a : rec_gcd(b, a - a / b * b); }

void run_recursion(void)
{
	sink += rec_factorial(6) + rec_fibonacci(5) + rec_even(7) + rec_gcd(36, 24);
}
