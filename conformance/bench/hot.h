/* The subject of the split measurements, one text for the kit and for its peer,
 * gcc's own -fsplit-stack (libgcc.c): functions that check the stack, and a loop
 * that calls one of them either with room or where each call splits.
 *
 * The includer defines
 *   NOSPLIT NOINLINE  attributes
 *   stacklimit()	the address below which sp makes a check fail
 */
#ifndef BENCH_HOT_H
#define BENCH_HOT_H

#include <stdbool.h>
#include <stdint.h>

enum { Near = 48 }; /* how close deep comes to the limit, at most */

static volatile uint32_t coldcalls; /* not 0: callees call cold, which a run never does */
static uintptr_t seen;		    /* the limit that a callee found */

NOSPLIT __attribute__((noipa)) static void cold(void)
{
	seen = stacklimit();
}

/* Calls something, so it is no leaf and checks the stack; in a run it returns at
 * once. */
__attribute__((noipa)) static uint32_t callee(void)
{
	if (coldcalls)
		cold();
	return 1;
}

/* With four argument words on the stack, on amd64 too. */
__attribute__((noipa)) static uint32_t argcallee(uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, uintptr_t e,
						 uintptr_t f, uintptr_t g1, uintptr_t h, uintptr_t i, uintptr_t j)
{
	if (coldcalls)
		cold();
	(void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g1, (void)h;
	return (uint32_t)(i + j);
}

/* Nosplit, because it must stay where deep put it. Its frame takes sp over the
 * limit for the callee: Near and a little more. */
NOSPLIT __attribute__((noipa)) static uint32_t calls(uint32_t n)
{
	volatile uintptr_t frame[Near / sizeof(uintptr_t) + 2];
	uint32_t sum = 0;

	frame[0] = n;
	while (n-- > 0)
		sum += callee();
	return sum + (uint32_t)frame[0];
}

NOSPLIT __attribute__((noipa)) static uint32_t argcalls(uint32_t n)
{
	volatile uintptr_t frame[Near / sizeof(uintptr_t) + 2];
	uint32_t sum = 0;

	frame[0] = n;
	while (n-- > 0)
		sum += argcallee(1, 2, 3, 4, 5, 6, 7, 8, 0, 1);
	return sum + (uint32_t)frame[0];
}

/* Runs fn(n) where at most Near bytes are left above the limit. */
__attribute__((noipa)) static void deep(uint32_t (*fn)(uint32_t), uint32_t n)
{
	volatile uintptr_t here;

	if ((intptr_t)((uintptr_t)&here - stacklimit()) > Near)
		deep(fn, n);
	else
		fn(n);
	here = 0; /* no tail call */
}

/* Does a call in fn split, with room and in deep? A measurement of something
 * else would be worthless. */
NOSPLIT __attribute__((noipa)) static bool splits(uint32_t (*fn)(uint32_t))
{
	bool room, hot;

	coldcalls = 1;
	fn(1);
	room = seen == stacklimit();
	deep(fn, 1); /* now there is a spare segment */
	hot = seen != stacklimit();
	coldcalls = 0;
	return room && hot;
}

#endif
