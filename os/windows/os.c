/* Start, exit, output, memory, and what the system says at start. */
#include "windows.h"

static uint32_t cpus;

/* On m0.g0 already. */
void osinit(uintptr_t *sp)
{
	uintptr_t mine = 0, all, self = 0;

	STACK_ROOT(osinit, StackReserve);
	(void)sp;
	setg(m0.g0);
	settlsg(m0.g0);
	CALL(GetProcessAffinityMask, CURRENT_PROCESS, A(&mine), A(&all));
	for (; mine; mine &= mine - 1)
		cpus++;
	CALL(QueryPerformanceFrequency, A(&windows_hz));
	if (windows_hz <= 0 || windows_hz > INT32_MAX)
		osexit(2);
	CALL(DuplicateHandle, CURRENT_PROCESS, CURRENT_THREAD, CURRENT_PROCESS, A(&self), 0, false, 2 /* DUPLICATE_SAME_ACCESS */);
	m0.procid = (uint32_t)self;
}

/* Until the next call; all that is asked for is asked for once. */
const char *osgetenv(const char *name)
{
	static char value[32768]; /* the longest one and a NUL */

	return (uint32_t)ONG0(GetEnvironmentVariableA, A(name), A(value), sizeof value) ? value : 0;
}

uint32_t ncpu(void)
{
	return cpus ? cpus : 1;
}

/* Nosplit: a throw comes here when g0 is used up. */
NOSPLIT static intptr_t write(void *arg)
{
	struct m *mp = arg;
	int32_t fd = (int32_t)mp->tls[TlsFd];
	uintptr_t h = HANDLE(fd);
	uint32_t done, n = mp->tls[TlsLength] < INT32_MAX ? (uint32_t)mp->tls[TlsLength] : INT32_MAX;

	STACK_ROOT(write, StackReserve);
	if (fd == 1 || fd == 2) /* STD_OUTPUT_HANDLE, STD_ERROR_HANDLE; any other is a handle itself */
		h = A(CALL(GetStdHandle, A(-10 - fd)));
	return (int32_t)CALL(WriteFile, h, mp->tls[TlsBytes], n, A(&done), 0) ? (intptr_t)done : -5 /* EIO */;
}

intptr_t oswrite(int32_t fd, const void *p, uintptr_t n)
{
	struct m *mp = getm();

	mp->tls[TlsFd] = A(fd);
	mp->tls[TlsBytes] = A(p);
	mp->tls[TlsLength] = n;
	return asmcgocall(write, mp);
}

/* Not ExitProcess, which waits for locks that another thread may hold. */
NOSPLIT static intptr_t exit(void *status)
{
	STACK_ROOT(exit, StackReserve);
	return CALL(TerminateProcess, CURRENT_PROCESS, A(status));
}

void osexit(int32_t status)
{
	for (;;)
		asmcgocall(exit, (void *)A(status));
}

void osrandom(void *p, uintptr_t n)
{
	if (!(ONG0(SystemFunction036, A(p), n) & 0xff)) /* a BOOLEAN */
		throw("osrandom: RtlGenRandom failed");
}

/* From the top down: morestack subtracts a frame from sp, which may not pass below 0. */
void *sysalloc(uintptr_t n)
{
	return (void *)ONG0(VirtualAlloc, 0, n, 0x103000 /* MEM_COMMIT, RESERVE, TOP_DOWN */, 4 /* PAGE_READWRITE */);
}

void sysfree(void *p, uintptr_t n)
{
	(void)n;
	if (!(int32_t)ONG0(VirtualFree, A(p), 0, 0x8000 /* MEM_RELEASE */))
		throw("sysfree: VirtualFree failed: not what sysalloc returned");
}
