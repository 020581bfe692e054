/* Exceptions, on m->gsignal; and what takes the place of a signal that a thread sends: a
 * call that is queued to the other one (QueueUserAPC) and ends its alertable wait. */
#include "windows.h"

static const struct {
	uint32_t code;
	const char *name;
} faults[] = {
	{ 0xc0000005, "SIGSEGV: bad memory access" }, /* EXCEPTION_ACCESS_VIOLATION */
	{ 0xc00000fd, "SIGSEGV: bad memory access" }, /* EXCEPTION_STACK_OVERFLOW: of the system's stack */
	{ 0x80000002, "SIGBUS: bus error" },	      /* EXCEPTION_DATATYPE_MISALIGNMENT */
	{ 0xc0000006, "SIGBUS: bus error" },	      /* EXCEPTION_IN_PAGE_ERROR */
	{ 0xc000001d, "SIGILL: illegal instruction" },/* EXCEPTION_ILLEGAL_INSTRUCTION */
	{ 0xc0000096, "SIGILL: illegal instruction" },/* EXCEPTION_PRIV_INSTRUCTION */
	{ 0xc0000094, "SIGFPE: arithmetic fault" },   /* EXCEPTION_INT_DIVIDE_BY_ZERO */
	{ 0xc0000095, "SIGFPE: arithmetic fault" },   /* EXCEPTION_INT_OVERFLOW */
	{ 0xc000008e, "SIGFPE: arithmetic fault" },   /* EXCEPTION_FLT_DIVIDE_BY_ZERO */
	{ 0xc0000090, "SIGFPE: arithmetic fault" },   /* EXCEPTION_FLT_INVALID_OPERATION */
	{ 0xc0000091, "SIGFPE: arithmetic fault" },   /* EXCEPTION_FLT_OVERFLOW */
};

const char *signame(int32_t sig)
{
	const char *name = 0;

	for (uint32_t i = 0; i < nelem(faults) && !name; i++)
		if (faults[i].code == (uint32_t)sig)
			name = faults[i].name;
	return name;
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

uintptr_t windows_signalstack(struct m *mp, uintptr_t sp)
{
	uintptr_t lowest = mp->gsignaltop.lowest, size = mp->gsignaltop.size;

	return (sp - lowest < size ? sp : lowest + size) & ~(uintptr_t)15;
}

/* The system calls it on the stack that the exception happened on, below what it keeps of
 * it there: EXCEPTION_RECORD, whose code is first, and CONTEXT. */
WINAPI NOSPLIT static int32_t caught(void **exception)
{
	enum { EXCEPTION_CONTINUE_SEARCH = 0 };
	int32_t sig = *(int32_t *)exception[0];
	struct g *gp;

	STACK_ROOT(caught, 512 /* of StackSystem */);
	if (!signame(sig))
		return EXCEPTION_CONTINUE_SEARCH; /* of the system's own, or a debugger's */
	__asm__ volatile("mov " STRING(G_OPERAND) ", %0" : "=r"(gp));
	if (!gp)
		badsignal(sig);
	windows_onstack(windows_signalstack(gp->m, (uintptr_t)__builtin_frame_address(0) - 512), sig, exception[0], exception[1]);
	return EXCEPTION_CONTINUE_SEARCH; /* not reached: nobody comes back from a fault */
}

static intptr_t install(void *arg)
{
	(void)arg;
	return windows_AddVectoredExceptionHandler(true, caught) != 0;
}

void siginit(void)
{
	if (!asmcgocall(install, 0))
		throw("siginit: AddVectoredExceptionHandler failed");
}

WINAPI NOSPLIT static void interrupted(uintptr_t arg)
{
	(void)arg;
	xadd(&nsigother, 1);
}

static intptr_t queue(void *mp)
{
	return windows_QueueUserAPC(interrupted, windows_handle(((struct m *)mp)->procid), 0) != 0;
}

void signalm(struct m *mp)
{
	asmcgocall(queue, mp);
}
