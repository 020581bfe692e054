/* The end: a message, the stack of who threw, all other goroutines, exit status 2.
 *
 * throw may be called where hardly any stack is left, so it needs next to none, and
 * prints on g0's, or where it is if that is g0 or gsignal. Those have StackReserve
 * bytes below their guard for it.
 */
#include "sched.h"

static uint32_t throwing;

/* In the order of the enum in rt.h. */
static const char *const states[] = { "idle", "runnable", "running", "in a system call", "waiting", "dead" };

NOSPLIT static void traceother(struct g *gp)
{
	uint32_t status = atomicload(&gp->status);

	prints("\ngoroutine ");
	printu(gp->goid);
	prints(" [");
	prints(status == Gwaiting && gp->waitreason ? gp->waitreason : states[status]);
	if (gp->background)
		prints(", background");
	if (gp->lockedm)
		prints(", locked to its thread");
	prints("]:\n");
	if (status == Grunning) {
		/* Its registers are in another processor. */
		prints("  on thread ");
		printu(gp->m->id);
		prints(" now\n");
	} else {
		tracestopped(gp);
	}
}

NOSPLIT static void traceothers(struct g *me)
{
	enum { Max = 100 };
	uint32_t n = 0;

	for (struct g *gp = gnext(0); gp; gp = gnext(gp)) {
		uint32_t status = atomicload(&gp->status);
		if (gp == me || status == Gidle || status >= Gdead)
			continue;
		if (n++ < Max)
			traceother(gp);
	}
	if (n > Max) {
		prints("\nand ");
		printu(n - Max);
		prints(" goroutines more\n");
	}
}

NOSPLIT static intptr_t throw0(void *arg)
{
	struct g *gp = arg;
	struct m *mp = gp->m;
	struct g *curg = mp->curg;

	STACK_ROOT(throw0, StackReserve);
	if (xadd(&throwing, 1) > 1)
		osexit(2); /* the trace itself failed, or a second thread throws */
	prints("fatal error: ");
	prints(mp->thrown);
	prints("\n");
	traceback(gp, mp->thrownpc, mp->thrownsp);
	if (curg && curg != gp) {
		prints("goroutine ");
		printu(curg->goid);
		prints(":\n");
		tracestopped(curg);
	}
	traceothers(curg);
	osexit(2);
}

void throw(const char *s)
{
	struct g *gp = getg();
	struct m *mp = gp->m;

	mp->thrown = s;
	mp->thrownpc = getcallerpc();
	mp->thrownsp = getcallersp();
	asmcgocall(throw0, gp);
	__builtin_trap();
}
