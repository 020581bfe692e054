/* Sleep and wake: a semaphore object for each M. Waits are alertable, so that signalm can
 * interrupt them, and go on until the time has passed. */
#include "windows.h"

static intptr_t create(void *arg)
{
	(void)arg;
	return (intptr_t)windows_CreateSemaphoreA(0, 0, INT32_MAX, 0);
}

uintptr_t semacreate(struct m *mp)
{
	uintptr_t h = (uintptr_t)asmcgocall(create, 0);

	(void)mp;
	if (h == 0)
		throw("semacreate: CreateSemaphore failed");
	return h;
}

/* Milliseconds that are not less than ns, nor 0 if ns > 0, nor INFINITE. */
static uint32_t milliseconds(int64_t ns)
{
	int32_t rest, ms = timediv(ns, 1000000, &rest);

	return (uint32_t)ms + (rest > 0);
}

static intptr_t wait(void *arg)
{
	enum { WAIT_OBJECT_0 = 0, INFINITE = -1 };
	int64_t ns = *(int64_t *)arg, start = ns > 0 ? nanotime() : 0, left = ns;
	void *h = (void *)getm()->waitsema;

	do {
		if (windows_WaitForSingleObjectEx(h, ns < 0 ? (uint32_t)INFINITE : milliseconds(left), true) == WAIT_OBJECT_0)
			return true;
		/* WAIT_IO_COMPLETION: a signal; WAIT_TIMEOUT: maybe of the longest time that there is. */
		if (ns > 0)
			left = ns - (nanotime() - start);
	} while (ns < 0 || left > 0);
	return false;
}

bool semasleep(int64_t ns)
{
	return asmcgocall(wait, &ns);
}

static intptr_t wake(void *mp)
{
	return windows_ReleaseSemaphore((void *)((struct m *)mp)->waitsema, 1, 0);
}

void semawakeup(struct m *mp)
{
	if (!asmcgocall(wake, mp))
		throw("semawakeup: ReleaseSemaphore failed");
}

static intptr_t delay(void *arg)
{
	int64_t ns = (int64_t)(uintptr_t)arg * 1000, start = nanotime();

	for (int64_t left = ns; left > 0; left = ns - (nanotime() - start)) {
		int32_t rest, s = timediv(left, 1000000000, &rest);
		int64_t when = -((int64_t)s * 10000000 + timediv(rest, 100, 0) + 1); /* 100 ns; < 0: from now */
		windows_NtDelayExecution(true, &when);
	}
	return 0;
}

void usleep(uint32_t us)
{
	asmcgocall(delay, (void *)(uintptr_t)us);
}

static intptr_t giveway(void *arg)
{
	(void)arg;
	return windows_SwitchToThread();
}

void osyield(void)
{
	asmcgocall(giveway, 0);
}
