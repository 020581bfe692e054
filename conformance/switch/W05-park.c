/* park and ready: a parked goroutine does not run until it is readied; unlockf runs
 * on g0 once it can be readied, and may call the parking off. */
#include "test.h"

static struct g *sleeper;
static uint32_t woke, ong0seen, unlocked;
static struct mutex l;

static bool unlockf(struct g *gp, void *arg)
{
	ong0seen += getg() == getm()->g0 && gp->status == Gwaiting;
	unlock(arg);
	unlocked++;
	return true;
}

static bool never(struct g *gp, void *arg)
{
	(void)gp;
	*(uint32_t *)arg += 1;
	return false;
}

static void sleeps(void *arg)
{
	(void)arg;
	sleeper = getg();
	for (uint32_t i = 0; i < 100; i++) {
		lock(&l);
		park(unlockf, &l, "test");
		woke++;
	}
}

TEST("W05")
{
	uint32_t off = 0;

	newproc(sleeps, 0);
	for (uint32_t i = 0; i < 100; i++) {
		while (unlocked == i)
			gosched();
		for (uint32_t k = 0; k < 5; k++)
			gosched();
		EQ(woke, i, "wakeups before ready");
		ready(sleeper);
		while (woke == i)
			gosched();
	}
	EQ(ong0seen, 100, "unlockf on g0 with the goroutine waiting");
	park(never, &off, "called off");
	EQ(off, 1, "calls of an unlockf that calls it off");
}
