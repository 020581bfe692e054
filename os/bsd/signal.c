/* Signals: sigaction(2), setitimer(2). All handlers run on m->gsignal. */
#include "bsd.h"

void siginit(void)
{
	static const uint8_t caught[] = { SIGILL, SIGBUS, SIGFPE, SIGSEGV, SIGURG, SIGPROF };

	/* No SA_RESTART: whoever sleeps must bear EINTR anyway. */
	for (uint32_t i = 0; i < sizeof caught; i++)
		if (bsd_catch(caught[i], sigtramp, SA_SIGINFO | SA_ONSTACK) < 0)
			throw("siginit: sigaction failed");
	/* Where a kernel is older a call that it has not got raises it, besides the error. */
	bsd_catch(SIGSYS, SIG_IGN, 0);
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
	bsd_kill(mp, SIGURG);
}

int32_t proftimer(int32_t hz)
{
	enum { ITIMER_PROF = 2 };
	const struct {
		bsd_time sec;
		bsd_usec usec;
	} every = { hz == 1, hz <= 1 ? 0 : timediv(1000000, hz, 0) }, it[] = { every, every }; /* interval, and the first one */

	return (int32_t)bsd_setitimer(ITIMER_PROF, it, 0);
}

uintptr_t sigpc(void *ctx)
{
	return *(uintptr_t *)(BSD_CONTEXT(ctx) + ContextPC);
}

uintptr_t sigsp(void *ctx)
{
	return *(uintptr_t *)(BSD_CONTEXT(ctx) + ContextSP);
}
