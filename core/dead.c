/* Deadlock: no thread runs that could ever make a goroutine runnable.
 *
 * Every thread counts but those that are idle, and sysmon. A thread in a system call
 * counts too, unless its goroutine is a background one. Whether such a one is blocked,
 * or has been woken already and only waits for a processor, nobody can tell from
 * outside: so that is not judged by whoever parks last, but by sysmon, once nothing has
 * changed for some time.
 */
#include "sched.h"

static int32_t running(void)
{
	return (int32_t)(sched.nm - sched.nmidle) - sched.nmidlelocked;
}

/* Threads that are in a system call of a background goroutine. */
static int32_t background(void)
{
	int32_t n = 0;

	for (struct m *mp = sched.allm; mp; mp = mp->link) {
		struct g *gp = (struct g *)atomicloadp((uintptr_t *)&mp->curg);
		n += gp && gp->background && atomicload(&gp->status) == Gsyscall;
	}
	return n;
}

void wakesysmon(void)
{
	if (sched.sysmonwait) {
		sched.sysmonwait = false;
		notewakeup(&sched.sysmonnote);
	}
}

NORETURN static void dead(void)
{
	throw("all goroutines are asleep - deadlock!");
}

void checkdead(void)
{
	int32_t run = running();

	if (run < 0)
		throw("checkdead: more idle threads than threads");
	if (run == 0)
		dead();
	wakesysmon(); /* are those that are left in the background? */
}

void incidlelocked(int32_t d)
{
	lock(&sched.lock);
	sched.nmidlelocked += d;
	if (d > 0)
		checkdead();
	unlock(&sched.lock);
}

/* Goroutines that were started, by anybody. */
static uint32_t started(void)
{
	uint32_t n = 0;
	struct p *pp;

	for (uint32_t i = 0; i < MaxProcs && (pp = getp(i)); i++)
		n += atomicload(&pp->schedtick);
	return n;
}

bool maybedead(int64_t now)
{
	enum { Sure = BackgroundTime * 1000000ll };
	/* Time alone proves nothing: it goes on where the whole machine was stopped. */
	enum { LooksToBeSure = BackgroundTime / 10 }; /* sysmon's slowest */
	static int64_t since;
	static uint32_t tick, looks;
	uint32_t t = started();
	int32_t run = running();

	if (run <= 0 || run != background()) {
		since = 0;
		return false;
	}
	if (since == 0 || t != tick) {
		since = now;
		tick = t;
		looks = 0;
	} else if (++looks >= LooksToBeSure && now - since >= Sure) {
		dead();
	}
	return true;
}
