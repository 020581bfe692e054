/* A program is dead, and says so, if the last to wait is a goroutine that is locked to its
 * thread, long after sysmon has looked: else it waits for ever. */
#include "test.h"

TEST("P26")
{
	usleep(100000);
	lockOSThread();
	THROWS("all goroutines are asleep");
	park(0, 0, "for ever, on its thread");
}
