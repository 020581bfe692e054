/* What the debugger test looks at: a chain of calls over three stack segments,
 * with and without stack arguments, then one hot split, and the switches. Every
 * argument is a constant of its own, so that a backtrace that prints another value
 * is wrong.
 */
#include "rt.h"

#define KEEP __attribute__((noipa)) static /* as written: no clones, no dropped arguments */

KEEP void touch(volatile char *p)
{
	*p = 1;
}

/* Stops here see the whole chain. */
KEEP void deepest(uint32_t n)
{
	__asm__ volatile("" : : "r"(n));
}

/* Its frame never fits behind middle's: the first call is a cold split, the second
 * a hot one. 20 argument words reach the stack on every arch. */
KEEP uint32_t edge(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f, uint32_t g, uint32_t h)
{
	volatile char room[3000];

	touch(room);
	deepest(707);
	/* Not summed before that: gdb is to show them. */
	__asm__("" : "+rm"(a), "+rm"(b), "+rm"(c), "+rm"(d), "+rm"(e), "+rm"(f), "+rm"(g), "+rm"(h));
	return a + b + c + d + e + f + g + h;
}

KEEP uint32_t middle(uint32_t n, double x)
{
	volatile char room[3000];
	uint32_t sum = 0;

	touch(room);
	for (uint32_t i = 0; i < 3; i++)
		sum += edge(11, 12, 13, 14, 15, 16, 17, 18);
	return sum + n + (uint32_t)x;
}

KEEP uint32_t outer(uint32_t a, uint32_t b)
{
	return middle(505, 1.5) + a + b;
}

/* What reflectcall calls, with words on the stack everywhere. */
KEEP uint32_t reflected(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f, uint32_t g, uint32_t h)
{
	return a + b + c + d + e + f + g + h;
}

KEEP intptr_t foreign(void *arg)
{
	return arg == 0;
}

KEEP uintptr_t switches(void)
{
	uintptr_t words[8] = { 21, 22, 23, 24, 25, 26, 27, 28 };
	struct gobuf b;

	if (gosave(&b))
		throw("chain: gosave");
	reflectcall((void (*)(void))reflected, words, nelem(words));
	asmcgocall(foreign, 0);
	gosched();
	return words[0]; /* 196, and no call is the last thing here */
}

KEEP void begin(void *arg)
{
	if (outer(301, 302) == 0 || switches() != 196)
		throw("chain: a wrong result");
	*(uint32_t *)arg = 1;
}

void rtmain(void)
{
	uint32_t done = 0;

	newproc(begin, &done); /* whose first segment is a small one */
	while (atomicload(&done) == 0)
		gosched();
}
