/* System calls of Plan 9 that tests need and the kit does not; see conformance/linux/kernel.h. */
#ifndef CONFORMANCE_PLAN9_KERNEL_H
#define CONFORMANCE_PLAN9_KERNEL_H

#include "plan9.h"

enum { EINTR = 4 }; /* what notes interrupt says -1, and errstr why */

static inline NOSPLIT intptr_t kread(int32_t fd, void *p, uintptr_t n)
{
	return plan9_pread(fd, p, (int32_t)n, -1);
}

static inline NOSPLIT intptr_t kclose(int32_t fd)
{
	return plan9_close(fd);
}

/* A pipe goes both ways. */
static inline NOSPLIT intptr_t ksocketpair(int32_t fd[2])
{
	return plan9_pipe(fd);
}

/* A profiling signal for the thread of mp, whatever the timer does. */
static inline NOSPLIT intptr_t kprof(struct m *mp)
{
	plan9_post(mp->procid, "note", PLAN9_PROFILE);
	return 0;
}

#endif
