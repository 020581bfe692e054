/* What the files of this folder share. Names begin with windows_: they are not part of the
 * port contract. Calls: Microsoft's documentation of the Windows API.
 *
 * The system's functions are foreign code: they may need any stack, so that functions that
 * split call them, and those run on g0 (asmcgocall), or windows_call does. So no frame of theirs is on a nosplit
 * path. An argument of more than a word lies in its caller's frame meanwhile.
 */
#include "rt.h"

#include "sys.h" /* of the arch: WINAPI, API, and offsets in CONTEXT */

/* API(result, name, bytes of arguments, arguments): windows_name, by way of the import table. */
API(void *, GetStdHandle, 4, (int32_t which));
API(int32_t, WriteFile, 20, (void *h, const void *p, uint32_t n, uint32_t *done, void *overlapped));
API(int32_t, TerminateProcess, 8, (void *h, uint32_t status));
API(void *, VirtualAlloc, 16, (void *p, uintptr_t n, uint32_t type, uint32_t protection));
API(int32_t, VirtualFree, 12, (void *p, uintptr_t n, uint32_t type));
API(int32_t, GetProcessAffinityMask, 12, (void *h, uintptr_t *mine, uintptr_t *all));
API(char *, GetEnvironmentStrings, 0, (void));
API(void *, CreateThread, 24, (void *security, uintptr_t stack, uint32_t (WINAPI *fn)(void *), void *arg, uint32_t flags, uint32_t *id));
API(void, ExitThread, 4, (uint32_t status));
API(int32_t, DuplicateHandle, 28, (void *from, void *h, void *to, void **copy, uint32_t access, int32_t inherit, uint32_t options));
API(int32_t, CloseHandle, 4, (void *h));
API(void *, CreateSemaphoreA, 16, (void *security, int32_t count, int32_t most, const char *name));
API(int32_t, ReleaseSemaphore, 12, (void *h, int32_t n, int32_t *before));
API(uint32_t, WaitForSingleObjectEx, 12, (void *h, uint32_t ms, int32_t alertable));
API(int32_t, NtDelayExecution, 8, (uint32_t alertable, const int64_t *when));
API(int32_t, SwitchToThread, 0, (void));
API(int32_t, QueryPerformanceCounter, 4, (int64_t *ticks));
API(int32_t, QueryPerformanceFrequency, 4, (int64_t *hz));
API(int32_t, GetThreadTimes, 20, (void *h, int64_t *made, int64_t *ended, int64_t *kernel, int64_t *user));
API(void *, AddVectoredExceptionHandler, 8, (uint32_t first, int32_t (WINAPI *fn)(void **)));
API(uint32_t, SuspendThread, 4, (void *h));
API(uint32_t, ResumeThread, 4, (void *h));
API(int32_t, GetThreadContext, 8, (void *h, void *ctx));
API(uint32_t, QueueUserAPC, 12, (void (WINAPI *fn)(uintptr_t), void *h, uintptr_t arg));
API(uint8_t, SystemFunction036, 8, (void *p, uint32_t n)); /* RtlGenRandom */

#define CURRENT_PROCESS ((void *)(intptr_t)-1)
#define CURRENT_THREAD ((void *)(intptr_t)-2)

/* m->procid is the handle of the thread: only 32 bits of one count. */
static inline NOSPLIT void *windows_handle(uint32_t h)
{
	return (void *)(intptr_t)(int32_t)h;
}

/* What the port keeps in m->tls. */
enum { TlsProf, TlsNext, TlsListed };

uint32_t windows_self(void); /* a handle of the calling thread for others; 0: there is none */
void windows_clock(void);    /* once, before nanotime */
extern uintptr_t windows_threads; /* the Ms that have been on a thread, linked by tls[TlsNext] */
NOSPLIT void windows_sample(struct m *mp); /* a profiling signal for mp, if it takes any */
/* Numbers of signals are the codes of exceptions; no exception has this one. */
enum { windows_Profiling = 1 };
/* Where gsignal of mp begins, or below sp if that is on it already. */
NOSPLIT uintptr_t windows_signalstack(struct m *mp, uintptr_t sp);
/* In assembly: calls fn, of the system, with as many of these as it takes. From there on
 * the stack is the system's: for nosplit functions on g0. */
NOSPLIT intptr_t windows_call(uintptr_t fn, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, uintptr_t e);
/* Likewise: sigtramp(sig, info, ctx) on the stack at sp. */
NOSPLIT void windows_onstack(uintptr_t sp, int32_t sig, void *info, void *ctx);
