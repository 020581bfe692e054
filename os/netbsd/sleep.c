/* Sleep and wake: _lwp_park(2), _lwp_unpark(2), and a count. Nosplit: the core sleeps where
 * the stack cannot grow. An unpark that comes before the park is remembered. */
#include "sema.h"

NOSPLIT intptr_t bsd_lwp_park60(int32_t clock, int32_t flags, const struct bsd_timespec *until, int32_t unpark, void *hint,
				void *unparkhint);
NOSPLIT intptr_t bsd_lwp_park50(const struct bsd_timespec *until, int32_t unpark, void *hint, void *unparkhint);
NOSPLIT intptr_t bsd_lwp_unpark(int32_t lwp, void *hint);

/* Before 7.0 the time is the realtime clock's. */
NOSPLIT __attribute__((noinline)) static void parkreal(int64_t left)
{
	struct bsd_timespec until, now;

	if (left >= 0) {
		until = bsd_duration(left);
		bsd_clock_gettime(CLOCK_REALTIME, &now);
		until.sec += now.sec;
		until.nsec += now.nsec;
		if (until.nsec >= 1000000000) {
			until.nsec -= 1000000000;
			until.sec++;
		}
	}
	bsd_lwp_park50(left < 0 ? 0 : &until, 0, &getm()->waitsemacount, 0);
}

/* Until end, of the monotonic clock, < 0 for ever. Whatever ends it, who called looks again:
 * EALREADY is a wakeup that was pending, EINTR a signal, and ETIMEDOUT one look more. */
NOSPLIT __attribute__((noinline)) static bool parkmono(int64_t end)
{
	enum { TIMER_ABSTIME = 1 };
	struct bsd_timespec until = bsd_duration(end);

	return bsd_lwp_park60(CLOCK_MONOTONIC, TIMER_ABSTIME, end < 0 ? 0 : &until, 0, &getm()->waitsemacount, 0) != -ENOSYS;
}

bool semasleep(int64_t ns)
{
	static bool old; /* the kernel has not got the newer call */
	int64_t end = -1;

	if (take())
		return true;
	if (ns >= 0) {
		end = nanotime() + ns;
		if (end < ns)
			end = INT64_MAX;
	}
	for (;;) {
		if (old || !parkmono(end)) {
			old = true;
			ns = end < 0 ? end : end - nanotime();
			parkreal(ns < 0 && end >= 0 ? 0 : ns);
		}
		if (take())
			return true;
		if (end >= 0 && end <= nanotime())
			return false;
	}
}

void semawakeup(struct m *mp)
{
	xadd(&mp->waitsemacount, 1);
	bsd_lwp_unpark((int32_t)mp->procid, &mp->waitsemacount); /* ESRCH: it has ended, and nobody waits */
}
