/* sp is aligned as the ABI wants it wherever the kit calls C: a new goroutine, a
 * thread, a new segment, g0. */
#include "test.h"

static uint32_t done, wrong;

/* Nosplit, and its CFA is sp at the call. */
NOSPLIT NOINLINE static void look(void)
{
	if (getcallersp() & (StackAlign - 1))
		xadd(&wrong, 1);
	xadd(&done, 1);
}

/* gcc aligns the stack for calls that it cannot look through. */
static void (*volatile call)(void) = look;

static void entry(void *arg)
{
	(void)arg;
	call();
}

NOINLINE static void segment(int a, int b, int c, int d, int e, int f, int g_, int h)
{
	volatile char frame[6000];

	frame[0] = (char)(a + b + c + d + e + f + g_ + h);
	call();
}

TEST("A07")
{
	newproc(entry, 0);
	gosched();
	EQ(wrong, 0, "new goroutine");
	testthread(entry, 0);
	testjoin();
	EQ(wrong, 0, "new thread");
	segment(1, 2, 3, 4, 5, 6, 7, 8);
	EQ(wrong, 0, "new segment");
	ong0(entry, 0);
	EQ(wrong, 0, "g0");
	EQ(done, 4, "places looked at");
}
