/* Sleep and wake: futex(2). Nosplit: the core sleeps where the stack cannot grow.
 * A relative FUTEX_WAIT runs on CLOCK_MONOTONIC. */
#include "linux.h"

enum { FUTEX_WAIT_PRIVATE = 128, FUTEX_WAKE_PRIVATE = 129 };

void futexsleep(uint32_t *addr, uint32_t val, int64_t ns)
{
	struct linux_timespec ts;

	/* EAGAIN, EINTR, ETIMEDOUT and spurious wakeups are all an early return. */
	if (ns < 0) {
		SYS4(SYS_futex, addr, FUTEX_WAIT_PRIVATE, val, 0);
		return;
	}
	ts = linux_duration(ns);
	SYS4(SYS_futex, addr, FUTEX_WAIT_PRIVATE, val, &ts);
}

void futexwakeup(uint32_t *addr, uint32_t n)
{
	if (n > INT32_MAX)
		n = INT32_MAX; /* the kernel reads an int */
	if (SYS(SYS_futex, addr, FUTEX_WAKE_PRIVATE, n) < 0)
		throw("futexwakeup: bad address");
}

/* nanosleep(2) writes what remains when a signal comes: not over what was asked for,
 * because qemu-user 7.2 writes there, and garbage, when it starts the call again. */
void usleep(uint32_t us)
{
	struct linux_timespec rest = linux_duration((int64_t)us * 1000), ts;

	do
		ts = rest;
	while (SYS(SYS_nanosleep, &ts, &rest, 0) == -EINTR);
}

void osyield(void)
{
	SYS(SYS_sched_yield, 0, 0, 0);
}
