/* What the files of this folder share. Names begin with windows_: they are not part of the
 * port contract. Calls: Microsoft's documentation of the Windows API.
 *
 * The system's functions are foreign code that may need any stack: they are called on g0, by
 * windows_call, from where on the stack is the system's. So no frame of theirs is on a nosplit
 * path; and where a path has no room for their arguments, those wait in m.
 */
#include "rt.h"

#include "sys.h" /* of the arch: IMPORT, WINAPI, and offsets in CONTEXT */

/* IMPORT(name, bytes of its arguments): windows_name is the function's address. */
IMPORT(GetStdHandle, 4); IMPORT(WriteFile, 20); IMPORT(TerminateProcess, 8); IMPORT(GetEnvironmentVariableA, 12);
IMPORT(VirtualAlloc, 16); IMPORT(VirtualFree, 12); IMPORT(SystemFunction036, 8); /* RtlGenRandom */
IMPORT(CreateThread, 24); IMPORT(ExitThread, 4); IMPORT(DuplicateHandle, 28); IMPORT(CloseHandle, 4);
IMPORT(CreateSemaphoreA, 16); IMPORT(ReleaseSemaphore, 12); IMPORT(WaitForSingleObjectEx, 12); IMPORT(SwitchToThread, 0);
IMPORT(NtDelayExecution, 8); IMPORT(GetProcessAffinityMask, 12); IMPORT(GetThreadContext, 8); IMPORT(GetThreadTimes, 20);
IMPORT(QueryPerformanceCounter, 4); IMPORT(QueryPerformanceFrequency, 4); IMPORT(SuspendThread, 4); IMPORT(ResumeThread, 4);
IMPORT(AddVectoredExceptionHandler, 8); IMPORT(QueueUserAPC, 12);

/* In assembly: calls call[0] with as many of the 7 words that follow as it takes. On g0; of
 * a result of 32 bits the rest is undefined. */
NOSPLIT intptr_t windows_call(void *call);
#define ARGUMENTS(name, ...) ((uintptr_t[8]){ windows_##name, __VA_ARGS__ })
#define CALL(name, ...) windows_call(ARGUMENTS(name, __VA_ARGS__))		    /* on g0 */
#define ONG0(name, ...) asmcgocall(windows_call, ARGUMENTS(name, __VA_ARGS__)) /* anywhere */
#define A(x) ((uintptr_t)(x)) /* an argument */

#define CURRENT_PROCESS ((uintptr_t)-1)
#define CURRENT_THREAD ((uintptr_t)-2)

/* m->procid is the handle of the thread: 32 bits of one count, and the sign goes on. */
#define HANDLE(h) A((intptr_t)(int32_t)(h))

/* What the port keeps in m->tls. */
enum { TlsProf, TlsBegun, TlsFd, TlsBytes, TlsLength };

extern int64_t windows_hz; /* of nanotime's clock */
/* Numbers of signals are the codes of exceptions; no exception has this one. */
enum { windows_Profiling = 1 };
NOSPLIT intptr_t windows_quiet(void *mp);  /* on g0: no signal for mp from now on */
NOSPLIT intptr_t windows_sample(void *mp); /* on g0: a profiling signal for mp, if it wants any */
/* In assembly: sigtramp(sig, info, ctx) on the stack at sp. */
NOSPLIT void windows_onstack(uintptr_t sp, int32_t sig, void *info, void *ctx);
