/* The clock: QueryPerformanceCounter, which no step of the time of day moves. */
#include "windows.h"

int64_t windows_hz; /* ticks per second: at most 10 MHz, unless it counts the processor's cycles */

int64_t nanotime(void)
{
	int64_t ticks;
	int32_t hz = (int32_t)windows_hz, rest, s;

	ONG0(QueryPerformanceCounter, A(&ticks));
	s = timediv(ticks, hz, &rest);
	return (int64_t)s * 1000000000 + timediv((int64_t)rest * 1000000000, hz, 0);
}

int64_t cputime(void)
{
	int64_t when, kernel = 0, user = 0; /* in 100 ns */

	ONG0(GetThreadTimes, CURRENT_THREAD, A(&when), A(&when), A(&kernel), A(&user));
	return (kernel + user) * 100;
}
