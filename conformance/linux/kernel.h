/* System calls of linux that tests need and the kit does not: they block, or make
 * another process. All are nosplit, enter nothing, and return -errno. */
#ifndef CONFORMANCE_LINUX_KERNEL_H
#define CONFORMANCE_LINUX_KERNEL_H

#include "linux.h"

#include "calls.h" /* the numbers, of the arch */

static inline NOSPLIT intptr_t kread(int32_t fd, void *p, uintptr_t n)
{
	return SYS(SYS_read, fd, p, n);
}

static inline NOSPLIT intptr_t kclose(int32_t fd)
{
	return SYS(SYS_close, fd, 0, 0);
}

static inline NOSPLIT intptr_t kdup2(int32_t fd, int32_t to)
{
	return SYS(SYS_dup3, fd, to, 0);
}

static inline NOSPLIT intptr_t kpipe(int32_t fd[2])
{
	return SYS(SYS_pipe2, fd, 0, 0);
}

/* A pair of connected stream sockets. */
static inline NOSPLIT intptr_t ksocketpair(int32_t fd[2])
{
	enum { AF_UNIX = 1, SOCK_STREAM = 1 };

	return SYS4(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, fd);
}

/* 0 in the child, which has this thread only. */
static inline NOSPLIT intptr_t kfork(void)
{
	enum { SIGCHLD = 17 };

	return SYS4(SYS_clone, SIGCHLD, 0, 0, 0);
}

static inline NOSPLIT intptr_t kwait(intptr_t pid, int32_t *status)
{
	return SYS4(SYS_wait4, pid, status, 0, 0);
}

/* A profiling signal for the thread of mp, whatever the timer does. */
static inline NOSPLIT intptr_t kprof(struct m *mp)
{
	enum { SIGPROF = 27 };

	return SYS(SYS_tgkill, SYS(SYS_getpid, 0, 0, 0), mp->procid, SIGPROF);
}

#endif
