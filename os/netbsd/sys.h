/* NetBSD 6 and newer: sys/syscall.h, sys/signal.h, sys/time.h. */
#include "machine.h" /* of the arch: where a context has pc, sp and an argument */

enum { ETIMEDOUT = 60, ENOSYS = 78 };
enum { CLOCK_REALTIME = 0, CLOCK_MONOTONIC = 3, CLOCK_THREAD_CPUTIME_ID = 0x20000000 };

typedef int64_t bsd_time;
typedef int32_t bsd_usec;

struct bsd_sigset {
	uint32_t bits[4];
};
#define BSD_ALL ~0u, ~0u, ~0u, ~0u
