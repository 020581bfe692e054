/* The clock: CLOCK_MONOTONIC, through the vDSO where the kernel maps one. */
#include "linux.h"

enum { CLOCK_MONOTONIC = 1, CLOCK_THREAD_CPUTIME_ID = 3 };

intptr_t (*linux_vdso_clock)(int32_t clock, struct linux_timespec *ts);

/* The vDSO's code is foreign and may need more stack than a nosplit function
 * has, so it runs on g0. */
static intptr_t readclock(void *ts)
{
	intptr_t r = linux_vdso_clock(CLOCK_MONOTONIC, ts);

	__asm__ volatile("" : "+r"(r)); /* no tail call: the check has to be made here */
	return r;
}

NOSPLIT static int64_t ns(const struct linux_timespec *ts)
{
	return (int64_t)ts->sec * 1000000000 + ts->nsec;
}

int64_t nanotime(void)
{
	struct linux_timespec ts;

	if (!linux_vdso_clock || asmcgocall(readclock, &ts) != 0)
		SYS(SYS_clock_gettime, CLOCK_MONOTONIC, &ts, 0);
	return ns(&ts);
}

int64_t cputime(void)
{
	struct linux_timespec ts;

	SYS(SYS_clock_gettime, CLOCK_THREAD_CPUTIME_ID, &ts, 0);
	return ns(&ts);
}
