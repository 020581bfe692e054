/* The program is dead, and says so, also when the last to wait is a goroutine locked to its
 * thread, long after sysmon has looked for the first time. */
#include "test.h"

TEST("P26")
{
	usleep(200000);
	lockOSThread();
	THROWS("all goroutines are asleep");
	park(0, 0, "for ever, on its thread");
}
