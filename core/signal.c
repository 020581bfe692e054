/* Signals, on gsignal. A handler takes no lock, because the interrupted code may
 * hold it, and does not touch the goroutine's stack. */
#include "sched.h"

void (*sigprofhook)(uintptr_t pc, uintptr_t sp);
uint32_t nsigprof, nsigother;

/* Nosplit: no g. What others do with their signals is theirs; ours are process-wide. */
void badsignal(int32_t sig)
{
	STACK_ROOT(badsignal, StackReserve);
	if (isprofsig(sig) || !signame(sig))
		return;
	prints("fatal error: ");
	prints(signame(sig));
	prints(" on a thread that is not the runtime's\n");
	osexit(2);
}

void sighandler(int32_t sig, void *info, void *ctx)
{
	struct m *mp = getm();
	struct g *gp = mp->curg ? mp->curg : mp->g0;
	void (*hook)(uintptr_t, uintptr_t) = sigprofhook;

	(void)info;
	mp->sigpc = sigpc(ctx);
	mp->sigsp = sigsp(ctx);
	if (isprofsig(sig)) {
		xadd(&nsigprof, 1);
		if (hook)
			hook(mp->sigpc, mp->sigsp);
		sigprof(mp->sigpc, mp->sigsp);
		return;
	}
	if (!signame(sig)) {
		xadd(&nsigother, 1);
		return;
	}
	firsttodie();
	prints("fatal error: ");
	prints(signame(sig));
	prints(" at pc=");
	printx(mp->sigpc);
	prints("\n");
	/* pc + 1: callers look up pc - 1, as for return addresses. */
	dopanic(gp, mp->sigpc + 1, mp->sigsp);
}
