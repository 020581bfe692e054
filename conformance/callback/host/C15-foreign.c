#include "host.h"

void kit_callback(void *arg);
void kit_nested(void *arg);

struct job {
	uint32_t threads, callbacks;
};

static __thread uint32_t mine; /* in this thread's storage, as g is */
static uint32_t bad;

intptr_t host_libc(void *arg)
{
	intptr_t r = 0;

	(void)arg;
	for (int i = 1; i < 20; i++) {
		char *p = malloc((size_t)i * 100);
		memset(p, i, (size_t)i * 100);
		r += p[i * 100 - 1] != i;
		free(p);
	}
	mine++;
	return r;
}

intptr_t host_again(void *arg)
{
	cgocallback(kit_nested, arg);
	cgocallback(kit_nested, arg);
	return 0;
}

/* Values in all registers that a call preserves, the one that holds g among them. */
__attribute__((noinline)) static uintptr_t registers(uintptr_t v, void (*fn)(void *), void *arg)
{
#if defined __x86_64__
	register uintptr_t a __asm__("r14") = v, b __asm__("r15") = v + 1, c __asm__("rbx") = v + 2;
#elif defined __i386__
	register uintptr_t a __asm__("edi") = v, b __asm__("esi") = v + 1, c __asm__("ebx") = v + 2;
#elif defined __aarch64__
	register uintptr_t a __asm__("x28") = v, b __asm__("x27") = v + 1, c __asm__("x19") = v + 2;
#else
	register uintptr_t a __asm__("r10") = v, b __asm__("r8") = v + 1, c __asm__("r5") = v + 2;
#endif
	__asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c));
	cgocallback(fn, arg);
	__asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c));
	return a + b + c - 3 * v - 3;
}

static void *caller(void *arg)
{
	struct job *job = arg;
	uint32_t count = 0, wrong = 0;
	sigset_t mask, before, after;
	stack_t was, is;
	char *own = malloc(SIGSTKSZ * 2);

	mine = 12345;
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	pthread_sigmask(SIG_SETMASK, &mask, 0);
	if ((uintptr_t)&count % 128 < 64) { /* some threads have a signal stack of their own */
		stack_t own_ = { .ss_sp = own, .ss_size = SIGSTKSZ * 2 };
		sigaltstack(&own_, 0);
	}
	pthread_sigmask(SIG_SETMASK, 0, &before);
	sigaltstack(0, &was);
	while (count < job->callbacks) {
		uint32_t next = count + 1;
		wrong += registers((uintptr_t)&count + count, kit_callback, &count) != 0;
		wrong += count != next;
		sigaltstack(0, &is);
		pthread_sigmask(SIG_SETMASK, 0, &after);
		wrong += is.ss_sp != was.ss_sp || is.ss_size != was.ss_size || is.ss_flags != was.ss_flags;
		for (int sig = 1; sig < 32; sig++)
			wrong += sigismember(&before, sig) != sigismember(&after, sig);
		wrong += mine < 12345 || mine > 12345 + job->callbacks;
	}
	is = (stack_t){ .ss_flags = SS_DISABLE };
	sigaltstack(&is, 0);
	free(own);
	if (wrong)
		__atomic_add_fetch(&bad, 1, __ATOMIC_SEQ_CST);
	return 0;
}

intptr_t host_threads(void *arg)
{
	struct job *job = arg;
	pthread_t t[64];

	bad = 0;
	for (uint32_t i = 0; i < job->threads; i++)
		if (pthread_create(&t[i], 0, caller, job) != 0)
			abort();
	for (uint32_t i = 0; i < job->threads; i++)
		pthread_join(t[i], 0);
	return bad;
}
