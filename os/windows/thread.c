/* Threads: CreateThread. A thread's g0 is on the stack that the system gives it: the
 * system's functions want one whose bounds it knows. */
#include "windows.h"

uintptr_t windows_threads;

uint32_t windows_self(void)
{
	enum { DUPLICATE_SAME_ACCESS = 2 };
	void *h = 0;

	windows_DuplicateHandle(CURRENT_PROCESS, CURRENT_THREAD, CURRENT_PROCESS, &h, 0, false, DUPLICATE_SAME_ACCESS);
	return (uint32_t)(uintptr_t)h;
}

WINAPI NOSPLIT static uint32_t threadstart(void *mp)
{
	STACK_ROOT(threadstart, StackReserve);
	rthostthread(mp);
}

/* The stack: at least 32 KiB for g0 (rthostthread), and as much as the system's functions
 * may need below that. */
static intptr_t create(void *arg)
{
	enum { Reserve = 0x20000, STACK_SIZE_PARAM_IS_A_RESERVATION = 0x10000 };
	struct m *mp = arg;
	uint32_t id;
	void *h;

	if (mp->procid)
		windows_CloseHandle(windows_handle(mp->procid)); /* of a thread that has ended */
	mp->procid = 0;
	h = windows_CreateThread(0, Reserve, threadstart, mp, STACK_SIZE_PARAM_IS_A_RESERVATION, &id);
	mp->procid = (uint32_t)(uintptr_t)h;
	return h != 0;
}

int32_t newosproc(struct m *mp)
{
	enum { EAGAIN = 11 };

	return asmcgocall(create, mp) ? 0 : -EAGAIN;
}

/* Who a thread is that is nobody any more: the system's part of its end still runs. */
static struct m gone;

static intptr_t leave(void *arg)
{
	(void)arg;
	windows_ExitThread(0);
	return 0;
}

void exitthread(struct m *mp)
{
	gone.g0 = &gone.g0buf; /* its guard is 0: every check passes */
	gone.g0->m = &gone;
	mp->tls[TlsProf] = false;
	setg(gone.g0);
	settlsg(gone.g0);
	atomicstore(&mp->alive, 0);
	for (;;)
		asmcgocall(leave, 0);
}

void minit(struct m *mp)
{
	uintptr_t first;

	mp->tls[TlsProf] = false;
	if (mp->tls[TlsListed])
		return;
	mp->tls[TlsListed] = true;
	do {
		first = atomicloadp(&windows_threads);
		mp->tls[TlsNext] = first;
	} while (!casp(&windows_threads, first, (uintptr_t)mp));
}

void unminit(struct m *mp)
{
	mp->tls[TlsProf] = false;
}

void setprof(bool on)
{
	atomicstorep(&getm()->tls[TlsProf], on);
}
