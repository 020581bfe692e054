/* Profiling: the kernel has no timer for it, so that a process of our own, which is no M,
 * posts a note to each M that has it on, which are those that neither sleep nor wait in a
 * system call. Its clock has ms. */
#include "sched.h"

#include "plan9.h"

static struct m sampler;
static uint32_t rate; /* Hz */

int32_t proftimer(int32_t hz)
{
	static char stacks[SignalStack + StackReserve + StackMin] __attribute__((aligned(16)));
	uintptr_t low = (uintptr_t)stacks;

	atomicstore(&rate, (uint32_t)hz);
	if (hz == 0 || sampler.g0)
		return 0;
	sampler.g0 = &sampler.g0buf;
	sampler.gsignal = &sampler.gsignalbuf;
	setstacks(&sampler, low + SignalStack, low + sizeof stacks, low);
	return newosproc(&sampler);
}

NOSPLIT NORETURN static void sample(void)
{
	for (uint32_t random = 1;; random = random * 1664525 + 1013904223) {
		int32_t hz = (int32_t)atomicload(&rate), ms = hz > 0 ? timediv(1000, hz, 0) : 20;
		plan9_sleep(ms > 0 ? ms : 1);
		if (hz > 0)
			procyield(random >> 19); /* a loop of as many ms is not to be met at one place only */
		for (struct m *mp = sched.allm; mp && hz > 0; mp = mp->link)
			if (mp->tls[0] && atomicload(&mp->alive))
				plan9_post(mp->procid, "note", PLAN9_PROFILE);
	}
}

void plan9_thread(struct m *mp)
{
	STACK_ROOT(plan9_thread, StackReserve);
	if (mp == &sampler)
		sample();
	mstart(mp);
}
