/* Signals: sigaction(2), setitimer(2). All handlers run on m->gsignal. */
#include "linux.h"

enum { SIGILL = 4, SIGBUS = 7, SIGFPE = 8, SIGSEGV = 11, SIGURG = 23, SIGPROF = 27 };

enum { SA_SIGINFO = 4, SA_RESTORER = 0x04000000, SA_ONSTACK = 0x08000000 };

/* Of the kernel, not of a libc; mask as two words so that no arch pads it. */
struct sigaction {
	void (*handler)(void);
	uintptr_t flags;
	void (*restorer)(void);
	uint32_t mask[2];
};

void siginit(void)
{
	static const uint8_t caught[] = { SIGILL, SIGBUS, SIGFPE, SIGSEGV, SIGURG, SIGPROF };
	struct sigaction sa = { sigtramp, SA_SIGINFO | SA_ONSTACK | SA_RESTORER, linux_restorer, { ~0u, ~0u } };

	/* No SA_RESTART: whoever sleeps must bear EINTR anyway. */
	for (uint32_t i = 0; i < sizeof caught; i++)
		if (SYS4(SYS_rt_sigaction, caught[i], &sa, 0, sizeof sa.mask) < 0)
			throw("siginit: rt_sigaction failed");
}

bool isprofsig(int32_t sig)
{
	return sig == SIGPROF;
}

const char *signame(int32_t sig)
{
	switch (sig) {
	case SIGILL:
		return "SIGILL: illegal instruction";
	case SIGBUS:
		return "SIGBUS: bus error";
	case SIGFPE:
		return "SIGFPE: arithmetic fault";
	case SIGSEGV:
		return "SIGSEGV: bad memory access";
	}
	return 0;
}

void signalm(struct m *mp)
{
	SYS(SYS_tgkill, SYS(SYS_getpid, 0, 0, 0), mp->procid, SIGURG);
}

int32_t proftimer(int32_t hz)
{
	enum { ITIMER_PROF = 2 };
	intptr_t it[4]; /* seconds and microseconds of the interval, and of the first one */

	it[0] = it[2] = hz == 1;
	it[1] = it[3] = hz <= 1 ? 0 : timediv(1000000, hz, 0);
	return (int32_t)SYS(SYS_setitimer, ITIMER_PROF, it, 0);
}

uintptr_t sigpc(void *ctx)
{
	return *(uintptr_t *)((char *)ctx + UcontextPC);
}

uintptr_t sigsp(void *ctx)
{
	return *(uintptr_t *)((char *)ctx + UcontextSP);
}
