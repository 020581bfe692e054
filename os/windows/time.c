/* The clock: QueryPerformanceCounter, which no step of the time of day moves. */
#include "windows.h"

static int32_t hz; /* ticks per second: at most 10 MHz, unless it counts the processor's cycles */

void windows_clock(void)
{
	int64_t f = 0;

	STACK_ROOT(windows_clock, StackReserve);
	if (!(int32_t)CALL(QueryPerformanceFrequency, A(&f)) || f <= 0 || f > INT32_MAX)
		osexit(2);
	hz = (int32_t)f;
}

int64_t nanotime(void)
{
	int64_t ticks;
	int32_t rest, s;

	ONG0(QueryPerformanceCounter, A(&ticks));
	s = timediv(ticks, hz, &rest);
	return (int64_t)s * 1000000000 + timediv((int64_t)rest * 1000000000, hz, 0);
}

static intptr_t readtimes(void *total)
{
	int64_t made, ended, kernel = 0, user = 0; /* in 100 ns */

	CALL(GetThreadTimes, CURRENT_THREAD, A(&made), A(&ended), A(&kernel), A(&user));
	*(int64_t *)total = (kernel + user) * 100;
	return 0;
}

int64_t cputime(void)
{
	int64_t total;

	asmcgocall(readtimes, &total);
	return total;
}
