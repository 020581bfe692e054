/* Samples of a program that does hardly anything but take and give back segments go on
 * behind newstack and oldstack, to the start of the goroutine. */
#include "test.h"

enum { Hz = 1000, Want = 20 };

static uint32_t whole;

/* May take no lock, and must not split: it runs on gsignal. */
NOSPLIT static bool isfunc(uintptr_t pc, void (*fn)(void))
{
	const struct funcrec *f = findfunc(pc - 1);

	return f && f->addr == (uintptr_t)fn;
}

NOSPLIT static bool starts(uintptr_t pc)
{
	const struct funcrec *f = findfunc(pc - 1);

	return f && strafter(f->name, "gostart", 0);
}

NOSPLIT static void sample(uintptr_t *pcs, uint32_t n)
{
	bool split = false;

	/* Not where it is in __morestack itself: that has no frame that a trace knows. */
	for (uint32_t i = 1; i < n; i++)
		split |= isfunc(pcs[i], __morestack);
	if (split && starts(pcs[n - 1]))
		xadd(&whole, 1);
}

/* Each is on a segment of its own, of which but one stays as a spare. */
__attribute__((noipa)) static int large(int n)
{
	volatile char frame[StackMin * 7 / 8];

	frame[0] = (char)n;
	return frame[0];
}

__attribute__((noipa)) static int small(int n)
{
	volatile char frame[StackMin * 7 / 8];

	frame[0] = (char)n;
	return large(n) + frame[0];
}

/* With a first segment that has no room for either. */
static void burns(void *arg)
{
	int64_t end = nanotime() + 60000000000;

	while (atomicload(&whole) < Want && nanotime() < end)
		for (uint32_t i = 0; i < 10000; i++)
			small(1);
	atomicstore(arg, 1);
}

TEST("G06")
{
	uint32_t ended = 0;

	EQ(cpuprofile(Hz, sample), 0, "cpuprofile");
	newproc(burns, &ended);
	while (!atomicload(&ended))
		tsleep(10000000, "for the samples");
	EQ(cpuprofile(0, 0), 0, "cpuprofile off");
	CHECK(whole >= Want, "samples in splits that reach the start of the goroutine");
}
