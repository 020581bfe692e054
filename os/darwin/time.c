/* Clocks and short sleeps. mach_absolute_time, which counts ns on these archs, is not a
 * call: the kernel keeps what it takes in a page of every process (osfmk/i386/commpage). */
#include "bsd.h"

/* Changed while generation is 0, and another one after that. */
struct commtime {
	uint64_t base; /* of the time-stamp counter */
	uint32_t scale, shift; /* ns = (ticks << shift) * scale >> 32 */
	uint64_t ns; /* at base */
	uint32_t generation;
};

NOSPLIT int32_t darwin_mach_wait_until(uint64_t when);
NOSPLIT int64_t bsd_thread_selfusage(void);
NOSPLIT uint32_t darwin_swtch_pri(int32_t pri);

/* x86 does not pass loads by others; lfence keeps the counter between them, and the
 * product has 96 bits. */
int64_t nanotime(void)
{
	volatile struct commtime *t = (volatile struct commtime *)(COMMPAGE + 0x50);
	uint64_t ticks, ns;
	uint32_t generation;

	do {
		generation = t->generation;
		__asm__ volatile("lfence" : : : "memory");
		ticks = (__builtin_ia32_rdtsc() - t->base) << (t->shift & 31);
		ns = t->ns + (ticks >> 32) * t->scale + ((ticks & 0xffffffff) * t->scale >> 32);
		__asm__ volatile("lfence" : : : "memory");
	} while (generation == 0 || generation != t->generation);
	return (int64_t)ns;
}

/* On kernels before 10.10 this is ENOSYS. */
int64_t cputime(void)
{
	return bsd_thread_selfusage();
}

/* Until a moment, so that nothing is lost if a signal comes first. */
void usleep(uint32_t us)
{
	enum { KERN_ABORTED = 14 };
	int64_t end = nanotime() + (int64_t)us * 1000;

	while (darwin_mach_wait_until((uint64_t)end) == KERN_ABORTED)
		;
}

void osyield(void)
{
	darwin_swtch_pri(0);
}
