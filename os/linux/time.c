/* The clock: CLOCK_MONOTONIC, through the vDSO where the kernel maps one. */
#include "linux.h"

enum { CLOCK_MONOTONIC = 1 };

intptr_t (*linux_vdso_clock)(int32_t clock, struct linux_timespec *ts);

/* The vDSO's code is foreign and may need more stack than a nosplit function
 * has, so it runs on g0. */
NOSPLIT static intptr_t readclock(void *ts)
{
	return linux_vdso_clock(CLOCK_MONOTONIC, ts);
}

int64_t nanotime(void)
{
	struct linux_timespec ts;

	if (!linux_vdso_clock || asmcgocall(readclock, &ts) != 0)
		SYS(SYS_clock_gettime, CLOCK_MONOTONIC, &ts, 0);
	return (int64_t)ts.sec * 1000000000 + ts.nsec;
}
