/* 100,000 goroutines live at once, each on a stack of its own with its own data,
 * and all of them end. */
#include "test.h"

enum { N = 100000 };

static struct g *gs[N];
static uint32_t started, sum, wrong;

static void one(void *arg)
{
	volatile uintptr_t mine = (uintptr_t)arg; /* on this stack while we wait */

	gs[mine] = getg();
	started++;
	park(0, 0, "test");
	if (mine != (uintptr_t)arg || gs[mine] != getg())
		wrong++;
	sum++;
}

TEST("K03")
{
	for (uint32_t i = 0; i < N; i++)
		newproc(one, (void *)(uintptr_t)i);
	while (started < N)
		gosched();
	EQ(gcount(), N + 1, "goroutines alive");
	for (uint32_t i = 0; i < N; i++)
		ready(gs[i]);
	while (sum < N)
		gosched();
	EQ(wrong, 0, "goroutines that found other data on their stack");
	gosched();
	EQ(gcount(), 1, "goroutines left");
}
