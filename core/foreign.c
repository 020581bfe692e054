/* Threads that the runtime did not make, and a program that is not the runtime's.
 *
 * There is a list of Ms that wait for such threads, each with a goroutine of its own that
 * is locked to it. A thread that calls back takes one, and is it until the callback has
 * ended. Who takes the last one makes another as soon as it has a P (cgocallbackg1), for
 * those who wait: so one is enough to begin with.
 *
 * Until a thread has taken one, and again after, it has neither g nor M: what runs then
 * is nosplit and calls nothing that would ask for them.
 */
#include "foreign.h"

int32_t (*hostthread)(struct m *mp);

/* The Ms, linked by idlelink; Taken while somebody changes it. */
enum { Taken = 1 };
static uintptr_t extra;

NOSPLIT static struct m *lockextra(bool mayempty)
{
	for (;;) {
		uintptr_t list = atomicloadp(&extra);
		if (list != Taken && (list != 0 || mayempty)) {
			if (casp(&extra, list, Taken))
				return (struct m *)list;
		} else if (list == Taken) {
			osyield();
		} else {
			usleep(20); /* another thread is about to make one */
		}
	}
}

NOSPLIT static void unlockextra(struct m *list)
{
	atomicstorep(&extra, (uintptr_t)list);
}

intptr_t newextram(void *arg)
{
	struct g *gp = gget(0);
	struct m *mp;

	(void)arg;
	ginit(gp, StackMin);
	/* asmcgocall's frame would be there: traces end. */
	((uintptr_t *)gp->sched.sp)[-1] = 0;
	gp->goid = xadd(&sched.goids, 1);
	xadd(&sched.nsystem, 1);
	lock(&sched.lock);
	mp = allocm();
	unlock(&sched.lock);
	mp->foreign = true;
	mp->curg = gp;
	mp->lockedg = gp;
	mp->locked = LockForeign;
	gp->lockedm = mp;
	gp->m = mp;
	mp->idlelink = lockextra(true);
	unlockextra(mp);
	return 0;
}

/* Signals: as long as there is no g the handler leaves at once (badsignal), and the
 * signal stack is there before. */
void needm(void)
{
	uintptr_t sp = getcallersp();
	struct m *mp = lockextra(false);

	STACK_ROOT(needm, StackReserve);
	STACK_ROOT(cgocallback, StackReserve);
	mp->needextram = !mp->idlelink;
	unlockextra(mp->idlelink);
	setstacks(mp, sp - ForeignStack, sp, mp->gsignaltop.lowest);
	mp->g0->sched.sp |= ForeignSp;
	minit(mp);
	setg(mp->g0);
	settlsg(mp->g0);
	xadd(&sched.nsystem, -1);
	mp->curg->status = Gsyscall;
}

/* m->p stays as it is after every system call: sysmon takes the P if somebody has a use
 * for it, and otherwise the next thread that calls back finds it. */
void dropm(void)
{
	struct m *mp = getm();

	STACK_ROOT(dropm, StackReserve);
	mp->curg->status = Gdead;
	xadd(&sched.nsystem, 1);
	settlsg(0);
	unminit(mp);
	mp->idlelink = lockextra(true);
	unlockextra(mp);
}

/* Nosplit, and sets no registers aside: cgocallbackg calls it where there is hardly room. */
void makeroom(struct m *mp)
{
	struct stktop *top = &mp->g0top;
	uintptr_t end = top->lowest + top->size, low = mp->g0->sched.sp - ForeignStack;

	if (low >= top->lowest)
		return;
	top->lowest = low;
	top->size = end - low;
	top->guard = mp->g0->stackguard0 = low + StackGuard + StackReserve;
}

/* The thread goes back to who made it. Once mp->alive is 0 the M may be another one's, and
 * before that nobody may find it here. */
void hostexit(struct m *mp)
{
	struct gobuf frame = mp->hostframe;

	unminit(mp);
	settlsg(0);
	atomicstore(&mp->alive, 0);
	gogo(&frame);
}

void rthost(char **argv, int32_t (*thread)(struct m *mp))
{
	STACK_ROOT(rthost, StackReserve);
	hostthread = thread;
	rtstart((uintptr_t *)argv - 1); /* as the OS left it: argc is before */
	__builtin_unreachable();
}

void rthostthread(struct m *mp)
{
	uintptr_t sp = getcallersp();

	STACK_ROOT(rthostthread, StackReserve);
	if (gosave(&mp->hostframe)) /* with the register of g as the host wants it back */
		return;
	setstacks(mp, sp - ForeignStack, sp, mp->gsignaltop.lowest);
	minit(mp); /* before g is there: see needm */
	setg(mp->g0);
	settlsg(mp->g0);
	mstart(mp);
}
