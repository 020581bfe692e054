/* A split that was allowed in syscall status because a lock was held leaves the guard as
 * it has to be: when the lock is given up the next split throws. */
#include "sched.h"
#include "test.h"

__attribute__((noipa)) static int splits(int n)
{
	volatile char frame[300];

	frame[0] = (char)n;
	return frame[0];
}

TEST("Y11")
{
	THROWS("stack split during syscall");
	lock(&sched.lock); /* this one, so that sysmon does not take the P meanwhile */
	entersyscall();
	splits(1);
	splits(2);
	unlock(&sched.lock);
	splits(3);
	exitsyscall();
}
