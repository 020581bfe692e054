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
	if (isprofsig(sig)) {
		xadd(&nsigprof, 1);
		if (hook)
			hook(sigpc(ctx), sigsp(ctx));
		sigprof(sigpc(ctx), sigsp(ctx));
		return;
	}
	if (!signame(sig)) {
		xadd(&nsigother, 1);
		return;
	}
	prints("fatal error: ");
	prints(signame(sig));
	prints(" at pc=");
	printx(sigpc(ctx));
	prints("\n");
	/* pc + 1: callers look up pc - 1, as for return addresses. */
	traceback(gp, sigpc(ctx) + 1, sigsp(ctx));
	osexit(2);
}
