/* Who has stopped the world may not make a system call, for which its P would have to stop
 * as well: entersyscall throws, and says why. */
#include "test.h"

static void other(void *arg)
{
	(void)arg;
	for (;;)
		gosched();
}

NOSPLIT static void call(void)
{
	entersyscall();
	usleep(50000);
	exitsyscall();
}

TEST("Y09")
{
	gomaxprocs(2);
	newproc(other, 0);
	newproc(other, 0);
	for (uint32_t i = 0; i < 20; i++) {
		stoptheworld();
		starttheworld();
		call();
	}
	stoptheworld();
	THROWS("entersyscall: the caller has stopped the world");
	call();
}
