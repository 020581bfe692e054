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
	uintptr_t regs[GobufRegs];
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

enum { Gidle, Grunnable, Grunning, Gwaiting, Gdead };

struct g {
	uintptr_t stackguard0; /* what prologues compare: the guard, or StackPreempt */
	struct stktop *stackbase;
	struct m *m;
	struct gobuf sched;
	struct stktop *stack0; /* first segment */
	void (*fn)(void *);
	void *arg;
	struct g *schedlink;
	const char *waitreason;
	uint32_t goid;
	uint32_t status; /* written by the M that runs or readies the goroutine */
	uint32_t preempt; /* a preemption is pending: set before the guard is poisoned */
};

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
	int32_t locks;	       /* held locks: no preemption while not 0 */
	int32_t gcing;	       /* notetsleep is allowed off g0 */
	int32_t profilehz;     /* > 0: profiling signals are on for this thread */
	uint32_t waitsemacount; /* the port's semaphore: see semasleep */
	uintptr_t waitsema;
	struct m *nextwaitm; /* queue of a contended semaphore mutex */
	uint32_t alive;	     /* not 0 until the thread has left its stack for good */
	uint32_t id;	     /* its own for good, from 0 */
	uint32_t procid;    /* the OS's name of the thread */
	struct note wakenote; /* an idle thread waits here for goroutines */
	struct m *idlelink;
	void (*fn)(void *); /* what the thread runs on g0 */
	void *arg;
	const char *thrown; /* what throw was called with, and where */
	uintptr_t thrownpc, thrownsp;
	struct m *link; /* list of all Ms */
	uint32_t nring;
	struct stktop *ring[StackRing]; /* free StackMin segments */
	uint64_t newstacks;		/* calls of newstack: a hot split makes none */
	struct g g0buf, gsignalbuf;
	struct stktop g0top, gsignaltop;
};

/* Where a function is and how large its frame is: written by the compiler
 * plugin and by TEXT in assembly, one for each function of the image. */
struct funcrec {
	uintptr_t addr;
	const char *name;
	uint32_t frame;	 /* bytes from sp at a call up to the caller's sp */
	uint32_t packed; /* what the prologue passes to morestack */
	uint32_t kind;	 /* Func... of stack.h */
	uint32_t zero;
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

/* ---- goroutines and threads (proc.c) ---- */

struct g *newproc(void (*fn)(void *), void *arg);
/* With a first segment of at least size bytes. */
struct g *newprocsize(void (*fn)(void *), void *arg, uintptr_t size);
void gosched(void);	   /* lets the other runnable goroutines go first */
NORETURN void goexit(void); /* ends the calling goroutine */
/* Parks the calling goroutine; unlockf(arg), if not nil, runs on g0 once it can
 * be readied, and may call off the parking by returning false. */
void park(bool (*unlockf)(struct g *gp, void *arg), void *arg, const char *reason);
void ready(struct g *gp); /* makes a parked goroutine runnable; any g or thread */
/* Asks the goroutine to yield at its next split check; any thread, nosplit. */
NOSPLIT void preempt(struct g *gp);
/* A thread that runs fn(arg) on its g0, then exits. */
struct m *newm(void (*fn)(void *), void *arg);
uint32_t gcount(void); /* goroutines that are not dead */
NORETURN void schedule(void);	     /* g0 only: runs the next goroutine */
NORETURN void yield(struct g *gp);   /* g0 only: queues the running goroutine, runs the next */
void startm(void);		     /* one more thread that runs goroutines */
NOSPLIT NORETURN void badmcall(void);

static inline NOSPLIT struct m *getm(void)
{
	return getg()->m;
}

/* ---- signals ---- */

/* Runs on gsignal for each signal that the port catches. May take no lock. */
void sighandler(int32_t sig, void *info, void *ctx);
extern void (*sigprofhook)(uintptr_t pc, uintptr_t sp); /* profiling tick, on gsignal */
extern uint32_t nsigprof, nsigother;			/* signals seen */

/* ---- printing to standard error, and the end; any g, nosplit ---- */

NOSPLIT void prints(const char *s);
NOSPLIT void printd(int64_t v);
NOSPLIT void printu(uint64_t v);
NOSPLIT void printx(uint64_t v); /* 0x... */
/* Writes v in decimal to buf, without a NUL; returns the number of digits. */
NOSPLIT uint32_t formatu(char buf[20], uint64_t v);

/* Prints "fatal error: s" and the stack across its segments; exits with 2. */
NOSPLIT NORETURN void throw(const char *s);
/* The record of the function that holds pc, or nil. */
NOSPLIT const struct funcrec *findfunc(uintptr_t pc);
/* Return addresses from a frame of gp outward, at most max, across segments. They
 * end at a function whose frame is not a constant (FuncDynamic: alloca,
 * realignment, arguments that are pushed, as gcc does on x86 at -Os). */
NOSPLIT uint32_t callers(struct g *gp, uintptr_t pc, uintptr_t sp, uintptr_t *pcs, uint32_t max);
/* Prints them, on g0 or gsignal. */
NOSPLIT void traceback(struct g *gp, uintptr_t pc, uintptr_t sp);

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
_Static_assert(sizeof(void *) == PtrSize, "arch.h: PtrSize");

#endif
