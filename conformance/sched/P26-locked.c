/* A program is dead, and says so, if the last to wait is a goroutine that is locked to its
 * thread, long after sysmon has looked. If it does not, the kernel ends it by a signal. */
#include "kernel.h"
#include "test.h"

TEST("P26")
{
	const intptr_t limit[] = { 0, 0, 10, 0 }; /* interval, and 10 s */

	EQ(SYS(SYS_setitimer, 0, limit, 0), 0, "setitimer(ITIMER_REAL)");
	usleep(100000);
	lockOSThread();
	THROWS("all goroutines are asleep");
	park(0, 0, "for ever, on its thread");
}
