/* A signal changes at most StackSystem bytes below the sp that it meets, which is why every
 * segment has as many below its guard: handlers run on gsignal, and where the system reports
 * on the stack that runs, it takes no more than that. */
#include "test.h"

enum { Hz = 1000, Rounds = 50, Own = 64 /* the frame of who looks, at most */, Area = StackSystem + StackSmall, Pattern = 0xa5 };

static volatile uint32_t samples;

NOSPLIT static void sample(uintptr_t *pcs, uint32_t n)
{
	(void)pcs;
	(void)n;
	samples++;
}

/* The least byte below here that is another one after the next signal. No call in between: that
 * would use the same bytes. The guard leaves room for all of Area. */
__attribute__((noipa)) static uint32_t changed(void)
{
	volatile uint32_t here = samples;
	volatile uint8_t *low = (volatile uint8_t *)((uintptr_t)&here - Own - Area);
	uint32_t i;

	for (i = 0; i < Area; i++)
		low[i] = Pattern;
	while (samples == here)
		;
	for (i = 0; i < Area && low[i] == Pattern; i++)
		;
	return Area - i;
}

TEST("G07")
{
	uint32_t most = 0, n;

	EQ(cpuprofile(Hz, sample), 0, "cpuprofile");
	for (uint32_t i = 0; i < Rounds; i++) {
		n = changed();
		most = n > most ? n : most;
	}
	EQ(cpuprofile(0, 0), 0, "cpuprofile off");
	BETWEEN(most, 0, StackSystem, "bytes below sp that a signal changes");
}
