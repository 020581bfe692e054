/* The end: a message, the stack of who threw, all other goroutines, exit status 2.
 *
 * throw may be called where hardly any stack is left, so it needs next to none, and
 * prints on g0's, or where it is if that is g0 or gsignal. Those have StackReserve
 * bytes below their guard for it.
 */
#include "sched.h"

static uintptr_t dying; /* the M that reports */

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

/* Whoever comes second must not cut the report short: it waits for the end, which
 * it brings about itself if the first one got stuck. */
void firsttodie(void)
{
	enum { Patience = 100 /* times 100 ms */ };
	uintptr_t me = (uintptr_t)getm();

	if (casp(&dying, 0, me))
		return;
	if (atomicloadp(&dying) == me) /* what it reads changes: the others run on */
		prints("\n(the report ends here: it ran into a fault)\n");
	for (uint32_t i = 0; i < Patience && atomicloadp(&dying) != me; i++)
		usleep(100000);
	osexit(2); /* or the report itself has failed */
}

/* All that there is to say of the goroutines, of which gp comes first. */
void dopanic(struct g *gp, uintptr_t pc, uintptr_t sp)
{
	struct m *mp = gp->m;
	struct g *curg = mp->curg;

	STACK_ROOT(dopanic, StackReserve);
	traceback(gp, pc, sp);
	if (gp == mp->gsignal) {
		pc = mp->sigpc + 1; /* not a return address, but looked up as one */
		sp = mp->sigsp;
		traceback(curg ? curg : mp->g0, pc, sp);
	}
	if (curg && !insegment(curg, sp)) {
		prints("goroutine ");
		printu(curg->goid);
		prints(":\n");
		tracestopped(curg);
	}
	traceothers(curg);
	osexit(2);
}

NOSPLIT static intptr_t throw0(void *arg)
{
	struct g *gp = arg;
	struct m *mp = gp->m;

	STACK_ROOT(throw0, StackReserve);
	firsttodie();
	prints("fatal error: ");
	prints(mp->thrown);
	prints("\n");
	dopanic(gp, mp->thrownpc, mp->thrownsp);
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
