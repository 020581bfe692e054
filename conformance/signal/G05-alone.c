/* Who runs alone on another thread, and never gives way but calls functions, is profiled
 * soon after cpuprofile was called. */
#include "test.h"

static struct g *hog;
static uint32_t running, sampled, stop, ended;

NOSPLIT static void sample(uintptr_t *pcs, uint32_t n)
{
	(void)pcs;
	(void)n;
	if (getm()->curg == hog)
		atomicstore(&sampled, 1);
}

__attribute__((noipa)) static void call(void)
{
	volatile char frame[200];

	frame[0] = 1;
}

static void hogs(void *arg)
{
	(void)arg;
	hog = getg();
	atomicstore(&running, 1);
	while (!atomicload(&stop))
		call();
	atomicstore(&ended, 1);
}

TEST("G05")
{
	gomaxprocs(2);
	newproc(hogs, 0);
	testwait(&running, 1); /* on the other P: we do not give way */
	usleep(50000);
	EQ(cpuprofile(1000, sample), 0, "cpuprofile");
	EQ(testwait(&sampled, 1), true, "samples of who runs alone on another thread");
	atomicstore(&stop, 1);
	testwait(&ended, 1);
	EQ(cpuprofile(0, 0), 0, "cpuprofile off");
}
