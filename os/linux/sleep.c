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

/* The semaphore of an M is m->waitsemacount, and a futex on it. */
uintptr_t semacreate(struct m *mp)
{
	return (uintptr_t)&mp->waitsemacount;
}

NOSPLIT static bool take(uint32_t *count)
{
	uint32_t v;

	while ((v = atomicload(count)) > 0)
		if (cas(count, v, v - 1))
			return true;
	return false;
}

bool semasleep(int64_t ns)
{
	uint32_t *count = &getm()->waitsemacount;
	int64_t end;

	if (take(count))
		return true;
	end = ns < 0 ? 0 : nanotime() + ns;
	if (ns >= 0 && end < ns)
		end = INT64_MAX;
	for (;;) {
		futexsleep(count, 0, ns);
		if (take(count))
			return true;
		if (ns >= 0) {
			ns = end - nanotime();
			if (ns <= 0)
				return false;
		}
	}
}

void semawakeup(struct m *mp)
{
	xadd(&mp->waitsemacount, 1);
	futexwakeup(&mp->waitsemacount, 1);
}

/* nanosleep(2) writes what remains when a signal comes. */
void usleep(uint32_t us)
{
	struct linux_timespec ts = linux_duration((int64_t)us * 1000);

	while (SYS(SYS_nanosleep, &ts, &ts, 0) == -EINTR)
		;
}

void osyield(void)
{
	SYS(SYS_sched_yield, 0, 0, 0);
}
