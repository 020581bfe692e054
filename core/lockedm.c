/* A goroutine that is wired to its thread: the M runs nothing else, and no other M
 * runs the goroutine. Whoever takes it from a queue hands his P over. */
#include "foreign.h"

void lockOSThread(void)
{
	struct g *gp = getg();
	struct m *mp = gp->m; /* no split check follows */

	mp->locked++;
	mp->lockedg = gp;
	gp->lockedm = mp;
}

void unlockOSThread(void)
{
	struct g *gp = getg();
	struct m *mp = gp->m;

	if (mp->lockedg != gp || mp->locked % LockForeign == 0)
		throw("unlockOSThread: not locked");
	if (--mp->locked == 0) {
		mp->lockedg = 0;
		gp->lockedm = 0;
	}
}

void stoplockedm(void)
{
	struct m *mp = getm();

	if (mp->p)
		handoffp(releasep());
	incidlelocked(1);
	sleepforp(mp);
	if (mp->lockedg->status != Grunnable)
		throw("stoplockedm: woken for a goroutine that cannot run");
}

void startlockedm(struct g *gp)
{
	struct m *mp = gp->lockedm;

	if (mp == getm())
		throw("startlockedm: the goroutine is locked to this M");
	incidlelocked(-1); /* mp is no longer idle */
	mp->nextp = releasep();
	notewakeup(&mp->wakenote);
	stopm();
}
