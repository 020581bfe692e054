/* Where FreeBSD goes its own way. */
#include "bsd.h"

NOSPLIT intptr_t bsd_sysarch(int32_t op, void *arg);
NOSPLIT intptr_t bsd_sigprocmask(int32_t how, const struct bsd_sigset *set, struct bsd_sigset *old);
NOSPLIT intptr_t bsd_sigaction(int32_t sig, const void *new, void *old);
NOSPLIT intptr_t bsd_thr_self(intptr_t *id);
NOSPLIT intptr_t bsd_thr_kill(intptr_t id, int32_t sig);
NOSPLIT intptr_t bsd_thr_new(const void *param, uint32_t size);
NOSPLIT void *bsd_mmap(void *p, uintptr_t n, int32_t prot, int32_t flags, int32_t fd, int64_t offset);

void *bsd_map(uintptr_t n)
{
	enum { READ_WRITE = 3, PRIVATE_ANON = 0x1002 };

	return bsd_mmap(0, n, READ_WRITE, PRIVATE_ANON, -1, 0);
}

intptr_t bsd_random(void *p, uintptr_t n)
{
	static const int32_t kern_arnd[] = { 1, 37 };
	intptr_t e = bsd_sysctl(kern_arnd, 2, p, &n, 0, 0);

	return e < 0 ? e : (intptr_t)n;
}

intptr_t bsd_settls(struct m *mp)
{
	return bsd_sysarch(SET_TLS, bsd_tls(mp)); /* on x86 from where it is read: it points to itself */
}

intptr_t bsd_catch(int32_t sig, void (*handler)(void), int32_t flags)
{
	const struct {
		void (*handler)(void);
		int32_t flags;
		struct bsd_sigset mask;
	} sa = { handler, flags, { { BSD_ALL } } };

	return bsd_sigaction(sig, &sa, 0);
}

intptr_t bsd_sigmask(int32_t how, const struct bsd_sigset *set, struct bsd_sigset *old)
{
	return bsd_sigprocmask(how, set, old);
}

intptr_t bsd_kill(struct m *mp, int32_t sig)
{
	return bsd_thr_kill((intptr_t)mp->procid, sig);
}

uint32_t bsd_self(void)
{
	intptr_t id = 0;

	bsd_thr_self(&id);
	return (uint32_t)id;
}

/* thr_new(2): the kernel calls start(arg) on the stack. */
intptr_t bsd_newthread(struct m *mp)
{
	const struct {
		void (*start)(struct m *mp);
		struct m *arg;
		uintptr_t stack, stacksize; /* what follows is zero if the size says that it is not there */
	} param = { bsd_thread, mp, mp->g0top.lowest, mp->g0->sched.sp - mp->g0top.lowest };

	return bsd_thr_new(&param, sizeof param);
}
