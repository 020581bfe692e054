/* Profiling: which Ms take the signal, and what a tick says. */
#include "sched.h"

enum { MaxDepth = 64 };

static void (*profile)(uintptr_t *pcs, uint32_t n);

/* Nosplit: a tick comes anywhere. On gsignal. */
void sigprof(uintptr_t pc, uintptr_t sp)
{
	uintptr_t pcs[MaxDepth];
	struct m *mp = getm();
	struct g *gp = mp->curg;
	void (*fn)(uintptr_t *, uint32_t) = profile;

	if (!fn)
		return;
	if (!gp || gp->status != Gsyscall || insegment(gp, sp))
		fn(pcs, callers(gp ? gp : mp->g0, pc, sp, pcs, MaxDepth));
	else /* in foreign code on g0 */
		fn(pcs, callers(gp, gp->syscallpc, gp->syscallsp, pcs, MaxDepth));
}

void resetprofile(struct m *mp)
{
	mp->profilehz = sched.profilehz;
	setprof(mp->profilehz > 0);
}

int32_t cpuprofile(int32_t hz, void (*fn)(uintptr_t *pcs, uint32_t n))
{
	struct m *mp;
	int32_t e;

	if (hz <= 0) {
		hz = 0;
		fn = 0;
	}
	e = proftimer(hz);
	if (e < 0)
		return e;
	profile = fn;
	mp = acquirem();
	sched.profilehz = hz; /* the other Ms see it when they run the next goroutine */
	resetprofile(mp);
	releasem(mp);
	return 0;
}
