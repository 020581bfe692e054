/* Start-up: the first thread becomes m0 with the first P, and runs rtmain. */
#include "foreign.h"

static void mainstart(void *arg)
{
	(void)arg;
	rtmain();
	osexit(0);
}

uint32_t wantedprocs(void)
{
	const char *s = osgetenv("GOMAXPROCS");
	uint32_t n = 0;

	for (; s && *s >= '0' && *s <= '9'; s++)
		if (n < MaxProcs)
			n = n * 10 + (uint32_t)(*s - '0');
	if (n == 0 || *s)
		return 1;
	return n < MaxProcs ? n : MaxProcs;
}

void schedinit(void)
{
	selfcheck();
	sortfuncs();
	lock(&sched.lock);
	procresize(wantedprocs());
	startps();
	unlock(&sched.lock);
	newm(sysmon, 0);
	if (hostthread)
		newextram(0);
}

void rtstart(uintptr_t *sp)
{
	enum { MainStack = 64 << 10 }; /* what we take of the stack that the OS gave */
	static char sigstack[SignalStack] __attribute__((aligned(16)));
	uintptr_t hi = getcallersp();

	STACK_ROOT(_start, StackReserve);
	STACK_ROOT(rtstart, StackReserve);
	/* No split function before osinit has made g known. */
	m0.g0->stackbase = &m0.g0top;
	m0.g0->m = m0.gsignal->m = &m0;
	osinit(sp);
	m0.g0->stackguard0 = hi - MainStack + StackGuard + StackReserve;
	setstacks(&m0, hi - MainStack, hi, (uintptr_t)sigstack);
	siginit();
	minit(&m0);
	schedinit();
	newprocsize(mainstart, 0, StackMin);
	schedule();
}
