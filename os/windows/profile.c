/* Profiling: a thread that is no M of the scheduler's stops the others one after the other,
 * as often as is asked for, and looks where each of them is. Time on the clock is what
 * counts, as profiling is off around sleeps. */
#include "windows.h"

/* For the time being it is the M of the other one, which stands still, and on its gsignal. No
 * call meanwhile that may wait for a lock: the other one may hold it. Nosplit: it is nobody. */
intptr_t windows_sample(void *arg)
{
	char ctx[ContextSize] __attribute__((aligned(16)));
	struct m *mp = arg;
	struct g *self = getg();
	uintptr_t h = HANDLE(mp->procid), sp = mp->gsignaltop.lowest + mp->gsignaltop.size;

	STACK_ROOT(windows_sample, StackReserve);
	if (!atomicloadp(&mp->tls[TlsProf]) || mp == getm() || (uint32_t)CALL(SuspendThread, h) == ~0u)
		return 0;
	*(uint32_t *)(ctx + ContextFlags) = ContextControl;
	/* It may have gone to sleep meanwhile, or be on gsignal with a fault. */
	if (atomicloadp(&mp->tls[TlsProf]) && (int32_t)CALL(GetThreadContext, h, A(ctx)) && sp - sigsp(ctx) >= mp->gsignaltop.size) {
		settlsg(mp->g0);
		windows_onstack(sp, windows_Profiling, 0, ctx);
		settlsg(self);
	}
	CALL(ResumeThread, h);
	return 0;
}

static uint32_t rate, sampling; /* per second; is it at work? */

static void sampler(void *arg)
{
	(void)arg;
	for (uint32_t hz;;) {
		xchg(&sampling, true); /* before rate is read: who sets that to 0 looks here after */
		hz = atomicload(&rate);
		for (struct m *mp = mnext(0); hz && mp; mp = mnext(mp))
			windows_sample(mp);
		atomicstore(&sampling, false);
		if (hz)
			usleep((uint32_t)timediv(1000000, (int32_t)hz, 0));
		else
			semasleep(-1);
	}
}

int32_t proftimer(int32_t hz)
{
	static struct m self = { .g0 = &self.g0buf, .gsignal = &self.gsignalbuf, .fn = sampler, .alive = 1 };
	uint32_t before = xchg(&rate, (uint32_t)hz);

	while (hz == 0 && atomicload(&sampling))
		osyield(); /* after this no tick comes any more */
	if (hz == 0 || before != 0)
		return 0;
	if (self.procid == 0) {
		self.waitsema = semacreate(&self);
		return newosproc(&self);
	}
	semawakeup(&self);
	return 0;
}
