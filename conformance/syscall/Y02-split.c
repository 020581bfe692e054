/* A split in syscall status throws, whatever the room: the guard is poisoned. */
#include "sched.h"
#include "test.h"

__attribute__((noipa)) static int splits(int n)
{
	volatile char frame[300];

	frame[0] = (char)n;
	return frame[0];
}

TEST("Y02")
{
	entersyscall();
	exitsyscall();
	EQ(testguard(), getg()->stackbase->guard, "guard after exitsyscall");
	splits(1);
	lock(&sched.lock); /* this one, so that sysmon does not take the P: we could not wait for another */
	entersyscall();
	EQ(getg()->stackguard0, StackPreempt, "guard in syscall status");
	splits(2); /* allowed with a lock held */
	exitsyscall();
	unlock(&sched.lock);
	THROWS("stack split during syscall");
	entersyscall();
	splits(3);
	exitsyscall();
}
