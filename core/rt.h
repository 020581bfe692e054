/* portkit runtime: the only public header.
 *
 * Words used below:
 *   split    the function checks the stack on entry and may move to a new segment
 *   nosplit  it never does, so it may run where the stack cannot grow: with its
 *            callees it fits in StackLimit bytes
 *   g0       the scheduler stack of an M, which never splits
 * Durations are int64_t nanoseconds; ns < 0 is for ever. Kernel errors are
 * negative errno values. Unless a line says otherwise a function is split and
 * may be called on any goroutine.
 *
 * A program may call, besides what is declared here, what core/port.list gives to the os:
 * sysalloc, sysfree, oswrite, osexit, osgetenv, osrandom, nanotime, cputime, usleep, ncpu.
 * It can have no function or variable with a name that the linker sees in the kit: those
 * here, in core/port.list and core/sched.h (sched, procs, allp ...).
 *
 * Left out on purpose, for a language's runtime has its own: reading, and all other system
 * calls (a stub, between entersyscall and exitsyscall: conformance/linux/kernel.h and
 * R05); a program's arguments; memory by less than pages; to receive from one of several
 * channels, or for some time; to print anything but messages. No part of libgcc: what it
 * would do is in core/program, as far as programs need it.
 */
#ifndef CORE_RT_H
#define CORE_RT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stack.h"

#define NOSPLIT __attribute__((nosplit)) /* the compiler plugin's attribute */
#define NOINLINE __attribute__((noinline))
#define NORETURN __attribute__((noreturn))
#define STRING1(x) #x
#define STRING(x) STRING1(x) /* the text that x expands to */
#define nelem(a) (sizeof(a) / sizeof((a)[0]))

struct g;
struct gobuf;
struct m;
struct p;
struct defer;
struct panic;

/* 386 aligns uint64_t in a struct to 4; what is operated on atomically needs 8. */
typedef uint64_t aligned64 __attribute__((aligned(8)));

/* ---- what the port supplies: core/port.list, then the port's own headers ---- */
#include "contract_decl.h"

#include "arch.h"

static inline NOSPLIT void procyield(uint32_t n)
{
	while (n-- > 0)
		__asm__ volatile(SpinHint);
}

#include "genericatomic.h"

#include "atomic.h"

#include "os.h"

#include "contract_check.h"

#include "stacknote.h"

/* ---- types ---- */

#define StackGuard (StackSystem + StackSmall + StackLimit)

#define StackPreempt ((uintptr_t)StackPoison)

/* What gogo resumes. regs are the registers that the C ABI preserves. */
struct gobuf {
	uintptr_t sp;
	uintptr_t pc;
	struct g *g;
	uintptr_t ret; /* what gosave or mcall returns then: true or false */
	uintptr_t regs[GobufRegs];
};

/* What cgocallback keeps on g0's stack, and g0->sched.sp is its address meanwhile. */
struct callback {
	void (*fn)(void *);
	void *arg;
	uintptr_t oldsp; /* g0->sched.sp outside of it */
};

/* Top of a stack segment, at its highest address; 16-aligned. */
struct stktop {
	uintptr_t guard; /* sp limit while this segment is current */
	struct stktop *prev;
	struct stktop *next; /* the spare segment, if there is one */
	uintptr_t oldsp;     /* sp in prev where morestack stood */
	uintptr_t lowest;    /* first byte of the segment */
	uintptr_t size;      /* bytes, this struct included */
};

/* What morestack saves before it calls newstack. */
struct more {
	uintptr_t oldsp;  /* morestack's frame on the old segment */
	uintptr_t packed; /* frame and argument words (stack.h) */
	uintptr_t regs[]; /* argument registers: MoreRegsSize bytes in all */
};

/* Gsyscall: in a system call or foreign code, without a P of its own: nothing may
 * split, and g->syscallpc and g->syscallsp say where the goroutine left. */
enum { Gidle, Grunnable, Grunning, Gsyscall, Gwaiting, Gdead };

struct g {
	uintptr_t stackguard0; /* what prologues compare: the guard, or StackPreempt */
	struct stktop *stackbase;
	struct m *m;
	struct gobuf sched;
	struct stktop *stack0; /* first segment */
	void (*fn)(void *);
	void *arg;
	struct g *schedlink;	/* a queue, also of a channel, or a free list */
	struct g *alllink;	/* all goroutines ever made */
	const char *waitreason; /* of a Gwaiting one */
	void *waitvalue;	/* at a channel: what it sends, or where to receive; may be nil then */
	uintptr_t syscallpc, syscallsp; /* in Gsyscall: the caller of entersyscall */
	struct m *lockedm;	/* the only M that may run it, or nil */
	uint32_t status; /* written by the M that runs or readies the goroutine */
	uint32_t preempt; /* a preemption is pending: set before the guard is poisoned */
	uint32_t goid;
	struct defer *defer;	/* to be run on the way out, innermost first */
	struct panic *panic;	/* in progress, innermost first */
	struct defer *recovery; /* what recovered, on the way to where it resumes */
	/* In a system call, or parked, it does not keep the program from being dead: if all
	 * others wait, and none was readied for BackgroundTime, nobody waits for it. */
	bool background;
};

enum { BackgroundTime = 1000 /* ms */ };

/* One word, zero when free. The futex build uses key, the semaphore build waiters. */
struct mutex {
	union {
		uint32_t key;
		uintptr_t waiters;
	};
};

/* A one-shot event between one sleeper and one waker; zero after noteclear. */
struct note {
	union {
		uint32_t key;
		uintptr_t waiter;
	};
};

#define StackRing 32

struct m {
	struct g *g0;
	struct g *gsignal;
	struct g *curg;	       /* the goroutine that runs here, or nil */
	uintptr_t tls[8];      /* thread-local storage block, laid out by the port */
	struct p *p;	       /* held by this M; in Gsyscall: to be tried first, and not held */
	int32_t locks;	       /* held locks: no preemption while not 0 */
	int32_t gcing;	       /* no preemption; notetsleep is allowed off g0 */
	int32_t mallocing;     /* no preemption */
	int32_t profilehz;     /* > 0: profiling signals are on for this thread, but in sleeps */
	uint32_t waitsemacount; /* the port's semaphore: see semasleep */
	uintptr_t waitsema;
	struct m *nextwaitm; /* queue of a contended semaphore mutex */
	uint32_t alive;	     /* not 0 until the thread has left its stack for good */
	uint32_t id;	     /* its own for good, from 0 */
	uint32_t procid;    /* the OS's name of the thread */
	struct note wakenote; /* an M without a P waits here until nextp is set */
	struct p *nextp;
	struct m *idlelink;
	struct g *lockedg; /* the only goroutine that this M may run, or nil */
	uint32_t locked;   /* depth of lockOSThread, and LockForeign for each callback */
	bool racecall;	   /* in racecall: callbacks keep the P, and are not preempted */
	bool needextram;   /* this was the last M for foreign threads: the callback makes another */
	bool foreign;	   /* for threads that the runtime did not make */
	uintptr_t hoststate[7]; /* of such a thread, the port's: what unminit puts back */
	struct gobuf hostframe; /* where rthostthread comes back */
	uint32_t moving;   /* Splitting, Leaving: newstack or oldstack works for curg (trace.c) */
	bool spinning;	   /* looks for goroutines to run, and is counted as doing so */
	uint32_t random;   /* state of the thief's choice */
	bool (*unlockf)(struct g *gp, void *arg); /* of the park in progress */
	void *unlockarg;
	void (*fn)(void *); /* what the thread runs on g0; nil: goroutines */
	void *arg;
	const char *thrown; /* what throw was called with, and where */
	uintptr_t thrownpc, thrownsp;
	uintptr_t sigpc, sigsp; /* on gsignal: what the signal interrupted */
	struct m *link; /* list of all Ms */
	uint32_t nring;
	struct stktop *ring[StackRing]; /* free StackMin segments */
	uint64_t newstacks;		/* calls of newstack: a hot split makes none */
	struct g g0buf, gsignalbuf;
	struct stktop g0top, gsignaltop;
};

enum { RunqSize = 256, MaxProcs = 256 };

/* The right to run goroutines, and what comes with it. Psyscall may be taken by
 * anyone with a cas, all other changes of status are the holder's. */
enum { Pidle, Prunning, Psyscall, Pstopped, Pdead };

struct p {
	uint32_t status;
	uint32_t id;
	uint32_t schedtick;   /* goroutines started: it did not change, so it is the same one */
	uint32_t syscalltick; /* system calls ended */
	struct m *m;	      /* who holds it; nil in Psyscall and Pidle */
	struct p *link;	      /* list of idle Ps */
	struct g *gfree;      /* dead goroutines, with their first segment */
	uint32_t ngfree;
	uint32_t goid, goidend; /* numbers that are this P's to give */
	/* Runnable goroutines, a ring: the holder adds at the tail; the holder and
	 * thieves take at the head (runq.c). */
	uint32_t runqhead __attribute__((aligned(64)));
	uint32_t runqtail;
	struct g *runq[RunqSize];
};

/* Where a function is and how large its frame is: written by the compiler
 * plugin and by TEXT in assembly, one for each function of the image. */
struct funcrec {
	uintptr_t addr;
	const char *name;
	uint32_t frame;	 /* bytes from sp at a call up to the caller's sp */
	uint32_t packed; /* what the prologue passes to morestack */
	uint32_t kind;	 /* Func... of stack.h */
	uint32_t ret;	 /* bytes from the caller's sp down to the return address; 0: the word below */
};

/* ---- start-up ---- */

void rtmain(void);			    /* the program's main goroutine: yours */
NOSPLIT void rtstart(uintptr_t *sp);	    /* _start calls it on the stack the OS gave */
NORETURN void mstart(struct m *mp); /* a new thread calls it on its g0 */
void selfcheck(void);			    /* throws if compiler, assembly or port disagree */
extern struct m m0;			    /* the first thread */

/* ---- memory (mem.c): as in C; nosplit ---- */

NOSPLIT void *memmove(void *to, const void *from, size_t n);
NOSPLIT void *memcpy(void *restrict to, const void *restrict from, size_t n);
NOSPLIT void *memset(void *p, int c, size_t n);
/* What follows name and end in s, or nil. */
NOSPLIT const char *strafter(const char *s, const char *name, char end);

/* ---- images that the OS maps (elf.c): for the port, nosplit ---- */

NOSPLIT uintptr_t elfsymbol(uintptr_t image, const char *name); /* address of the function, or 0 */

/* ---- locks: sleep in the kernel; any g, nosplit ---- */

NOSPLIT RegArgs void lock(struct mutex *l);
NOSPLIT RegArgs void unlock(struct mutex *l); /* throws if l is not locked */

NOSPLIT void noteclear(struct note *n);	 /* before each use */
NOSPLIT void notewakeup(struct note *n); /* any g or thread; throws on a second wakeup */
NOSPLIT void notesleep(struct note *n);	 /* g0 only: throws elsewhere */
/* True if woken, false if ns passed. g0 only, unless m->gcing. */
NOSPLIT bool notetsleep(struct note *n, int64_t ns);

/* v / div rounded down, without a divide helper. div > 0, and 0 <= *rem < div
 * (rem may be nil). Saturates at INT32_MAX and INT32_MIN with *rem 0. Nosplit. */
NOSPLIT int32_t timediv(int64_t v, int32_t div, int32_t *rem);

/* ---- stack segments (stack.c) ---- */

/* A segment of at least n bytes in all, top returned; g0 only. */
struct stktop *stackalloc(uintptr_t n);
void stackfree(struct stktop *top); /* g0 only */
void stackflush(struct m *mp);	    /* gives back the ring of a thread that ends */
/* morestack and lessstack call these on g0 for m->curg. */
void newstack(struct more *more);
void oldstack(void);
NOSPLIT NORETURN void badmorestack(void); /* a split on g0 or gsignal: in their StackReserve */
struct stackstats {
	uint64_t inuse; /* bytes in segments that goroutines hold */
	uint64_t sys;	/* bytes taken from the OS for segments */
};
struct stackstats readstackstats(void);

/* ---- goroutines (newproc.c, proc.c) ----
 * The control bits of floating point, rounding mode and exceptions, are the thread's: a
 * goroutine that changes them has to be locked to its thread meanwhile (lockOSThread). */

/* Also on g0 and in foreign code that a goroutine has called. */
struct g *newproc(void (*fn)(void *), void *arg);
/* With a first segment of at least size bytes. */
struct g *newprocsize(void (*fn)(void *), void *arg, uintptr_t size);
void gosched(void);	   /* lets the other runnable goroutines go first */
NORETURN void goexit(void); /* makes the deferred calls, and ends the calling goroutine */
/* Parks the calling goroutine; unlockf(arg), if not nil, runs on g0 once it can
 * be readied, and may call off the parking by returning false. */
void park(bool (*unlockf)(struct g *gp, void *arg), void *arg, const char *reason);
void ready(struct g *gp); /* makes a parked goroutine runnable; any g, also in foreign code, or thread of newm */
uint32_t gcount(void);	  /* the program's goroutines that are not dead */
NORETURN void schedule(void);	     /* g0 only: runs the next goroutine */
NORETURN void yield(struct g *gp);   /* g0 only: queues the running goroutine, runs the next */
NOSPLIT NORETURN void badmcall(void);

/* ---- threads (thread.c, lockedm.c) ---- */

/* A thread that runs fn(arg) on its g0 without a P, then exits. While it is there
 * the program is not dead: it may ready somebody. Any g or thread. */
struct m *newm(void (*fn)(void *), void *arg);
/* Wires the calling goroutine to its thread, which runs nothing else, until
 * unlockOSThread was called as often, or goexit. */
void lockOSThread(void);
void unlockOSThread(void);

/* Walks all Ms there are; nil: the first. Any thread. */
NOSPLIT struct m *mnext(struct m *mp);

static inline NOSPLIT struct m *getm(void)
{
	return getg()->m;
}

/* ---- preemption (preempt.c) ---- */

/* Asks the goroutine to yield at its next split check; any thread, nosplit. The
 * request stays until it yields, also through locks and system calls; it may come
 * one check late if the guard is being changed right now. */
NOSPLIT void preempt(struct g *gp);

/* The caller stays on this M until releasem. Nosplit, any g. */
static inline NOSPLIT struct m *acquirem(void)
{
	struct m *mp = getm();

	mp->locks++;
	return mp;
}

static inline NOSPLIT void releasem(struct m *mp)
{
	struct g *gp = getg();

	if (--mp->locks == 0 && gp->preempt)
		gp->stackguard0 = StackPreempt; /* newstack put it off */
}

/* ---- system calls (syscall.c): on a goroutine, nosplit ---- */

/* From entersyscall to exitsyscall only nosplit functions may be called: a split
 * there throws, unless m->locks is held. The P may be taken away meanwhile. */
NOSPLIT void entersyscall(void);
/* As if called at pc with sp, for a caller that returns before exitsyscall: the
 * goroutine's trace begins there. */
NOSPLIT void reentersyscall(uintptr_t pc, uintptr_t sp);
/* For a call that is known to block: gives the P to another M at once. */
NOSPLIT void entersyscallblock(void);
/* Comes back when the goroutine has a P again, maybe on another M. With m->locks held
 * it cannot wait for one: it throws if the P was taken and no other is free. */
NOSPLIT void exitsyscall(void);
/* On a goroutine: sleeps in syscall status, so that others run meanwhile. True if
 * woken, false if ns passed; ns < 0 is for ever. Throws on g0. Nosplit. */
NOSPLIT bool notetsleepg(struct note *n, int64_t ns);
/* On a goroutine: notewakeup in syscall status. If the OS runs the woken thread at
 * once, on this processor, that can have our P. Nosplit. */
NOSPLIT void notewakeupg(struct note *n);

/* ---- foreign code (callback.c, foreign.c) ----
 * Code that knows nothing of goroutines, but follows the C ABI, runs on g0's stack:
 *
 *	goroutine	cgocall		  cgocallbackg - fn
 *			   |		 /
 *	g0		asmcgocall - foreign - cgocallback
 *
 * The goroutine stays on its thread meanwhile, so that the frames of both stacks are
 * left in the order in which they were made, also by a panic or goexit of fn. */

/* Foreign code has 60 KiB of stack where the kit made the thread; else what the thread has,
 * of which it must leave 32 KiB to a callback.
 *
 * Runs fn(arg) in syscall status, and returns its result. A goroutine's; throws in a
 * callback of racecall. fn may block, and call cgocallback (core/port.list). */
intptr_t cgocall(intptr_t (*fn)(void *), void *arg);
/* For the runtime of a race detector, which is short and holds locks of its own: not in
 * syscall status, nor preempted; a callback of it must not wait for anything. */
intptr_t racecall(intptr_t (*fn)(void *), void *arg);
/* What cgocallback calls on the goroutine. Nosplit: as it begins and ends, the
 * goroutine is in syscall status. */
NOSPLIT void cgocallbackg(void);
/* What cgocallback calls first and last on a thread that the runtime did not make: the
 * thread is an M for the time being. needm waits if all that there are are in use.
 * Nosplit: there is no g. */
NOSPLIT void needm(void);
NOSPLIT void dropm(void);
/* A race detector, if there is one, is told that what one thread did before the release
 * comes before what another does after the acquire: around foreign calls and callbacks,
 * but not those of racecall. */
extern struct race {
	void (*acquire)(void *addr), (*releasemerge)(void *addr); /* both or neither */
} race;

/* The kit in a program that has an entry and a libc of its own: its main calls rthost
 * with its argv, and does not come back. thread(mp) has to make a thread that calls
 * rthostthread(mp), 0 or -errno; so foreign code has a libc's thread wherever it runs.
 * rthostthread comes back when the thread, one of newm, has to end; nobody waits for it.
 * Of a program's threads all may call cgocallback, from rtmain on. */
NOSPLIT NORETURN void rthost(char **argv, int32_t (*thread)(struct m *mp));
NOSPLIT void rthostthread(struct m *mp);
extern int32_t (*hostthread)(struct m *mp); /* or nil */

/* ---- leaving a function early (defer.c): on a goroutine ---- */

/* A call that is made however the function is left that pushed it, and in whose frame
 * it lies. resume: gosave's, of the same function, which returns true there once fn
 * has recovered; then the function returns. nil: fn may not recover. */
struct defer {
	void (*fn)(void *arg);
	void *arg;
	struct gobuf *resume;
	struct defer *link;
	struct panic *panic; /* in progress when it was pushed */
};
void deferproc(struct defer *d);   /* pushes it */
void deferreturn(struct defer *d); /* takes it off, and makes the call; throws if it is not the last */
/* Ends functions from the inside out, making their deferred calls, until one recovers;
 * if none does, throws. what is for people, and for recover. */
NORETURN void panic(const char *what);
const char *recover(void); /* in a deferred call: the panic ends with it; nil if there is none */

/* ---- the world (stw.c): on a goroutine ---- */

/* Sets how many goroutines may run at once, 1 to MaxProcs, and returns how many
 * it were; 0 asks only. At start it is the environment's GOMAXPROCS, or 1. */
uint32_t gomaxprocs(uint32_t n);
/* Between these no other goroutine runs, and the caller is not preempted; threads
 * in system calls go on, but do not come back. Not nested. The caller may not wait
 * meanwhile, nor call entersyscall or cgocall: its P would stop, too. Either throws. */
void stoptheworld(void);
void starttheworld(void);

/* ---- time (timer.c): on a goroutine ---- */

struct timer {
	int64_t when; /* nanotime at which it is due */
	void (*fn)(void *arg); /* on the timer goroutine: must not block */
	void *arg;
	uint32_t index; /* place in the heap + 1; 0: not there */
};
void addtimer(struct timer *t);	  /* t stays where it is until it has run */
bool deltimer(struct timer *t);	  /* false if it runs or has run */
void tsleep(int64_t ns, const char *reason); /* ns <= 0 returns at once */

/* ---- channels and semaphores (chan.c, sema.c): on a goroutine ---- */

/* A list of goroutines that wait; first come, first served. */
struct waitq {
	struct g *head, *tail;
};
/* Moves values of size bytes; unbuffered if cap is 0. Memory is the caller's. */
struct chan {
	struct mutex lock;
	uint32_t size, cap;
	uint32_t count, head; /* of the values in buf */
	bool closed;
	char *buf;
	struct waitq recvq, sendq;
};
void chaninit(struct chan *c, uint32_t size, void *buf, uint32_t cap); /* buf: cap * size bytes */
void chansend(struct chan *c, const void *value); /* throws if closed */
bool chanrecv(struct chan *c, void *value); /* value may be nil; false, and zeroes, if closed and empty */
bool chantrysend(struct chan *c, const void *value); /* false if it would wait */
/* As chanrecv in *ok; false if it would wait. */
bool chantryrecv(struct chan *c, void *value, bool *ok);
void chanclose(struct chan *c); /* throws if closed already */

void semacquire(uint32_t *addr); /* waits until *addr > 0, takes one */
void semrelease(uint32_t *addr); /* adds one, readies who has waited longest */

/* ---- signals ---- */

/* Runs on gsignal for each signal that the port catches. May take no lock. */
void sighandler(int32_t sig, void *info, void *ctx);
/* Instead, on a thread that is not the runtime's, and so has no g. */
NOSPLIT void badsignal(int32_t sig);
extern void (*sigprofhook)(uintptr_t pc, uintptr_t sp); /* profiling tick, on gsignal */
extern uint32_t nsigprof, nsigother;			/* signals seen */

/* ---- profiling (prof.c) ---- */

/* Calls fn on gsignal hz times per second of processor time, with the n return
 * addresses of what ran, innermost first: those of the goroutine, across segments
 * and also if it was in the scheduler for its own sake, or in foreign code of racecall
 * (cgocall counts as a system call, in which it is off); of g0 if no goroutine ran. A pc
 * outside of the image has no function (findfunc). fn may take no lock. hz 0 ends it. 0, or -errno. */
int32_t cpuprofile(int32_t hz, void (*fn)(uintptr_t *pcs, uint32_t n));

/* ---- printing to standard error, and the end; any g, nosplit ---- */

NOSPLIT void prints(const char *s);
NOSPLIT void printd(int64_t v);
NOSPLIT void printu(uint64_t v);
NOSPLIT void printx(uint64_t v); /* 0x... */
/* Writes v in decimal to buf, without a NUL; returns the number of digits. */
NOSPLIT uint32_t formatu(char buf[20], uint64_t v);

/* Prints "fatal error: s", the stack across its segments, and all other goroutines
 * with what they wait for; exits with 2. */
NOSPLIT NORETURN void throw(const char *s);
/* The record of the function that holds pc, or nil. */
NOSPLIT const struct funcrec *findfunc(uintptr_t pc);
/* Return addresses from a frame of gp outward, at most max, across segments. They
 * end at a function whose frame is not a constant (FuncDynamic: alloca,
 * realignment, arguments that are pushed, as gcc does on x86 at -Os). */
NOSPLIT uint32_t callers(struct g *gp, uintptr_t pc, uintptr_t sp, uintptr_t *pcs, uint32_t max);
/* Prints them, on g0 or gsignal. */
NOSPLIT void traceback(struct g *gp, uintptr_t pc, uintptr_t sp);
NOSPLIT void tracestack(struct g *gp, uintptr_t pc, uintptr_t sp); /* without a heading */

/* The caller's pc and sp, in a nosplit function only: in a split one the caller
 * may be lessstack. The plugin rejects the builtins there. */
#define getcallerpc() ((uintptr_t)__builtin_return_address(0))
#define getcallersp() ((uintptr_t)__builtin_dwarf_cfa())

/* ---- offsets that assembly uses ---- */
#include "offset.h"
#define CHECK_OFFSET(s, f) _Static_assert(offsetof(struct s, f) == s##_##f, #s "." #f ": core/offset.h")
CHECK_OFFSET(g, stackguard0);
CHECK_OFFSET(g, stackbase);
CHECK_OFFSET(g, m);
CHECK_OFFSET(g, sched);
CHECK_OFFSET(gobuf, sp);
CHECK_OFFSET(gobuf, pc);
CHECK_OFFSET(gobuf, g);
CHECK_OFFSET(gobuf, ret);
CHECK_OFFSET(gobuf, regs);
CHECK_OFFSET(m, g0);
CHECK_OFFSET(m, gsignal);
CHECK_OFFSET(m, curg);
CHECK_OFFSET(stktop, guard);
CHECK_OFFSET(stktop, prev);
CHECK_OFFSET(stktop, next);
CHECK_OFFSET(stktop, oldsp);
CHECK_OFFSET(more, oldsp);
CHECK_OFFSET(more, packed);
CHECK_OFFSET(more, regs);
CHECK_OFFSET(callback, oldsp);
_Static_assert(sizeof(void *) == PtrSize, "arch.h: PtrSize");

#endif
