/* Where OpenBSD goes its own way. */
#include "bsd.h"

/* In assembly: __tfork; the child calls bsd_thread with what is at its stack's top. */
NOSPLIT intptr_t openbsd_tfork(const void *param, uintptr_t size);
NOSPLIT intptr_t bsd_set_tcb(void *p);
NOSPLIT intptr_t bsd_getthrid(void);
NOSPLIT intptr_t bsd_thrkill(int32_t id, int32_t sig, void *tcb);
NOSPLIT intptr_t bsd_getentropy(void *p, uintptr_t n);
NOSPLIT uint32_t bsd_sigprocmask(int32_t how, uint32_t mask);
NOSPLIT intptr_t bsd_sigaction(int32_t sig, const void *new, void *old);
NOSPLIT void *bsd_mmap(void *p, uintptr_t n, int32_t prot, int32_t flags, int32_t fd, int64_t offset);

/* All of it may be a stack: the kernel ends a program that makes a call elsewhere. */
void *bsd_map(uintptr_t n)
{
	enum { READ_WRITE = 3, PRIVATE_ANON_STACK = 0x5002 };

	return bsd_mmap(0, n, READ_WRITE, PRIVATE_ANON_STACK, -1, 0);
}

intptr_t bsd_random(void *p, uintptr_t n)
{
	intptr_t e = bsd_getentropy(p, n);

	return e < 0 ? e : (intptr_t)n;
}

intptr_t bsd_settls(struct m *mp)
{
	return bsd_set_tcb(bsd_tls(mp));
}

intptr_t bsd_catch(int32_t sig, void (*handler)(void), int32_t flags)
{
	const struct {
		void (*handler)(void);
		struct bsd_sigset mask;
		int32_t flags;
	} sa = { handler, { { BSD_ALL } }, flags };

	return bsd_sigaction(sig, &sa, 0);
}

/* The mask itself is the argument, and the one before the result: there is no error. */
intptr_t bsd_sigmask(int32_t how, const struct bsd_sigset *set, struct bsd_sigset *old)
{
	uint32_t before = bsd_sigprocmask(how, set->bits[0]);

	if (old)
		old->bits[0] = before;
	return 0;
}

intptr_t bsd_kill(struct m *mp, int32_t sig)
{
	return bsd_thrkill((int32_t)mp->procid, sig, 0);
}

uint32_t bsd_self(void)
{
	return (uint32_t)bsd_getthrid();
}

intptr_t bsd_newthread(struct m *mp)
{
	struct m **stack = (struct m **)mp->g0->sched.sp - 4;
	const struct {
		void *tcb;
		int32_t *id;
		void *stack;
	} param = { bsd_tls(mp), 0, stack };

	*stack = mp;
	return openbsd_tfork(&param, sizeof param);
}
