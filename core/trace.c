/* Stack traces. They need no frame pointers: each function's record (struct funcrec)
 * says how far its caller's sp is, and where below that the return address lies. Nosplit,
 * because a throw comes from anywhere, and without locks, because a signal handler comes
 * while they are held.
 */
#include "sched.h"

/* The segment of gp that holds sp; g0 and gsignal have one. */
NOSPLIT static struct stktop *segmentof(struct g *gp, uintptr_t sp)
{
	struct stktop *top = gp->stackbase;

	while (top && (sp < top->lowest || sp > top->lowest + top->size))
		top = top->prev;
	return top;
}

bool insegment(struct g *gp, uintptr_t sp)
{
	return segmentof(gp, sp);
}

/* The next frame outward; false at the end of the stack. */
NOSPLIT static bool callerframe(struct stktop **top, uintptr_t *pc, uintptr_t *sp)
{
	const struct funcrec *f = findfunc(*pc - 1);
	uintptr_t cfa;

	/* __morestack calls newstack on g0, where its own frame is not. cgocallback's is
	 * a constant on the goroutine only, and leads to who called asmcgocall. */
	if (!*top || !f || f->kind & FuncDynamic || f->addr == (uintptr_t)__morestack ||
	    f->addr == (uintptr_t)sigtramp || /* the kernel called it */
	    (f->addr == (uintptr_t)cgocallback && *top == getm()->g0->stackbase))
		return false;
	cfa = *sp + f->frame;
	if (cfa - PtrSize < (*top)->lowest || cfa > (*top)->lowest + (*top)->size)
		return false;
	*pc = *(uintptr_t *)(cfa - (f->ret ? f->ret : PtrSize));
	*sp = cfa;
	if (*pc == (uintptr_t)lessstack && (*top)->prev) {
		/* Continue in the caller of the function that was split. */
		cfa = (*top)->oldsp + MoreRet + PtrSize;
		*pc = ((uintptr_t *)cfa)[-1];
		*sp = cfa;
		*top = (*top)->prev;
	}
	return *pc != 0;
}

uint32_t callers(struct g *gp, uintptr_t pc, uintptr_t sp, uintptr_t *pcs, uint32_t max)
{
	struct stktop *top = segmentof(gp, sp);
	uint32_t n = 0;

	while (n < max) {
		pcs[n++] = pc;
		if (!callerframe(&top, &pc, &sp))
			break;
	}
	return n;
}

/* The return address behind gp->sched.sp, while m->moving. */
uintptr_t movingpc(struct g *gp)
{
	return ((uintptr_t *)gp->sched.sp)[-1];
}

NOSPLIT static const struct funcrec *printframe(uintptr_t pc, uintptr_t sp)
{
	const struct funcrec *f = findfunc(pc - 1);

	prints("  ");
	prints(f ? f->name : "?");
	if (f) {
		prints("+");
		printx(pc - f->addr);
	}
	prints(" pc=");
	printx(pc);
	prints(" sp=");
	printx(sp);
	prints("\n");
	return f;
}

void tracestack(struct g *gp, uintptr_t pc, uintptr_t sp)
{
	struct stktop *top = segmentof(gp, sp), *was = top;
	const struct funcrec *f;
	uint32_t n = 0;

	STACK_ROOT(tracestack, StackReserve);
	do {
		if (top != was)
			prints("  --- segment ---\n");
		was = top;
		f = printframe(pc, sp);
		if (++n == 100) {
			prints("  ...\n");
			break;
		}
	} while (callerframe(&top, &pc, &sp));
	if (f && f->kind & FuncDynamic)
		prints("  (the frame of the last one is not a constant: the trace ends)\n");
}

/* A goroutine that does not run, from where it left; or the M's, while g0 runs. */
void tracestopped(struct g *gp)
{
	uintptr_t pc = gp->sched.pc, sp = gp->sched.sp;

	STACK_ROOT(tracestopped, StackReserve);
	if (gp->status == Gsyscall) {
		pc = gp->syscallpc;
		sp = gp->syscallsp;
	} else if (gp->status == Grunning && gp->m->moving) {
		if (gp->m->moving == Splitting)
			printframe(pc, sp); /* it splits: it has no frame yet */
		pc = movingpc(gp);
	} else if (pc == (uintptr_t)moreresume) {
		/* Preempted where it split: the caller of that. */
		sp = ((struct more *)sp)->oldsp + MoreRet + PtrSize;
		pc = ((uintptr_t *)sp)[-1];
	} else if (findfunc(pc) && findfunc(pc)->addr == pc) {
		const struct funcrec *f = findfunc((uintptr_t)gp->fn);
		prints("  about to start ");
		prints(f ? f->name : "?");
		prints("\n");
		return;
	}
	tracestack(gp, pc, sp);
}

void traceback(struct g *gp, uintptr_t pc, uintptr_t sp)
{
	struct m *mp = gp->m;

	STACK_ROOT(traceback, StackReserve);
	if (!segmentof(gp, sp)) /* foreign code, or a signal in the scheduler: g0's stack */
		gp = mp->g0;
	prints(gp == mp->g0 ? "g0 of thread " : gp == mp->gsignal ? "signal stack of thread " : "goroutine ");
	printu(gp == mp->g0 || gp == mp->gsignal ? mp->id : gp->goid);
	prints(":\n");
	tracestack(gp, pc, sp);
}
