/* OpenBSD 7.3 and newer: sys/syscall.h, sys/signal.h, sys/time.h. */
#include "machine.h" /* of the arch: where a signal's context has pc and sp */

enum { CLOCK_MONOTONIC = 3, CLOCK_THREAD_CPUTIME_ID = 4 };

typedef int64_t bsd_time;
typedef intptr_t bsd_usec;

struct bsd_sigset {
	uint32_t bits[1];
};
#define BSD_ALL ~0u
