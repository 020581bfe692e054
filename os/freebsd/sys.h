/* FreeBSD 10 and newer: sys/syscall.h, sys/signal.h, sys/time.h. */
#include "machine.h" /* of the arch: bsd_time, where a signal's context has pc and sp */

enum { CLOCK_MONOTONIC = 4, CLOCK_THREAD_CPUTIME_ID = 14 };

typedef intptr_t bsd_usec;

struct bsd_sigset {
	uint32_t bits[4];
};
#define BSD_ALL ~0u, ~0u, ~0u, ~0u
