/* What the files of the scheduler share; nothing else includes it, but tests that look
 * behind rt.h.
 *
 * Who may touch what:
 *   sched.lock	the global queue, the lists of idle Ms and Ps, the counts of threads,
 *		the lists of goroutines that no P has. It is held over no call that
 *		may wait.
 *   the holder	of a P (m->p == p and p->status == Prunning): all of the P, but for
 *		runqhead, where thieves take too.
 *   a cas	takes a P in Psyscall from the M that is in the system call.
 * What is declared nosplit says why where it is defined; the rest runs on g0, or on
 * a goroutine with m->locks held where it keeps a P in a local variable.
 */
#include "rt.h"

#define rarely(cond) __builtin_expect(!!(cond), 0)
/* A function that never returns is cold to gcc, which then inlines nothing into it: but
 * those that switch stacks are the hottest of all. */
#define INLINE __attribute__((always_inline)) static inline

/* The compiler keeps what is before it before what is behind it: for a signal, which the
 * same thread takes. */
INLINE NOSPLIT void keeporder(void)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}

struct sched {
	struct mutex lock;
	struct g *head, *tail; /* runnable, the global queue */
	uint32_t nqueue;       /* its length; read without the lock as a hint */
	struct p *pidle;
	uint32_t npidle;    /* written under the lock, read without it */
	uint32_t nmspinning; /* Ms that look for work; xadd */
	struct m *midle;
	uint32_t nmidle;
	int32_t nmidlelocked; /* Ms that wait for their locked goroutine, and what
				 else is not to be counted as running */
	uint32_t nm;	      /* threads alive, sysmon not counted */
	struct m *allm;
	uint32_t mids;
	struct g *gfree; /* dead goroutines with a first segment */
	uint32_t ngfree;
	struct g *gnew;	 /* never used */
	uint32_t nnew;	 /* goroutines ever made */
	uint32_t nsystem; /* of them alive, and not the program's */
	uint32_t goids;
	/* stop the world */
	uint32_t stopping; /* Ps are to stop; atomic */
	uint32_t stopwait; /* Ps that have not stopped yet; under the lock */
	struct note stopnote;
	/* sysmon */
	bool sysmonwait; /* it sleeps until a P is busy; under the lock */
	struct note sysmonnote;
	int32_t profilehz;
};
extern struct sched sched;
extern struct p *allp[MaxProcs];
/* Ps in use. It changes only while the world is stopped: so it stands still for who holds
 * a P, and who does not reads it, and allp, with getp. */
extern uint32_t procs;

/* Any thread: the P with that number, which may be in use no longer, or nil. */
INLINE NOSPLIT struct p *getp(uint32_t i)
{
	return (struct p *)atomicloadp((uintptr_t *)&allp[i]);
}

/* m->moving: gp->sched.sp is the sp of the caller of the function that splits, and sched.pc
 * in the function; or sp and pc where the function goes that leaves its segment. */
enum { Splitting = 1, Leaving };

/* ---- lock_futex.c, lock_sema.c ---- */

NOSPLIT bool notetsleep0(struct note *n, int64_t ns); /* notetsleep, on g0's stack */

/* ---- runq.c: the queue of a P, and the global one ---- */

#include "runq.h"

struct g *runqsteal(struct p *pp, struct p *victim);	/* half of victim's; pp is the thief's own */
bool runqempty(struct p *pp);				/* any thread: a hint */
bool workanywhere(void);				/* is there a P with a queue that is not empty? */
void globput(struct g *gp);				/* lock held */
struct g *globget(struct p *pp, uint32_t max);		/* lock held; a fair share for pp, at most max (0: any) */

/* ---- proc.c ---- */

NORETURN void execute(struct g *gp);	/* g0, with a P: runs gp, which nobody else has */
NORETURN void schedule0(struct g *gp);	/* schedule, whatever it takes; gp was taken from the queue already, or nil */
struct g *findrunnable(void);		/* steal.c: g0, with a P: blocks until there is one */
NORETURN void park0(struct g *gp);
void readyfull(struct m *mp, struct g *gp); /* readyon's, with the ring full and m->locks held, until it returns */
void globalnext(struct p *pp);		/* pp, the caller's, looks at the global queue next */

#include "run.h"

/* ---- idle.c: Ms and Ps without work ---- */

void pidleput(struct p *pp);	/* lock held */
struct p *pidleget(void);	/* lock held; nil if none. Wakes sysmon */
NOSPLIT void acquirep(struct p *pp);	/* the calling M, which has none, holds pp now */
NOSPLIT struct p *releasep(void);	/* the calling M holds none; its P is Pidle and in no list */
void startm(struct p *pp, bool spinning); /* runs pp, or an idle P if nil, on an idle or new M */
void stopm(void);			/* g0, without a P: waits for one */
void handoffp(struct p *pp);		/* pp, held by nobody: runs it if it has work, or puts it away */
void wakep(void);			/* one more M looks for work, if none does */
void sleepforp(struct m *mp);		/* mp, the caller's, sleeps until it is given a P */

/* ---- dead.c ---- */

void checkdead(void);	 /* lock held, one thread less runs: throws if nothing can ever run */
bool maybedead(int64_t now); /* lock held: only background goroutines are not idle; throws if for long */
void incidlelocked(int32_t d);
void wakesysmon(void); /* lock held: if it sleeps */

/* ---- thread.c ---- */

enum { SignalStack = 32 << 10 };
struct m *allocm(void);		/* lock held: an M without a thread, counted in nm */
void startthread(struct m *mp); /* runs mp->fn, or goroutines with mp->nextp */
NOSPLIT void setstacks(struct m *mp, uintptr_t g0lo, uintptr_t g0hi, uintptr_t sig); /* SignalStack bytes at sig */

/* ---- lockedm.c ---- */

void stoplockedm(void);			/* waits until the locked goroutine is runnable */
void startlockedm(struct g *gp);	/* hands the P to the M of gp, and stops */

/* ---- newproc.c ---- */

struct g *gget(struct p *pp);		/* a dead goroutine, from pp's or (nil: only) from everybody's */
void ginit(struct g *gp, uintptr_t size); /* g0: a first segment of size bytes in all, nothing on it */
void gfree(struct g *gp);		/* g0, with a P: gp is dead; frees all but the first segment */
void gpurge(struct p *pp);		/* lock held: gives pp's dead goroutines back */
NOSPLIT struct g *gnext(struct g *gp);	/* walks all goroutines ever made; gp nil: the first. Any thread */

/* ---- func.c ---- */

void sortfuncs(void); /* once, before there is a second thread */

/* ---- start.c ---- */

uint32_t wantedprocs(void); /* the environment's GOMAXPROCS, from 1 on; 1 if it is not a number */
void schedinit(void);	/* g0 of m0: the Ps, the first of them held, and sysmon */

/* ---- sysmon.c, preempt.c, stw.c, timer.c, prof.c ---- */

void sysmon(void *arg);
bool preemptone(struct p *pp);	/* asks the goroutine that runs on pp; false if none does */
void preemptall(void);
bool otherprofile(struct p *pp); /* does not the M that holds pp take profiling signals as the program wants? */
void poisoned(struct g *gp, struct more *more, struct stktop *spare); /* newstack found the guard poisoned */
void stopme(void);		/* g0, with a P: gives it up for stop-the-world, waits */
void procresize(uint32_t n);	/* world stopped, lock held: the caller holds one of n Ps, the others are Pstopped */
void startps(void);		/* lock held: makes those Pidle */
/* A tick at pc and sp, on gsignal. */
void sigprof(uintptr_t pc, uintptr_t sp);
NOSPLIT void tracestopped(struct g *gp); /* trace.c: a goroutine that does not run */
NOSPLIT uintptr_t movingpc(struct g *gp); /* trace.c: gp splits or leaves a segment: where it goes on behind that */
NOSPLIT void firsttodie(void); /* panic.c: comes back on one thread only */
NOSPLIT NORETURN void dopanic(struct g *gp, uintptr_t pc, uintptr_t sp); /* traces, and the end */
NOSPLIT bool insegment(struct g *gp, uintptr_t sp); /* trace.c: is sp in a segment of gp? */
NOSPLIT void resetprofile(struct m *mp); /* mp, the caller's, takes profiling signals as the program wants */

/* What mp, the caller's, holds, or nil: in syscall status m->p may be another one's. */
INLINE struct p *heldp(struct m *mp)
{
	struct p *pp = mp->p;

	return pp && (struct m *)atomicloadp((uintptr_t *)&pp->m) == mp ? pp : 0;
}

/* Makes gp, which is Gwaiting, runnable on the P of the caller's M, mp, where the caller
 * stays: there is no split check in it, but where m->locks is held. */
INLINE void readyon(struct m *mp, struct p *pp, struct g *gp, bool alone)
{
	if (rarely(gp->status != Gwaiting))
		throw("ready: goroutine is not parked");
	gp->status = Grunnable;
	if (rarely(!runqput(pp, gp, alone))) {
		mp->locks++;
		readyfull(mp, gp);
	}
	if (!alone)
		wakep();
}

INLINE void readyhere(struct m *mp, struct g *gp)
{
	if (alone())
		readyon(mp, allp[0], gp, true);
	else
		readyon(mp, mp->p, gp, false);
}

/* A lock that only goroutines take, with a P: where there is but one P it needs no
 * atomic operation, because m->locks keeps its holder from being preempted, and the
 * number of Ps changes only when all goroutines stand at a split check. */
INLINE NOSPLIT void golock(struct mutex *l)
{
	if (procs == 1)
		getm()->locks++;
	else
		lock(l);
}

INLINE NOSPLIT void gounlock(struct mutex *l)
{
	if (procs == 1)
		releasem(getm());
	else
		unlock(l);
}
