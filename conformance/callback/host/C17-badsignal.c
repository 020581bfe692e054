#include "host.h"

void kit_callback(void *arg);

enum { Threads = 4 };

static pthread_t threads[Threads];
static uint32_t started, sent, over, bad, callbacks;

static void *caller(void *arg)
{
	uint32_t least = *(uint32_t *)arg;

	__atomic_add_fetch(&started, 1, __ATOMIC_SEQ_CST);
	for (uint32_t i = 0; i < least || __atomic_load_n(&sent, __ATOMIC_SEQ_CST) < least; i++) {
		volatile uint32_t v = i;
		cgocallback(kit_callback, &i);
		bad += v != i;
		for (v = 0; v < 200; v++) /* outside of the runtime, with the profiling timer on */
			;
		__atomic_add_fetch(&callbacks, 1, __ATOMIC_SEQ_CST);
	}
	while (!__atomic_load_n(&over, __ATOMIC_SEQ_CST))
		sched_yield(); /* there as long as somebody sends to it */
	return 0;
}

static void *sender(void *arg)
{
	uint32_t least = *(uint32_t *)arg;

	while (__atomic_load_n(&started, __ATOMIC_SEQ_CST) < Threads)
		sched_yield();
	while (__atomic_add_fetch(&sent, 1, __ATOMIC_SEQ_CST) < least) {
		for (int i = 0; i < Threads; i++) {
			pthread_kill(threads[i], SIGURG);
			pthread_kill(threads[i], SIGPROF);
		}
		sched_yield();
	}
	return 0;
}

/* qemu-i386 7.2 has one table of descriptors for all threads: when sigreturn loads gs
 * again, it leads to the storage of the thread that was made last. */
static __thread int here;
static uint32_t probed;

__attribute__((noipa)) static int *where(void)
{
	return &here;
}

static void nothing(int sig)
{
	(void)sig;
}

static void *bystander(void *arg)
{
	while (!__atomic_load_n(&probed, __ATOMIC_SEQ_CST))
		sched_yield();
	return arg;
}

intptr_t host_keepstls(void *arg)
{
	int *before = where(), *after;
	pthread_t t;

	(void)arg;
	signal(SIGUSR2, nothing);
	if (pthread_create(&t, 0, bystander, 0) != 0)
		abort();
	raise(SIGUSR2);
	after = where();
	__atomic_store_n(&probed, 1, __ATOMIC_SEQ_CST);
	if (before != after)
		return 0;
	pthread_join(t, 0);
	return 1;
}

intptr_t host_storm(void *arg)
{
	pthread_t s;

	for (int i = 0; i < Threads; i++)
		if (pthread_create(&threads[i], 0, caller, arg) != 0)
			abort();
	if (pthread_create(&s, 0, sender, arg) != 0)
		abort();
	pthread_join(s, 0);
	__atomic_store_n(&over, 1, __ATOMIC_SEQ_CST);
	for (int i = 0; i < Threads; i++)
		pthread_join(threads[i], 0);
	*(uint32_t *)arg = callbacks;
	return bad;
}

static void *fault(void *arg)
{
	*(volatile int *)arg = 1;
	return 0;
}

intptr_t host_fault(void *arg)
{
	pthread_t t;

	if (pthread_create(&t, 0, fault, arg) != 0)
		abort();
	return pthread_join(t, 0);
}
