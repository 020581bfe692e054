/* System calls of the BSDs that tests need and the kit does not: they block, or make
 * another process. All are nosplit, enter nothing, and return -errno. */
#ifndef CONFORMANCE_BSD_KERNEL_H
#define CONFORMANCE_BSD_KERNEL_H

#include "bsd.h"

#include "calls.h" /* of the OS: KWAIT4; KSITE(number), which says that the call that follows is made here */
#include "kcall.h" /* of the arch: KCALL(name, number) makes a function of it */

NOSPLIT intptr_t kread(int32_t fd, void *p, uintptr_t n);
NOSPLIT intptr_t kclose(int32_t fd);
NOSPLIT intptr_t kdup2(int32_t fd, int32_t to);
NOSPLIT intptr_t kfork(void); /* 0 in the child, which has this thread only */
NOSPLIT intptr_t ksocketpair4(int32_t domain, int32_t type, int32_t protocol, int32_t fd[2]);
NOSPLIT intptr_t kwait4(intptr_t pid, int32_t *status, int32_t options, void *usage);

KCALL("kread", 3)
KCALL("kclose", 6)
KCALL("kdup2", 90)
KCALL("kfork", 2)
KCALL("ksocketpair4", 135)
KCALL("kwait4", KWAIT4)

/* A pair of connected stream sockets. */
static inline NOSPLIT intptr_t ksocketpair(int32_t fd[2])
{
	enum { AF_UNIX = 1, SOCK_STREAM = 1 };

	return ksocketpair4(AF_UNIX, SOCK_STREAM, 0, fd);
}

/* pipe(2) has two results, in registers: a pair of sockets does as well. */
static inline NOSPLIT intptr_t kpipe(int32_t fd[2])
{
	return ksocketpair(fd);
}

static inline NOSPLIT intptr_t kwait(intptr_t pid, int32_t *status)
{
	return kwait4(pid, status, 0, 0);
}

/* A profiling signal for the thread of mp, whatever the timer does. */
static inline NOSPLIT intptr_t kprof(struct m *mp)
{
	return bsd_kill(mp, SIGPROF);
}

#endif
