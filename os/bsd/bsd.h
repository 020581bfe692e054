/* What the layers of the BSDs share. Names begin with bsd_: they are not part of the
 * port contract. sys.h is the OS's: its numbers, layouts, and where it goes its own way. */
#include "rt.h"

enum { EINTR = 4 };
enum { SIG_BLOCK = 1, SIG_UNBLOCK, SIG_SETMASK };
enum { SIGILL = 4, SIGFPE = 8, SIGBUS = 10, SIGSEGV = 11, SIGSYS = 12, SIGURG = 16, SIGPROF = 27 };
#define SIG_IGN ((void (*)(void))1)
enum { SA_ONSTACK = 1, SA_SIGINFO = 0x40 };

#include "sys.h"

#include "tls.h"

#ifndef BSD_FPINIT /* of a thread, as C wants it: it is already */
#define BSD_FPINIT() ((void)0)
#endif

#ifndef BSD_CONTEXT /* where a signal's context has the registers */
#define BSD_CONTEXT(ctx) ((char *)(ctx))
#endif

struct bsd_timespec {
	bsd_time sec;
	intptr_t nsec;
};

/* System calls (calls.S): a result, or -errno. */
NOSPLIT void bsd_exit(int32_t status);
NOSPLIT intptr_t bsd_write(int32_t fd, const void *p, uintptr_t n); /* and again, if a signal comes */
NOSPLIT intptr_t bsd_sysctl(const int32_t *name, uint32_t n, void *old, uintptr_t *oldsize, const void *new, uintptr_t size);
NOSPLIT intptr_t bsd_munmap(void *p, uintptr_t n);
NOSPLIT intptr_t bsd_sigaltstack(const uintptr_t *stack, uintptr_t *old); /* address, size, flags */
NOSPLIT intptr_t bsd_setitimer(int32_t which, const void *it, void *old);
NOSPLIT intptr_t bsd_clock_gettime(int32_t clock, struct bsd_timespec *ts);
NOSPLIT intptr_t bsd_nanosleep(const struct bsd_timespec *ts, struct bsd_timespec *rest);
NOSPLIT intptr_t bsd_sched_yield(void);
NOSPLIT void bsd_leave(uint32_t *alive); /* the thread ends, and *alive is 0 then: does not come back */

/* Of each OS. */
NOSPLIT void *bsd_map(uintptr_t n); /* as mmap(2), -errno among the results */
NOSPLIT intptr_t bsd_random(void *p, uintptr_t n); /* n <= 256: how many it gave, or -errno */
NOSPLIT intptr_t bsd_settls(struct m *mp); /* of the calling thread: bsd_tls(mp) */
NOSPLIT intptr_t bsd_catch(int32_t sig, void (*handler)(void), int32_t flags); /* with all signals blocked */
NOSPLIT intptr_t bsd_sigmask(int32_t how, const struct bsd_sigset *set, struct bsd_sigset *old); /* old may be nil */
NOSPLIT intptr_t bsd_kill(struct m *mp, int32_t sig);
NOSPLIT uint32_t bsd_self(void);
NOSPLIT intptr_t bsd_newthread(struct m *mp); /* calls bsd_thread(mp) on mp->g0 */
NOSPLIT NORETURN void bsd_thread(struct m *mp);

static inline NOSPLIT struct bsd_timespec bsd_duration(int64_t ns)
{
	int32_t rem;
	struct bsd_timespec ts;

	ts.sec = timediv(ns, 1000000000, &rem);
	ts.nsec = rem;
	return ts;
}
