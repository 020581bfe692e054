/* cpuprofile: the samples name the functions that use processor time, innermost first
 * and across segments, down to the start of the goroutine, in proportion to what they
 * use; and none comes after it was ended. */
#include "test.h"

enum { Hz = 1000, Want = 60 };

static uint32_t total, heavy, light, whole, across;
static uint32_t length = 100000; /* of burnlight; another one each time, so that no sampler keeps step */

/* May take no lock, and must not split: it runs on gsignal. */
NOSPLIT static bool isfunc(uintptr_t pc, const char *name)
{
	const struct funcrec *f = findfunc(pc - 1);
	const char *a = f ? f->name : "";

	while (*a && *a == *name)
		a++, name++;
	return *name == 0 && (*a == 0 || *a == '.');
}

NOSPLIT static void sample(uintptr_t *pcs, uint32_t n)
{
	bool h = false, l = false, outer = false;

	xadd(&total, 1);
	for (uint32_t i = 0; i < n; i++) {
		h |= isfunc(pcs[i], "burnheavy");
		l |= isfunc(pcs[i], "burnlight");
		outer |= isfunc(pcs[i], "outer");
	}
	if (h)
		xadd(&heavy, 1);
	if (l)
		xadd(&light, 1);
	if ((h || l) && outer)
		xadd(&across, 1);
	if (n > 0 && isfunc(pcs[n - 1], "gostart"))
		xadd(&whole, 1);
}

/* Called at the end, so that whoever burns has its return address on the stack. */
__attribute__((noipa)) NOSPLIT static void last(void)
{
}

__attribute__((noipa)) static void burnheavy(void)
{
	for (volatile uint32_t i = 0; i < 3 * length; i++)
		;
	last();
	__asm__ volatile("");
}

__attribute__((noipa)) static void burnlight(void)
{
	for (volatile uint32_t i = 0; i < length; i++)
		;
	last();
	__asm__ volatile("");
}

/* Its frame does not fit a segment: what it calls is on another. */
__attribute__((noipa)) static int outer(int n)
{
	volatile char frame[2 * StackMin];

	frame[0] = (char)n;
	length = 50000 + (length * 1664525 + 1013904223) % 100000;
	burnheavy();
	burnlight();
	return frame[0];
}

TEST("G01")
{
	int64_t end = nanotime() + 20000000000;
	uint32_t late;

	EQ(cpuprofile(Hz, sample), 0, "cpuprofile");
	while (atomicload(&heavy) + atomicload(&light) < Want && nanotime() < end)
		outer(1);
	EQ(cpuprofile(0, 0), 0, "cpuprofile off");
	late = total;
	for (uint32_t i = 0; i < 20; i++)
		outer(1);
	EQ(total, late, "samples after the end");
	CHECK(heavy + light >= Want, "samples in the two functions");
	CHECK(heavy > light, "samples in proportion to what is used");
	CHECK(across * 10 >= (heavy + light) * 9, "samples that go on across the segments");
	CHECK(whole * 10 >= total * 8, "samples that reach the start of the goroutine");
}
