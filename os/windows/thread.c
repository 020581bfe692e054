/* Threads: CreateThread. A thread's g0 is on the stack that the system gives it: the
 * system's functions want one whose bounds it knows. */
#include "windows.h"

WINAPI NOSPLIT static uint32_t threadstart(void *arg)
{
	struct m *mp = arg;

	STACK_ROOT(threadstart, StackReserve);
	while (!atomicload(&mp->procid)) /* else it might be another thread's by then */
		CALL(SwitchToThread, 0);
	rthostthread(mp);
	return 0; /* where a host asked for the thread: otherwise exitthread ends it */
}

/* A stack of 128 KiB: 32 KiB for g0 (rthostthread), and as much as the system's functions
 * may need below that. */
static intptr_t create(void *arg)
{
	struct m *mp = arg;
	uint32_t h;

	if (mp->procid)
		CALL(CloseHandle, HANDLE(mp->procid)); /* of a thread that has ended */
	mp->procid = 0;
	mp->tls[TlsBegun] = false;
	h = (uint32_t)CALL(CreateThread, 0, 0x20000, A(threadstart), A(mp), 0x10000 /* ..._IS_A_RESERVATION */, 0);
	atomicstore(&mp->procid, h);
	/* In Wine 8.0, on 386, one that is stopped or ended in its first moments ends all. It may
	 * have ended already, and mp be another one's. */
	while (h && !atomicloadp(&mp->tls[TlsBegun]) && atomicload(&mp->alive))
		CALL(SwitchToThread, 0);
	return h != 0;
}

int32_t newosproc(struct m *mp)
{
	return asmcgocall(create, mp) ? 0 : -11 /* EAGAIN */;
}

void exitthread(struct m *mp)
{
	/* Who a thread is that is nobody any more: the system's part of its end still runs. */
	static struct m gone = { .g0 = &gone.g0buf, .g0buf.m = &gone };

	asmcgocall(windows_quiet, mp);
	setg(gone.g0);
	settlsg(gone.g0);
	atomicstore(&mp->alive, 0);
	for (;;)
		ONG0(ExitThread, 0);
}

void minit(struct m *mp)
{
	if (!mp->foreign) /* threads begin with a precision of 53 bits, and C counts on 64 */
		__asm__ volatile("fninit");
	mp->tls[TlsProf] = false;
	atomicstorep(&mp->tls[TlsBegun], true);
}

void unminit(struct m *mp)
{
	windows_quiet(mp);
}

void setprof(bool on)
{
	atomicstorep(&getm()->tls[TlsProf], on);
}
