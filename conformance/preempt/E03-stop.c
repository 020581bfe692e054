/* stoptheworld stops goroutines that never give way, but call functions, also while
 * they go into and come out of system calls and locks all the time; and they go on. */
#include "test.h"

enum { Hogs = 6, Stops = 40 /* the caller waits for its turn each time */ };

static volatile uint32_t stop;
static uint32_t counts[Hogs], ended;
static struct mutex l;

__attribute__((noipa)) static uint32_t work(uint32_t a)
{
	volatile char frame[200];

	frame[0] = (char)a;
	return a + 1 + (uint32_t)(frame[0] != (char)a);
}

static void hog(void *arg)
{
	uint32_t *count = arg, kind = (uint32_t)(count - counts) % 3, n = 0;

	while (!stop) {
		n = work(n);
		if (kind == 1) {
			entersyscall();
			exitsyscall();
		} else if (kind == 2) {
			lock(&l);
			unlock(&l);
		}
		*(volatile uint32_t *)count = n;
	}
	xadd(&ended, 1);
}

TEST("E03")
{
	uint32_t before[Hogs], moved = 0, stuck = 0;
	int64_t best = INT64_MAX;

	gomaxprocs(4);
	for (uint32_t i = 0; i < Hogs; i++)
		newproc(hog, &counts[i]);
	for (uint32_t i = 0; i < Stops; i++) {
		int64_t t = nanotime();
		stoptheworld();
		t = nanotime() - t;
		best = t < best ? t : best;
		memmove(before, counts, sizeof before);
		procyield(2000);
		for (uint32_t k = 0; k < Hogs; k++)
			moved += *(volatile uint32_t *)&counts[k] != before[k];
		starttheworld();
		tsleep(2000000, "let them run");
	}
	EQ(moved, 0, "goroutines that ran while the world was stopped");
	BETWEEN(best, 0, 20000000, "ns until the world had stopped, the best of all");
	for (uint32_t k = 0; k < Hogs; k++)
		stuck += counts[k] == 0;
	EQ(stuck, 0, "goroutines that never ran");
	stop = 1;
	while (atomicload(&ended) < Hogs)
		gosched();
}
