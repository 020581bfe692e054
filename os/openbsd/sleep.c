/* Sleep and wake: __thrsleep(2), __thrwakeup(2), and a count. Nosplit: the core sleeps where
 * the stack cannot grow. */
#include "sema.h"

NOSPLIT intptr_t bsd_thrsleep(const volatile void *what, int32_t clock, const struct bsd_timespec *until, void *lock,
			      const uint32_t *off);
NOSPLIT intptr_t bsd_thrwakeup(const volatile void *what, int32_t n);

/* Until end, of the monotonic clock, < 0 for ever. The kernel looks at the count when it has
 * noted the sleep, and calls it off if it is not 0: no wakeup is lost. Whatever ends it
 * (EINTR, ECANCELED, EWOULDBLOCK, all of them results), who called looks again. */
NOSPLIT __attribute__((noinline)) static void sleepuntil(int64_t end)
{
	struct bsd_timespec until = bsd_duration(end);
	uint32_t *count = &getm()->waitsemacount;

	bsd_thrsleep(count, CLOCK_MONOTONIC, end < 0 ? 0 : &until, 0, count);
}

bool semasleep(int64_t ns)
{
	int64_t end = -1;

	if (take())
		return true;
	if (ns >= 0) {
		end = nanotime() + ns;
		if (end < ns)
			end = INT64_MAX;
	}
	for (;;) {
		sleepuntil(end);
		if (take())
			return true;
		if (end >= 0 && end <= nanotime())
			return false;
	}
}

void semawakeup(struct m *mp)
{
	xadd(&mp->waitsemacount, 1);
	bsd_thrwakeup(&mp->waitsemacount, 1); /* ESRCH: it does not sleep */
}
