/* Start, exit, output, memory, and what the system says at start. */
#include "windows.h"

enum { EIO = 5, ENOMEM = 12 };

static uint32_t cpus;
static const char *environ; /* NAME=VALUE strings, and an empty one */

static intptr_t start(void *arg)
{
	uintptr_t mine = 0, all;

	(void)arg;
	environ = windows_GetEnvironmentStrings();
	windows_GetProcessAffinityMask(CURRENT_PROCESS, &mine, &all);
	for (; mine; mine &= mine - 1)
		cpus++;
	if (cpus == 0)
		cpus = 1;
	windows_clock();
	m0.procid = windows_self();
	return 0;
}

/* m0.g0's guard is 0 yet: every check passes. */
void osinit(uintptr_t *sp)
{
	(void)sp;
	setg(m0.g0);
	settlsg(m0.g0);
	asmcgocall(start, 0);
}

const char *osgetenv(const char *name)
{
	const char *value = 0;

	for (const char *e = environ; e && *e && !value; e++) {
		value = strafter(e, name, '=');
		while (*e)
			e++;
	}
	return value;
}

uint32_t ncpu(void)
{
	return cpus;
}

struct bytes {
	void *p;
	uintptr_t n;
	int32_t fd;
};

/* Nosplit: a throw comes here when g0 is used up. */
NOSPLIT static intptr_t write(void *arg)
{
	struct bytes *b = arg;
	uint32_t done, n = b->n < INT32_MAX ? (uint32_t)b->n : INT32_MAX;
	uintptr_t h = (uintptr_t)windows_handle((uint32_t)b->fd);

	STACK_ROOT(write, StackReserve);
	if (b->fd == 1 || b->fd == 2) /* STD_OUTPUT_HANDLE, STD_ERROR_HANDLE; any other is a handle itself */
		h = (uintptr_t)windows_call((uintptr_t)windows_GetStdHandle, (uintptr_t)(-10 - b->fd), 0, 0, 0, 0);
	if ((int32_t)windows_call((uintptr_t)windows_WriteFile, h, (uintptr_t)b->p, n, (uintptr_t)&done, 0) == 0)
		return -EIO;
	return (intptr_t)done;
}

intptr_t oswrite(int32_t fd, const void *p, uintptr_t n)
{
	struct bytes b = { (void *)(uintptr_t)p, n, fd };

	return asmcgocall(write, &b);
}

/* Not ExitProcess, which waits for locks that a thread of ours may hold. */
NOSPLIT static intptr_t exit(void *status)
{
	STACK_ROOT(exit, StackReserve);
	return windows_call((uintptr_t)windows_TerminateProcess, (uintptr_t)CURRENT_PROCESS, (uintptr_t)status, 0, 0, 0);
}

void osexit(int32_t status)
{
	for (;;)
		asmcgocall(exit, (void *)(intptr_t)status);
}

static intptr_t random(void *arg)
{
	struct bytes *b = arg;

	return windows_SystemFunction036(b->p, (uint32_t)b->n);
}

void osrandom(void *p, uintptr_t n)
{
	struct bytes b = { p, n, 0 };

	if (!asmcgocall(random, &b))
		throw("osrandom: RtlGenRandom failed");
}

/* From the top down: a frame is subtracted from sp, and may not pass below 0 (StackBottom). */
static intptr_t allocate(void *n)
{
	enum { MEM_COMMIT = 0x1000, MEM_RESERVE = 0x2000, MEM_TOP_DOWN = 0x100000, PAGE_READWRITE = 4 };

	return (intptr_t)windows_VirtualAlloc(0, (uintptr_t)n, MEM_COMMIT | MEM_RESERVE | MEM_TOP_DOWN, PAGE_READWRITE);
}

void *sysalloc(uintptr_t n)
{
	return (void *)asmcgocall(allocate, (void *)n);
}

static intptr_t release(void *p)
{
	enum { MEM_RELEASE = 0x8000 };

	return windows_VirtualFree(p, 0, MEM_RELEASE);
}

void sysfree(void *p, uintptr_t n)
{
	(void)n;
	if (!asmcgocall(release, p))
		throw("sysfree: VirtualFree failed: not what sysalloc returned");
}
