/* Ways out of a function: early returns, errors, cold parts, what never returns. */
#include "prog.h"

__attribute__((noreturn, noinline, cold)) static void path_die(long a)
{
	sink = a;
	__builtin_trap();
}
KEEP __attribute__((cold)) static long path_cold(long a)
{
	volatile char c[40];

	c[0] = (char)a;
	return c[0];
}
KEEP static long path_step(long a) { return a - one; }

/* The frame is made late, or not at all. */
KEEP static long path_early(long *p, long n)
{
	if (n == 0)
		return 0;
	if (p[0] == 77)
		return one;
	for (long i = 0; i < n; i++)
		p[i] = path_step(p[i]) + path_step(i);
	return p[0] + n;
}
KEEP static long path_errors(long a)
{
	long r = -1;

	if (path_step(a) < 0)
		goto out;
	if (path_step(a + 1) == 5)
		goto undo;
	if (__builtin_expect(a > 50, 0))
		r = path_cold(a) + path_cold(a + 1);
	if (__builtin_expect(a > 1000, 0))
		path_die(a);
	r += a;
undo:
	r += path_step(r);
out:
	sink += r;
	return r;
}
KEEP static long path_loop(long n)
{
	long sum = 0;

	while (n-- > 0) {
		if (n == 3)
			continue;
		sum += path_step(n);
		if (sum > 1000)
			return sum;
	}
	return sum ? path_cold(sum) : 0;
}
KEEP static long path_predicated(long a, long b)
{
	if (a == b)
		return a;
	return path_step(a) > b ? path_step(b) : a + b;
}

void run_path(void)
{
	long v[3] = {1, 2, 3}, w[1] = {77};

	USE(v);
	USE(w);
	sink += path_early(v, zero) + path_early(w, one) + path_early(v, 3);
	sink += path_errors(zero) + path_errors(5) + path_errors(ten) + path_errors(ten * 6);
	sink += path_loop(6) + path_loop(zero) + path_loop(100);
	sink += path_predicated(one, one) + path_predicated(ten, two) + path_predicated(two, ten);
}
