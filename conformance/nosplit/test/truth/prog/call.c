/* Calls: chains, arguments on the stack, variable arguments, tail calls. */
#include "prog.h"

KEEP static long call_bottom(long a) { return a + one; }
KEEP static long call_third(long a) { return call_bottom(a + 3) * two; }
KEEP static long call_second(long a, long b) { return call_third(a) + call_third(b) + call_bottom(b); }
KEEP static long call_first(long a) { return call_second(a, a + one) - a; }

KEEP static long call_many(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k, long l)
{
	return a - b + c - d + e - f + g - h + i - j + k * l;
}
KEEP static long call_with_many(long a)
{
	return call_many(a, 2, 3, 4, 5, 6, 7, 8, a, 10, 11, 12) + call_many(1, a, 3, 4, 5, 6, 7, 8, 9, 10, 11, a);
}
KEEP static long call_wide(uint64_t a, int b, uint64_t c, char d, uint64_t e) { return (long)(a + (unsigned)b + c + (unsigned char)d + e); }
KEEP static long call_with_wide(long a) { return call_wide((uint64_t)a, 1, (uint64_t)a + 7, 'x', 9) + one; }

KEEP static long call_sum(int n, ...)
{
	va_list ap;
	long sum = 0;

	va_start(ap, n);
	for (int i = 0; i < n; i++)
		sum += va_arg(ap, long);
	va_end(ap);
	return sum;
}
KEEP static double call_fsum(int n, ...)
{
	va_list ap;
	double sum = 0;

	va_start(ap, n);
	for (int i = 0; i < n; i++)
		sum += va_arg(ap, double);
	va_end(ap);
	return sum;
}
KEEP static long call_vsum(int n, va_list ap)
{
	long sum = 0;

	while (n-- > 0)
		sum += va_arg(ap, long);
	return sum;
}
KEEP static long call_forward(int n, ...)
{
	va_list ap;
	long sum;

	va_start(ap, n);
	sum = call_vsum(n, ap);
	va_end(ap);
	return sum + one;
}
KEEP static long call_variable(long a)
{
	return call_sum(3, a, 2L, 3L) + call_sum(9, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, a) + (long)call_fsum(2, fone, fhalf) +
	       call_forward(4, 1L, a, 3L, 4L);
}

/* At -O2 jumps; the last one's frame is larger than that of the first. */
KEEP static long tail_last(long a)
{
	volatile char c[400];

	c[0] = (char)a;
	c[399] = 1;
	return c[0] + c[399];
}
KEEP static long tail_second(long a, long b) { return tail_last(a + b); }
KEEP static long tail_first(long a)
{
	long v[4] = {a, a, a, a};

	USE(v);
	return tail_second(v[1], v[2]);
}
KEEP static long tail_either(long a)
{
	if (a & 1)
		return tail_second(a, a);
	if (a & 2)
		return tail_last(a);
	sink += call_bottom(a);
	return tail_first(a);
}

void run_call(void)
{
	sink += call_first(ten) + call_with_many(two) + call_with_wide(two) + call_variable(ten);
	sink += tail_first(one) + tail_either(one) + tail_either(two) + tail_either(zero);
}
