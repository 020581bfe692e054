/* Clocks and short sleeps: clock_gettime(2), nanosleep(2). */
#include "bsd.h"

NOSPLIT static int64_t clock(int32_t id)
{
	struct bsd_timespec ts = { 0, 0 };

	bsd_clock_gettime(id, &ts);
	return (int64_t)ts.sec * 1000000000 + ts.nsec;
}

int64_t nanotime(void)
{
	return clock(CLOCK_MONOTONIC);
}

int64_t cputime(void)
{
	return clock(CLOCK_THREAD_CPUTIME_ID);
}

/* What remains is written when a signal comes. */
void usleep(uint32_t us)
{
	struct bsd_timespec ts = bsd_duration((int64_t)us * 1000);

	while (bsd_nanosleep(&ts, &ts) == -EINTR)
		;
}

void osyield(void)
{
	bsd_sched_yield();
}
