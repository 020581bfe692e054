/* Profiling: which Ms take the signal, and what a tick says. */
#include "sched.h"

enum { MaxDepth = 64, MaxHz = 1000000 };

static void (*profile)(uintptr_t *pcs, uint32_t n);

/* What goes on, on g0, for gp. Behind asmcgocall, and behind foreign code, of whose frames
 * nothing is known, the trace continues where asmcgocall was called; while a segment is
 * changed, in the function that splits, or to which lessstack returns. */
static uint32_t forgoroutine(struct g *gp, uintptr_t *pcs, uint32_t n)
{
	const struct funcrec *f = findfunc(pcs[n - 1] - 1);
	bool splits = f && f->addr == (uintptr_t)__morestack;

	if (n > MaxDepth - 2 || (f && !splits && f->addr != (uintptr_t)asmcgocall))
		return n;
	if (!gp->m->moving)
		return splits ? n : n + callers(gp, gp->sched.pc, gp->sched.sp, pcs + n, MaxDepth - n);
	/* pcs that are not return addresses */
	if (!splits)
		pcs[n++] = (uintptr_t)__morestack + 1;
	if (gp->m->moving == Splitting)
		pcs[n++] = gp->sched.pc + 1;
	return n + callers(gp, movingpc(gp), gp->sched.sp, pcs + n, MaxDepth - n);
}

/* On gsignal. A tick comes anywhere, also while a segment is changed. */
void sigprof(uintptr_t pc, uintptr_t sp)
{
	uintptr_t pcs[MaxDepth];
	struct m *mp = getm();
	struct g *gp = mp->curg;
	void (*fn)(uintptr_t *, uint32_t) = profile;
	uint32_t n;

	if (!fn)
		return;
	pc++; /* it is not a return address, but looked up as one */
	if (gp && insegment(gp, sp)) {
		n = callers(gp, pc, sp, pcs, MaxDepth);
	} else {
		n = callers(mp->g0, pc, sp, pcs, MaxDepth);
		if (gp)
			n = forgoroutine(gp, pcs, n);
	}
	fn(pcs, n);
}

/* sysmon preempts who runs for long on such an M: the next one, or the same again, is run
 * with the right setting. */
bool otherprofile(struct p *pp)
{
	struct m *mp = (struct m *)atomicloadp((uintptr_t *)&pp->m);

	return mp && mp->profilehz != sched.profilehz;
}

/* Nosplit: any g. */
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
	if (hz > MaxHz)
		hz = MaxHz;
	e = proftimer(hz);
	if (e < 0)
		return e;
	profile = fn;
	mp = acquirem();
	sched.profilehz = hz; /* the other Ms: run, exitsyscall, and otherprofile */
	resetprofile(mp);
	releasem(mp);
	return 0;
}
