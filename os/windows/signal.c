/* Exceptions, and what takes the place of a signal that a thread sends: it stops the other
 * one, and a call that it queues to it ends a wait. All handlers run on m->gsignal. */
#include "windows.h"

const char *signame(int32_t sig)
{
	switch ((uint32_t)sig) {
	case 0xc0000005: /* EXCEPTION_ACCESS_VIOLATION */
	case 0xc00000fd: /* EXCEPTION_STACK_OVERFLOW: of the system's stack */
		return "SIGSEGV: bad memory access";
	case 0xc0000006: /* EXCEPTION_IN_PAGE_ERROR */
		return "SIGBUS: bus error";
	case 0xc000001d: /* EXCEPTION_ILLEGAL_INSTRUCTION */
	case 0xc0000096: /* EXCEPTION_PRIV_INSTRUCTION */
		return "SIGILL: illegal instruction";
	case 0xc000008e ... 0xc0000095: /* EXCEPTION_FLT_DIVIDE_BY_ZERO to EXCEPTION_INT_OVERFLOW */
		return "SIGFPE: arithmetic fault";
	}
	return 0;
}

bool isprofsig(int32_t sig)
{
	return sig == windows_Profiling;
}

uintptr_t sigpc(void *ctx)
{
	return *(uintptr_t *)((char *)ctx + ContextPC);
}

uintptr_t sigsp(void *ctx)
{
	return *(uintptr_t *)((char *)ctx + ContextSP);
}

/* The system calls it on the stack that the exception happened on, below what it keeps of
 * it there: EXCEPTION_RECORD, whose code is first, and CONTEXT. */
WINAPI NOSPLIT static int32_t caught(void **exception)
{
	int32_t sig = *(int32_t *)exception[0];
	struct g *gp;

	STACK_ROOT(caught, 512 /* of StackSystem */);
	if (!signame(sig))
		return 0; /* EXCEPTION_CONTINUE_SEARCH: of the system's own, or a debugger's */
	__asm__ volatile("mov " STRING(G_OPERAND) ", %0" : "=r"(gp));
	if (!gp)
		badsignal(sig);
	windows_onstack(gp->m->gsignaltop.lowest + gp->m->gsignaltop.size, sig, exception[0], exception[1]);
	return 0; /* not reached: nobody comes back from a fault */
}

void siginit(void)
{
	if (!ONG0(AddVectoredExceptionHandler, true, A(caught)))
		throw("siginit: AddVectoredExceptionHandler failed");
}

/* One thread at a time stops another one: so no two stop each other for ever, nobody's gsignal
 * has two handlers, and nobody is stopped while it ends (Wine 8.0 then ends all on 386). */
static uint32_t stopping;

__attribute__((always_inline)) NOSPLIT static inline void lockstop(void)
{
	while (!cas(&stopping, 0, 1))
		CALL(SwitchToThread, 0);
}

/* On g0. From now on nobody stops mp. */
intptr_t windows_quiet(void *arg)
{
	struct m *mp = arg;

	STACK_ROOT(windows_quiet, StackReserve);
	lockstop();
	mp->tls[TlsProf] = mp->tls[TlsBegun] = false;
	atomicstore(&stopping, 0);
	return 0;
}

/* A signal for mp, if it wants any: the thread stands still meanwhile, and this one is its M
 * and on its gsignal. No call that may wait for a lock, which the other one may hold. Nosplit,
 * on g0, as its callers: it is nobody. */
__attribute__((always_inline)) NOSPLIT static inline void deliver(struct m *mp, int32_t sig, uintptr_t *wanted)
{
	char ctx[ContextSize] __attribute__((aligned(16)));
	struct g *self = getg();
	uintptr_t h = HANDLE(mp->procid), sp = mp->gsignaltop.lowest + mp->gsignaltop.size;

	lockstop();
	if (atomicloadp(wanted) && mp != getm() && (uint32_t)CALL(SuspendThread, h) != ~0u) {
		*(uint32_t *)(ctx + ContextFlags) = ContextControl;
		/* It may not want it any more, or be on gsignal with a fault. */
		if (atomicloadp(wanted) && (int32_t)CALL(GetThreadContext, h, A(ctx)) && sp - sigsp(ctx) >= mp->gsignaltop.size) {
			settlsg(mp->g0);
			windows_onstack(sp, sig, 0, ctx);
			settlsg(self);
		}
		CALL(ResumeThread, h);
	}
	atomicstore(&stopping, 0);
}

intptr_t windows_sample(void *mp)
{
	STACK_ROOT(windows_sample, StackReserve);
	deliver(mp, windows_Profiling, &((struct m *)mp)->tls[TlsProf]);
	return 0;
}

/* What is queued ends an alertable wait: a function of one argument that does nothing else. */
NOSPLIT static intptr_t interrupt(void *mp)
{
	STACK_ROOT(interrupt, StackReserve);
	deliver(mp, 0, &((struct m *)mp)->tls[TlsBegun]);
	return CALL(QueueUserAPC, windows_GetStdHandle, HANDLE(((struct m *)mp)->procid), 0);
}

void signalm(struct m *mp)
{
	asmcgocall(interrupt, mp);
}
