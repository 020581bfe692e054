/* Frames that grow while the function runs. */
#include "prog.h"

KEEP static long dyn_alloca(long n)
{
	volatile char *p = __builtin_alloca((size_t)n);

	p[0] = (char)one;
	p[n - 1] = (char)two;
	return p[0] + p[n - 1];
}
KEEP static long fixed_below(long a)
{
	volatile char c[24];

	c[0] = (char)a;
	return c[0];
}
KEEP static long dyn_array(long n)
{
	long sum = 0;

	for (long i = 1; i < n; i++) {
		volatile char c[i * 8];
		c[0] = (char)i;
		sum += c[0] + fixed_below(i);
	}
	return sum;
}
KEEP static long dyn_string(const char *s)
{
	size_t n = 0;
	char *p;

	while (s[n])
		n++;
	p = __builtin_alloca(n + 1);
	for (size_t i = 0; i <= n; i++)
		p[i] = s[i];
	USE(p);
	return fixed_below(p[0]);
}

void run_dynamic(void)
{
	sink += dyn_alloca(ten) + dyn_alloca(ten * 600) + dyn_array(5) + dyn_string("dynamic");
}
