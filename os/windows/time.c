/* The clock: QueryPerformanceCounter, which no step of the time of day moves. */
#include "windows.h"

static int32_t hz; /* ticks per second */

void windows_clock(void)
{
	int64_t f = 0;

	/* At most 10 MHz, unless it counts the processor's cycles. */
	if (!windows_QueryPerformanceFrequency(&f) || f <= 0 || f > INT32_MAX)
		osexit(2);
	hz = (int32_t)f;
}

static intptr_t readclock(void *ticks)
{
	return windows_QueryPerformanceCounter(ticks);
}

int64_t nanotime(void)
{
	int64_t ticks;
	int32_t rest, s;

	asmcgocall(readclock, &ticks);
	s = timediv(ticks, hz, &rest);
	return (int64_t)s * 1000000000 + timediv((int64_t)rest * 1000000000, hz, 0);
}

static intptr_t readtimes(void *total)
{
	int64_t made, ended, kernel, user; /* in 100 ns */

	if (!windows_GetThreadTimes(CURRENT_THREAD, &made, &ended, &kernel, &user))
		kernel = user = 0;
	*(int64_t *)total = (kernel + user) * 100;
	return 0;
}

int64_t cputime(void)
{
	int64_t total;

	asmcgocall(readtimes, &total);
	return total;
}
