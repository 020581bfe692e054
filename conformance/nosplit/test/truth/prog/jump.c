/* Jump tables, and what is deep in one of their branches. */
#include "prog.h"

KEEP static long jump_leaf(long a) { return a + one; }
KEEP static long jump_deep(long a)
{
	volatile char c[80];

	c[0] = (char)a;
	c[79] = 1;
	return jump_leaf(c[0]);
}
KEEP static long jump_switch(long x)
{
	switch (x) {
	case 0: return jump_leaf(7) + 1;
	case 1: return sink + 3;
	case 2: return jump_leaf(sink) * 5;
	case 3: return jump_deep(x) - 7;
	case 4: return x * 9 + two;
	case 5: return jump_leaf(jump_deep(x));
	case 6: sink = x; return two;
	case 7: return ten / 3;
	case 9: return jump_deep(1) + jump_deep(2);
	default: return -1;
	}
}
/* Values only: a table of data, perhaps. */
KEEP static long jump_dense(unsigned x)
{
	long r = 0;

	for (unsigned i = 0; i < 2; i++)
		switch (x + i) {
		case 0: r += jump_leaf(r); break;
		case 1: r -= 3; sink++; break;
		case 2: r *= 5; sink--; break;
		case 3: r = jump_deep(r); break;
		case 4: r ^= sink; break;
		case 5: r = ~r + one; break;
		case 6: r |= two; sink = r; break;
		case 7: r += ten; break;
		}
	return r;
}
KEEP static long jump_string(const char *s)
{
	long n = 0;

	for (; *s; s++)
		switch (*s) {
		case 'a': n += 1; break;
		case 'b': n += jump_leaf(n); break;
		case 'c': n *= 3; break;
		case 'd': n ^= sink; break;
		case 'e': n -= jump_deep(n); break;
		case 'f': n = -n; break;
		case 'g': n <<= 1; break;
		case 'z': n = 0; break;
		default: n++; break;
		}
	return n;
}
KEEP static long ind_goto(const unsigned char *code)
{
	static const void *const table[] = {&&stop, &&add, &&sub, &&mul, &&call};
	long r = one;

	goto *table[*code++];
add:
	r += 3;
	goto *table[*code++];
sub:
	r -= 1;
	goto *table[*code++];
mul:
	r *= two;
	goto *table[*code++];
call:
	r = jump_deep(r);
	goto *table[*code++];
stop:
	return r;
}

/* The code that names this table names the last entry of the one above. */
KEEP static long ind_goto_before(const unsigned char *code)
{
	static const void *const table[] = {&&stop, &&add, &&call};
	long r = two;

	goto *table[*code++ - 1];
add:
	r += 7;
	goto *table[*code++ - 1];
call:
	r = jump_deep(r);
	goto *table[*code++ - 1];
stop:
	return r;
}

void run_jump(void)
{
	static const unsigned char code[] = {1, 2, 3, 4, 1, 0}, before[] = {2, 3, 2, 1};

	for (long i = -1; i <= 10; i++)
		sink += jump_switch(i);
	for (unsigned i = 0; i < 9; i++)
		sink += jump_dense(i);
	sink += jump_string("abcdefgzq") + ind_goto(code) + ind_goto_before(before);
}
