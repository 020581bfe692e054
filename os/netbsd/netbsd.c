/* Where NetBSD goes its own way. */
#include "bsd.h"

NOSPLIT void netbsd_tramp(void); /* in assembly: where handlers return to */
NOSPLIT intptr_t bsd_lwp_setprivate(void *p);
NOSPLIT intptr_t bsd_lwp_self(void);
NOSPLIT intptr_t bsd_lwp_kill(int32_t lwp, int32_t sig);
NOSPLIT intptr_t bsd_getcontext(void *context);
NOSPLIT intptr_t bsd_lwp_create(const void *context, uintptr_t flags, int32_t *lwp);
NOSPLIT intptr_t bsd_sigprocmask(int32_t how, const struct bsd_sigset *set, struct bsd_sigset *old);
NOSPLIT intptr_t bsd_sigaction_sigtramp(int32_t sig, const void *new, void *old, void (*tramp)(void), int32_t version);
NOSPLIT void *bsd_mmap(void *p, uintptr_t n, int32_t prot, int32_t flags, int32_t fd, intptr_t pad, int64_t offset);

void *bsd_map(uintptr_t n)
{
	enum { READ_WRITE = 3, PRIVATE_ANON = 0x1002 };

	return bsd_mmap(0, n, READ_WRITE, PRIVATE_ANON, -1, 0, 0);
}

intptr_t bsd_random(void *p, uintptr_t n)
{
	static const int32_t kern_arnd[] = { 1, 81 };
	intptr_t e = bsd_sysctl(kern_arnd, 2, p, &n, 0, 0);

	return e < 0 ? e : (intptr_t)n;
}

intptr_t bsd_settls(struct m *mp)
{
	return bsd_lwp_setprivate(bsd_tls(mp));
}

intptr_t bsd_catch(int32_t sig, void (*handler)(void), int32_t flags)
{
	const struct {
		void (*handler)(void);
		struct bsd_sigset mask;
		int32_t flags;
	} sa = { handler, { { BSD_ALL } }, flags };

	return bsd_sigaction_sigtramp(sig, &sa, 0, netbsd_tramp, 2);
}

intptr_t bsd_sigmask(int32_t how, const struct bsd_sigset *set, struct bsd_sigset *old)
{
	return bsd_sigprocmask(how, set, old);
}

intptr_t bsd_kill(struct m *mp, int32_t sig)
{
	return bsd_lwp_kill((int32_t)mp->procid, sig);
}

uint32_t bsd_self(void)
{
	return (uint32_t)bsd_lwp_self();
}

/* _lwp_create(2) starts from a context, which is too large for this stack: it lies at the
 * far end of the new one until the kernel has read it. */
intptr_t bsd_newthread(struct m *mp)
{
	enum { LWP_DETACHED = 0x40 };
	char *context = (char *)((mp->g0top.lowest + 15) & ~(uintptr_t)15);
	int32_t lwp;
	intptr_t e = bsd_getcontext(context);

	if (e < 0)
		return e;
	netbsd_call(context, mp->g0->sched.sp, bsd_thread, mp);
	return bsd_lwp_create(context, LWP_DETACHED, &lwp);
}
