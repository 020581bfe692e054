/* Signals for threads that the runtime did not make: those that it catches for itself do
 * nothing there, before, during and after a callback, and whatever the thread blocks; a
 * fault ends the program with a message, as elsewhere. */
#include "test.h"

intptr_t host_storm(void *arg); /* host/C17-badsignal.c: threads that send SIGURG and SIGPROF to those that call kit_callback */
intptr_t host_keepstls(void *arg); /* is a thread's storage its own after a signal? */
intptr_t host_fault(void *arg); /* a thread that faults */
void kit_callback(void *arg);

static uint32_t callbacks, bad;

__attribute__((noipa)) static uint32_t recurse(uint32_t n)
{
	volatile uint32_t frame[30];

	frame[0] = n;
	return n == 0 ? 0 : recurse(n - 1) + (frame[0] == n);
}

void kit_callback(void *arg)
{
	uint32_t n = *(uint32_t *)arg;

	bad += recurse(n % 32) != n % 32;
	if (n % 16 == 0)
		gosched();
	xadd(&callbacks, 1);
}

/* On gsignal. */
static void sample(uintptr_t *pcs, uint32_t n)
{
	(void)pcs;
	bad += n == 0;
}

TEST("C17")
{
	uint32_t n = 500;

	if (!cgocall(host_keepstls, 0))
		SKIP("a signal leaves the thread with another one's storage: qemu-i386 7.2");
	gomaxprocs(2);
	EQ(cpuprofile(1000, sample), 0, "cpuprofile");
	EQ(cgocall(host_storm, &n), 0, "threads that were not as before");
	EQ(cpuprofile(0, 0), 0, "cpuprofile, the end");
	EQ(callbacks, n, "callbacks");
	EQ(bad, 0, "callbacks that went wrong");
	CHECK(nsigother > 10, "signals that came in callbacks");
	THROWS("SIGSEGV: bad memory access on a thread that is not the runtime's");
	cgocall(host_fault, 0);
}
