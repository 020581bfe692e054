/* Sleep and wake: _umtx_op(2). Nosplit: the core sleeps where the stack cannot grow. */
#include "bsd.h"

enum { WAIT_UINT_PRIVATE = 15, WAKE_PRIVATE = 16 };

NOSPLIT intptr_t bsd_umtx_op(void *addr, int32_t op, uintptr_t val, void *timesize, const void *time);

void futexsleep(uint32_t *addr, uint32_t val, int64_t ns)
{
	/* Its size tells the kernel of the clock; a plain timespec is on the realtime one. Before
	 * 10.0 only the timespec was looked at. */
	struct {
		struct bsd_timespec timeout;
		uint32_t flags, clock;
	} time;

	/* EINTR, ETIMEDOUT and a wakeup that means nothing are all an early return. */
	if (ns < 0) {
		bsd_umtx_op(addr, WAIT_UINT_PRIVATE, val, 0, 0);
		return;
	}
	time.timeout = bsd_duration(ns);
	time.flags = 0;
	time.clock = CLOCK_MONOTONIC;
	bsd_umtx_op(addr, WAIT_UINT_PRIVATE, val, (void *)sizeof time, &time);
}

void futexwakeup(uint32_t *addr, uint32_t n)
{
	if (n > INT32_MAX)
		n = INT32_MAX; /* the kernel reads an int */
	if (bsd_umtx_op(addr, WAKE_PRIVATE, n, 0, 0) < 0)
		throw("futexwakeup: bad address");
}
