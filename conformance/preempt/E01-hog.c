/* A goroutine that never gives way, but calls functions, is preempted after 10 ms or
 * so: others run on the only P, and it goes on where it was. */
#include "test.h"

static volatile uint32_t stop;
static uint32_t sum, ended, gaveup;

__attribute__((noipa)) static uint32_t work(uint32_t a, uint32_t b)
{
	volatile char frame[200];

	frame[0] = (char)a;
	return a + b + (uint32_t)(frame[0] != (char)a);
}

/* Gives up if no other goroutine ran here for 8 s, 800 times as long as it may. */
static void hog(void *arg)
{
	uint32_t n = 0, tick = 0;
	int64_t since = 0;

	while (!stop) {
		struct p *pp = getm()->p;
		n = work(n, 1);
		if (pp->schedtick != tick || since == 0) {
			tick = pp->schedtick;
			since = nanotime();
		} else if (n % 1024 == 0 && nanotime() - since > 8000000000) {
			gaveup++;
			break;
		}
	}
	sum += n > 0;
	(void)arg;
	ended++;
}

TEST("E01")
{
	int64_t start = nanotime(), best = INT64_MAX;

	newproc(hog, 0);
	newproc(hog, 0);
	for (uint32_t i = 0; i < 10 && !gaveup; i++) {
		int64_t t = nanotime();
		gosched(); /* both run for a slice */
		t = nanotime() - t;
		if (t < best)
			best = t;
	}
	EQ(gaveup, 0, "goroutines that ran for 8 s and were not preempted");
	BETWEEN(best, 10000000, 200000000, "ns that two goroutines ran before it was our turn");
	BETWEEN(nanotime() - start, 100000000, 20000000000, "ns in all");
	stop = 1;
	gosched();
	gosched();
	EQ(ended, 2, "goroutines that went on where they were");
	EQ(sum, 2, "their results");
}
