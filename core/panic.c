/* The end: a message, the stack across its segments, exit status 2.
 *
 * The trace needs no frame pointers: each function's record (struct funcrec)
 * says how far its caller's sp is, and the word below that holds the return
 * address on every arch. All of it is nosplit: a throw comes from anywhere. But a
 * chain of nosplit functions has little room, so throw itself does next to nothing:
 * the rest runs on g0's stack, or where it is if that is g0 or gsignal. Those have
 * StackReserve bytes below their guard for it.
 */
#include "rt.h"

extern const struct funcrec __start_portkit_stack[], __stop_portkit_stack[];

static uint32_t throwing;

/* The function that starts last at or before pc. */
const struct funcrec *findfunc(uintptr_t pc)
{
	const struct funcrec *best = 0;

	for (const struct funcrec *f = __start_portkit_stack; f < __stop_portkit_stack; f++)
		if (f->addr <= pc && (!best || f->addr > best->addr))
			best = f;
	return best;
}

/* The segment of gp that holds sp; g0 and gsignal have one. */
NOSPLIT static struct stktop *segmentof(struct g *gp, uintptr_t sp)
{
	struct stktop *top = gp->stackbase;

	while (top && (sp < top->lowest || sp > top->lowest + top->size))
		top = top->prev;
	return top;
}

/* The next frame outward; false at the end of the stack. */
NOSPLIT static bool callerframe(struct stktop **top, uintptr_t *pc, uintptr_t *sp)
{
	const struct funcrec *f = findfunc(*pc - 1);
	uintptr_t cfa;

	if (!*top || !f || f->kind & FuncDynamic)
		return false;
	cfa = *sp + f->frame;
	if (cfa - PtrSize < (*top)->lowest || cfa > (*top)->lowest + (*top)->size)
		return false;
	*pc = ((uintptr_t *)cfa)[-1];
	*sp = cfa;
	if (*pc == (uintptr_t)lessstack) {
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

void traceback(struct g *gp, uintptr_t pc, uintptr_t sp)
{
	STACK_ROOT(traceback, StackReserve);
	struct stktop *top = segmentof(gp, sp), *was;
	const struct funcrec *f;
	uint32_t n = 0;

	if (!top) { /* foreign code, or a signal in the scheduler: g0's stack */
		gp = gp->m->g0;
		top = segmentof(gp, sp);
	}
	was = top;
	prints(gp == gp->m->g0 ? "g0 of thread " : "goroutine ");
	printu(gp == gp->m->g0 ? gp->m->id : gp->goid);
	prints(":\n");
	do {
		f = findfunc(pc - 1);
		if (top != was)
			prints("  --- segment ---\n");
		was = top;
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
		if (++n == 100) {
			prints("  ...\n");
			break;
		}
	} while (callerframe(&top, &pc, &sp));
	if (f && f->kind & FuncDynamic)
		prints("  (the frame of the last one is not a constant: the trace ends)\n");
}

NOSPLIT static intptr_t throw0(void *arg)
{
	struct g *gp = arg;
	struct m *mp = gp->m;

	STACK_ROOT(throw0, StackReserve);
	if (xadd(&throwing, 1) > 1)
		osexit(2); /* the trace itself failed, or a second thread throws */
	prints("fatal error: ");
	prints(mp->thrown);
	prints("\n");
	traceback(gp, mp->thrownpc, mp->thrownsp);
	if (gp == mp->g0 && mp->curg) {
		struct g *cur = mp->curg;
		traceback(cur, cur->sched.pc, cur->sched.sp);
	}
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
