/* Exceptions, on m->gsignal; and what takes the place of a signal that a thread sends: a
 * call that is queued to the other one (QueueUserAPC) and ends its alertable wait. */
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

WINAPI NOSPLIT static void interrupted(uintptr_t arg)
{
	(void)arg;
	xadd(&nsigother, 1);
}

void signalm(struct m *mp)
{
	ONG0(QueueUserAPC, A(interrupted), HANDLE(mp->procid), 0);
}
