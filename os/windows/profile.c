/* Profiling: a thread that is no M of the scheduler's stops the others one after the other,
 * as often as is asked for, and looks where each of them is. Time on the clock is what
 * counts, as profiling is off around sleeps. */
#include "windows.h"

static uint32_t rate, sampling; /* per second; is it at work? */

static void sampler(void *arg)
{
	(void)arg;
	for (uint32_t hz;;) {
		xchg(&sampling, true); /* before rate is read: who sets that to 0 looks here after */
		hz = atomicload(&rate);
		for (struct m *mp = mnext(0); hz && mp; mp = mnext(mp))
			windows_sample(mp); /* on g0 as it is */
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
