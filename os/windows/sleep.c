/* Sleep and wake: a semaphore object for each M. Waits are alertable, so that signalm can
 * interrupt them, and go on until the time has passed. */
#include "windows.h"

static intptr_t create(void *arg)
{
	(void)arg;
	return CALL(CreateSemaphoreA, 0, 0, INT32_MAX, 0);
}

uintptr_t semacreate(struct m *mp)
{
	uintptr_t h = A(asmcgocall(create, mp));

	if (h == 0)
		throw("semacreate: CreateSemaphore failed");
	return h;
}

static intptr_t wait(void *arg)
{
	int64_t ns = *(int64_t *)arg, start = ns > 0 ? nanotime() : 0, left = ns;
	int32_t rest, ms;

	do {
		/* Not less than left, and not 0 if that is more; INFINITE. */
		ms = timediv(left, 1000000, &rest);
		if ((int32_t)CALL(WaitForSingleObjectEx, getm()->waitsema, ns < 0 ? ~0u : (uint32_t)ms + (rest > 0), true) == 0)
			return true;
		/* Not WAIT_OBJECT_0. WAIT_IO_COMPLETION: a signal; WAIT_TIMEOUT: maybe of the longest time that there is. */
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
	return (int32_t)CALL(ReleaseSemaphore, ((struct m *)mp)->waitsema, 1, 0);
}

void semawakeup(struct m *mp)
{
	if (!asmcgocall(wake, mp))
		throw("semawakeup: ReleaseSemaphore failed");
}

static intptr_t delay(void *us)
{
	int64_t ns = (int64_t)A(us) * 1000, start = nanotime();

	for (int64_t left = ns; left > 0; left = ns - (nanotime() - start)) {
		int64_t when = -(int64_t)timediv(left, 100, 0) - 1; /* 100 ns, at most 214 s; < 0: from now */
		CALL(NtDelayExecution, true, A(&when));
	}
	return 0;
}

void usleep(uint32_t us)
{
	asmcgocall(delay, (void *)A(us));
}

void osyield(void)
{
	ONG0(SwitchToThread, 0);
}
