/* The peer of the hot split: the same calls under gcc's -fsplit-stack, in a hosted
 * program. Twice: as libgcc does it, with all signals blocked around each change
 * of segment, and with that left out. Prints what bench.h says. Nothing but the
 * functions of hot.h is split. */
#include <stdio.h>
#include <time.h>

#define NOSPLIT __attribute__((no_split_stack))
#define NOINLINE __attribute__((noinline))

/* The guard that the prologue compares with: morestack.S of libgcc. */
#if defined(__x86_64__)
#define GUARD "movq %%fs:0x70, %0"
#else
#define GUARD "movl %%gs:0x30, %0"
#endif
static inline NOSPLIT __attribute__((always_inline)) unsigned long stacklimit(void)
{
	unsigned long v;

	__asm__ volatile(GUARD : "=r"(v));
	return v;
}

#include "hot.h"

enum { Rounds = 21, Calls = 1 << 15, SlowCalls = 1 << 10 };

void __splitstack_block_signals(int *new, int *old); /* libgcc; declared nowhere */

NOSPLIT static long long now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ll + ts.tv_nsec;
}

static void hotcalls(uint32_t n)
{
	deep(calls, n);
}

static void hotargcalls(uint32_t n)
{
	deep(argcalls, n);
}

NOSPLIT int main(void)
{
	static struct {
		const char *name;
		int block;
		void (*run)(uint32_t);
		uint32_t ops;
		long long total[Rounds];
	} s[] = {
		{ "libgcc-unblocked", 0, hotcalls, Calls, { 0 } },
		{ "libgcc-default", 1, hotcalls, SlowCalls, { 0 } },
		{ "libgcc-args", 0, hotargcalls, Calls, { 0 } },
	};

	if (!splits(calls) || !splits(argcalls)) {
		fputs("bench: libgcc: calls that should split do not, or the other way round\n", stderr);
		return 1;
	}
	for (int round = -1; round < Rounds; round++) { /* -1: to warm up */
		for (int i = 0; i < 3; i++) {
			long long start;
			__splitstack_block_signals(&s[i].block, 0);
			start = now();
			s[i].run(s[i].ops);
			if (round >= 0)
				s[i].total[round] = now() - start;
		}
	}
	for (int round = 0; round < Rounds; round++)
		for (int i = 0; i < 3; i++)
			printf("%s\t%u\t%lld\n", s[i].name, (unsigned)s[i].ops, s[i].total[round]);
	return 0;
}
