/* Profiling: a thread that is no M of the scheduler's stops the others one after the other,
 * as often as is asked for, and looks where each of them is. Time on the clock is what
 * counts, as profiling is off around sleeps. */
#include "windows.h"

/* It is the M of the other one for the time being, on its gsignal. That one stands still. */
NOSPLIT static void tick(struct m *mp, void *ctx)
{
	struct g *self = getg();

	settlsg(mp->g0);
	windows_onstack(windows_signalstack(mp, 0), windows_Profiling, 0, ctx);
	settlsg(self);
}

/* No call between the two that may wait for a lock: the other one may hold it. */
static intptr_t sample(void *arg)
{
	struct m *mp = arg;
	char ctx[ContextSize] __attribute__((aligned(16)));
	void *h = windows_handle(mp->procid);

	if (!atomicloadp(&mp->tls[TlsProf]) || mp == getm() || windows_SuspendThread(h) == ~0u)
		return 0;
	*(uint32_t *)(ctx + ContextFlags) = ContextControl;
	/* It may have gone to sleep meanwhile, or be on gsignal with a fault. */
	if (atomicloadp(&mp->tls[TlsProf]) && windows_GetThreadContext(h, ctx) &&
	    sigsp(ctx) - mp->gsignaltop.lowest >= mp->gsignaltop.size)
		tick(mp, ctx);
	windows_ResumeThread(h);
	return 0;
}

void windows_sample(struct m *mp)
{
	asmcgocall(sample, mp);
}

static uint32_t rate, sampling; /* per second; is it at work? */

static void sampler(void *arg)
{
	uint32_t hz;

	(void)arg;
	for (;;) {
		xchg(&sampling, true); /* before rate is read: who sets that to 0 looks here after */
		hz = atomicload(&rate);
		for (struct m *mp = (struct m *)atomicloadp(&windows_threads); hz && mp; mp = (struct m *)mp->tls[TlsNext])
			windows_sample(mp);
		atomicstore(&sampling, false);
		if (hz)
			usleep((uint32_t)timediv(1000000, (int32_t)hz, 0));
		else
			semasleep(-1);
	}
}

static struct m self = { .g0 = &self.g0buf, .gsignal = &self.gsignalbuf, .fn = sampler, .alive = 1 };

int32_t proftimer(int32_t hz)
{
	int32_t e = 0;

	if (hz == 0) {
		xchg(&rate, 0);
		while (atomicload(&sampling))
			osyield(); /* after this no tick comes any more */
	} else if (xchg(&rate, (uint32_t)hz) == 0) {
		if (self.waitsema) {
			semawakeup(&self);
		} else {
			self.waitsema = semacreate(&self);
			e = newosproc(&self);
		}
	}
	return e;
}
