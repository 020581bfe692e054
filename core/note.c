/* Sleeping, off g0, and waking: the waiting is done on g0's stack, because a goroutine may
 * have no room for it. Nosplit: between entersyscallblock and exitsyscall nothing
 * may split. */
#include "sched.h"

struct timed {
	struct note *note;
	int64_t ns;
};

NOSPLIT static intptr_t sleeping(void *arg)
{
	struct timed *t = arg;

	STACK_ROOT(sleeping, StackReserve);
	return notetsleep0(t->note, t->ns);
}

bool notetsleep(struct note *n, int64_t ns)
{
	struct timed t = { n, ns };
	struct m *mp = getm();

	if (getg() != mp->g0 && !mp->gcing)
		throw("notetsleep not on g0");
	return asmcgocall(sleeping, &t);
}

void notewakeupg(struct note *n)
{
	entersyscall();
	notewakeup(n);
	exitsyscall();
}

bool notetsleepg(struct note *n, int64_t ns)
{
	struct timed t = { n, ns };
	bool woken;

	if (getg() == getm()->g0)
		throw("notetsleepg on g0");
	entersyscallblock();
	woken = asmcgocall(sleeping, &t);
	exitsyscall();
	return woken;
}
