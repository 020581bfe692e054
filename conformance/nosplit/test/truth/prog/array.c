/* Arrays that are filled from their end, through pointers and indexes that compilers make of it,
 * and pointers to functions in memory that somebody else writes to. */
#include "prog.h"

enum { Size = 128 }; /* as large as a red zone */

KEEP static long array_down(long v, char *out)
{
	char b[Size], *p = b + Size;
	long n;

	do {
		*--p = (char)(v + (p - b));
	} while (p > b + (v & 1));
	n = b + Size - p;
	for (long i = 0; i < n; i++)
		out[i] = p[i];
	return n;
}

KEEP static long array_negative(const long *from)
{
	enum { N = Size / sizeof(long) };
	long b[N], sum = 0;

	for (int i = -N; i < 0; i++)
		b[N + i] = from[-i - 1];
	for (int i = -N; i < 0; i++)
		sum ^= b[N + i] * i;
	return sum;
}

KEEP static void array_small(void) { sink++; }

KEEP static void array_large(void)
{
	volatile char c[400];

	c[0] = 1;
}

struct member {
	long before;
	void (*f)(void);
	long behind;
};

KEEP static void array_choose(void (**f)(void)) { *f = array_large; }
KEEP static void array_change(struct member *m) { m->f = array_large; }

KEEP static void ind_chosen_here(void)
{
	void (*f)(void) = array_small;

	array_choose(&f);
	f();
}

KEEP static void ind_member(void)
{
	struct member m = {1, array_small, 2};

	array_change(&m);
	m.f();
}

KEEP static void ind_element(long i)
{
	void (*f[4])(void) = {array_small, array_small, array_small, array_small};

	f[i] = array_large;
	f[1]();
}

void run_array(void)
{
	static char out[Size];
	static long longs[Size];

	sink = array_down(zero, out) + array_negative(longs);
	ind_chosen_here();
	ind_member();
	ind_element(one);
}
