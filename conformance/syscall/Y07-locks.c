/* With m->locks held exitsyscall comes back to a P that is free, and throws, and says
 * why, when there is none: it may not wait. */
#include "test.h"

static uint32_t runs;

static void hog(void *arg)
{
	(void)arg;
	for (;;)
		xadd(&runs, 1);
}

NOSPLIT static void holding(uint32_t others)
{
	struct m *mp = acquirem();

	entersyscallblock();
	while (atomicload(&runs) < others)
		usleep(1000);
	exitsyscall();
	releasem(mp);
}

TEST("Y07")
{
	for (uint32_t i = 0; i < 100; i++)
		holding(0);
	newproc(hog, 0);
	THROWS("exitsyscall: the P was taken, and m->locks is held");
	holding(1); /* the only P is the hog's now */
}
