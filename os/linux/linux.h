/* What the files of this folder share. Names begin with linux_: they are not
 * part of the port contract. Numbers and layouts: uapi headers of the kernel. */
#include "rt.h"

#include "sys.h"

#define SYS(n, a, b, c) linux_syscall4(n, (uintptr_t)(a), (uintptr_t)(b), (uintptr_t)(c), 0)
#define SYS4(n, a, b, c, d) linux_syscall4(n, (uintptr_t)(a), (uintptr_t)(b), (uintptr_t)(c), (uintptr_t)(d))

enum { EINTR = 4 };

/* The kernel's struct __kernel_old_timespec: both fields are long. */
struct linux_timespec {
	intptr_t sec;
	intptr_t nsec;
};

extern intptr_t (*linux_vdso_clock)(int32_t clock, struct linux_timespec *ts); /* or nil */

NOSPLIT void linux_settls(struct m *mp);    /* os/linux/ARCH */
/* In assembly: clone on a stack of its own, where it calls linux_thread(mp). */
NOSPLIT intptr_t linux_clone(uintptr_t flags, void *sp, uint32_t *cleartid, struct m *mp);
NOSPLIT void linux_restorer(void); /* in assembly: rt_sigreturn */
NOSPLIT void linux_thread(struct m *mp);

static inline NOSPLIT struct linux_timespec linux_duration(int64_t ns)
{
	int32_t rem;
	struct linux_timespec ts;

	ts.sec = timediv(ns, 1000000000, &rem);
	ts.nsec = rem;
	return ts;
}
