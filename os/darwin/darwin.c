/* Where Darwin goes its own way. */
#include "bsd.h"

/* In assembly: where a thread begins, with mp its argument; what the kernel calls for a signal. */
NOSPLIT void darwin_start(void);
NOSPLIT void darwin_tramp(void);

NOSPLIT uint32_t darwin_thread_self(void);
NOSPLIT uint32_t darwin_set_cthread_self(void *base); /* a selector: amd64 has no use for it, 386 has loaded it */
NOSPLIT intptr_t bsd_bsdthread_register(void (*start)(void), void *wq, int32_t size, void *a, void *b, uint64_t c);
NOSPLIT intptr_t bsd_bsdthread_create(void *fn, struct m *mp, void *stack, void *pthread, uint32_t flags);
NOSPLIT intptr_t bsd_sigaction(int32_t sig, const void *new, void *old);
NOSPLIT intptr_t bsd_pthread_kill(uint32_t thread, int32_t sig);
NOSPLIT void *bsd_mmap(void *p, uintptr_t n, int32_t prot, int32_t flags, int32_t fd, int64_t offset);
NOSPLIT intptr_t bsd_open(const char *path, int32_t flags, int32_t mode);
NOSPLIT intptr_t bsd_read(int32_t fd, void *p, uintptr_t n);
NOSPLIT intptr_t bsd_close(int32_t fd);

void *bsd_map(uintptr_t n)
{
	enum { READ_WRITE = 3, PRIVATE_ANON = 0x1002 };

	return bsd_mmap(0, n, READ_WRITE, PRIVATE_ANON, -1, 0);
}

intptr_t bsd_random(void *p, uintptr_t n)
{
	int32_t fd = (int32_t)bsd_open("/dev/urandom", 0, 0);
	intptr_t r;

	if (fd < 0)
		return fd;
	r = bsd_read(fd, p, n);
	bsd_close(fd);
	return r;
}

intptr_t bsd_settls(struct m *mp)
{
	darwin_set_cthread_self(bsd_tls(mp));
	return 0;
}

/* The kernel enters at the trampoline, which calls sigtramp. */
intptr_t bsd_catch(int32_t sig, void (*handler)(void), int32_t flags)
{
	const struct {
		void (*handler)(void), (*trampoline)(void);
		struct bsd_sigset mask;
		int32_t flags;
	} sa = { handler, darwin_tramp, { { BSD_ALL } }, flags };

	return bsd_sigaction(sig, &sa, 0);
}

intptr_t bsd_kill(struct m *mp, int32_t sig)
{
	return bsd_pthread_kill(mp->procid, sig);
}

uint32_t bsd_self(void)
{
	return darwin_thread_self();
}

intptr_t bsd_newthread(struct m *mp)
{
	enum { PTHREAD_START_CUSTOM = 0x1000000 }; /* on the stack given */
	static uint32_t registered;
	intptr_t r;

	if (!atomicload(&registered)) {
		bsd_bsdthread_register(darwin_start, 0, 0, 0, 0, 0); /* EINVAL: another thread was faster */
		atomicstore(&registered, 1);
	}
	r = bsd_bsdthread_create(0, mp, (uintptr_t *)mp->g0->sched.sp - 4, 0, PTHREAD_START_CUSTOM);
	return r < 0 && r > -4096 ? r : 0; /* else it is what it was given for the pthread */
}
