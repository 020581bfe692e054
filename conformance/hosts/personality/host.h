/* personality: runs the image of another OS over Linux, with a model of that OS's kernel.
 *
 *	main load		the image, its stack, its first thread
 *	dispatch signal		from the image into the model, and signals to the image
 *	thread wait		threads, and how a call sleeps in one
 *	bsd, *9, *_X	the models; frames.h of the arch: what their signals look like
 *	machine.h machine.S	the arch
 *
 * The program has no libc and no thread-local storage: the image's own thread pointer is
 * in place whenever the model runs. What runs there is the handler of a signal: of SIGSYS,
 * which Syscall User Dispatch raises for every system call that is made from inside the
 * image (on arm SIGILL, qemu-arm's answer to a number that Linux has not got), on a stack
 * of the thread's own, with all other signals blocked. So the model sees signals only
 * where it sleeps, and there it notes them for later.
 *
 * The models are written from manual pages and kernel sources, not from os/.
 */
#ifndef PERSONALITY_HOST_H
#define PERSONALITY_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <asm/unistd.h>

long sys6(long n, long a, long b, long c, long d, long e, long f); /* a system call of Linux */
#define sys(...) sysargs(__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define sysargs(n, a, b, c, d, e, f, ...) \
	sys6((long)(n), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

#include "machine.h" /* struct context: what Linux saves for a signal; SP(c), PC(c) */

#define nelem(a) (sizeof(a) / sizeof((a)[0]))
#define NORETURN __attribute__((noreturn))

enum { BlockSize = 64 << 10, BootStack = 8 << 10, NSIG = 64 };

/* Errors of Linux, negative, and NoResult: the registers are set already. */
enum { EINTR = 4, EIO = 5, EBADF = 9, EAGAIN = 11, ENOMEM = 12, EFAULT = 14, EINVAL = 22, ENOSYS = 38, ETIMEDOUT = 110 };
#define NoResult ((intptr_t)1 << (sizeof(intptr_t) * 8 - 1))

/* Linux's numbers of signals that the host itself has to do with. */
enum { LSIGILL = 4, LSIGTRAP = 5, LSIGBUS = 7, LSIGFPE = 8, LSIGSEGV = 11, LSIGSYS = 31, LSIGSTART = 40 };

/* What a signal tells the image. */
struct note {
	int32_t sig, code; /* Linux's */
	uintptr_t addr;
};

/* Of each thread, at the start of a block that is aligned to its size; behind it the
 * stack for signals, and at its end the one that the thread begins on. */
struct thread {
	uint32_t tid; /* of Linux: 0 once the thread has ended */
	uint32_t id;  /* of the image's OS, not 0 */
	struct thread *link; /* of all blocks */
	struct context *service; /* of the system call in progress, or nil */
	uint32_t wake;	   /* not 0: whoever parks here is to go on */
	uint32_t npending; /* signals that wait for the end of the call, or for the mask */
	uint8_t pends[NSIG];
	struct note pending[NSIG];
	uint32_t mask[2]; /* signals that the image blocks, as Linux numbers them */
	uintptr_t altsp, altsize; /* its signal stack, none if the size is 0 */
	uint64_t random;
	void (*start)(struct thread *t, struct context *c); /* sets the first registers */
	uintptr_t startarg[24]; /* for it */
	uintptr_t tls;
	/* Of the model: what the thread sleeps on, in which list. */
	struct thread *next;
	uintptr_t key, key2;
	uint32_t token;
	char ofmodel[2560] __attribute__((aligned(16)));
};

static inline struct thread *self(void)
{
	return (struct thread *)((uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)(BlockSize - 1));
}

/* One system call: what the image wants. a is filled with as many words as the model's
 * table says. */
struct call {
	uintptr_t number;
	uintptr_t a[9];
};

struct layout;
struct model {
	const char *name;
	uint32_t firstid; /* of threads */
	bool (*accept)(void); /* what was loaded says that it is of this OS */
	void (*init)(struct thread *t, struct context *c); /* first registers; startarg[0]: the stack */
	/* Does the call at c and leaves its answer in c; true if c was one. From SIGSYS, and
	 * from faults that may be a call (trap). */
	void (*service)(struct thread *t, struct context *c);
	bool (*trap)(struct thread *t, struct context *c, const struct note *n);
	/* Makes the image's handler run when c is resumed. */
	void (*deliver)(struct thread *t, struct context *c, const struct note *n);
	void (*load)(const char *path); /* and maps it: load is for ELF */
};
extern const struct model model_freebsd, model_netbsd, model_openbsd, model_plan9, model_darwin;
extern const struct model *model;

/* How it was called: modes of the model. */
extern struct mode {
	bool hostile; /* gives every answer that the documentation allows, at random */
	bool old;     /* the kernel before the newer calls came */
	uint32_t threads; /* more than that it does not give; 0: no limit */
	uint64_t memory;  /* bytes, likewise */
	uint32_t hz;	  /* ticks a second; 0: the model's */
	uint64_t seed;
	char *pool, *poolend; /* not nil: threads are processes, which share this and the host's data */
} mode;
extern char **hostargv, **hostenvp;

/* ---- machine.S ---- */
/* The same, but a signal that is noted before it sleeps, or while it does, ends it: -EINTR. */
long interruptible(long n, long a, long b, long c, long d, long e, long f, uint32_t *npending);
long clonethread(long flags, void *sp, uint32_t *tid, uint32_t *cleartid); /* the child pops fn and arg */
extern char interruptible_begin[], interruptible_end[], interruptible_ended[];
/* 0, or not 0 if there is no memory at one of them. */
long copymem(void *to, const void *from, uintptr_t n);
long copyword(uint32_t *to, const uint32_t *from); /* not torn */
extern char copymem_begin[], copymem_end[], copyword_begin[], copyword_end[];
extern char sigcode_begin[], sigcode_number[], sigcode_end[]; /* see bsd.c */
NORETURN void handler_return(void);

/* Memory of the image: false if it is not there. */
static inline bool get(void *to, uintptr_t from, uintptr_t n)
{
	return copymem(to, (const void *)from, n) == 0;
}

static inline bool put(uintptr_t to, const void *from, uintptr_t n)
{
	return copymem((void *)to, from, n) == 0;
}

/* ---- main.c ---- */
void *memset(void *p, int c, size_t n);
void *memcpy(void *restrict to, const void *restrict from, size_t n);
NORETURN void die(const char *what, const char *why); /* status 125: the host's fault */
void say(const char *s);
void saynumber(uint64_t n);
bool same(const char *a, const char *b);
void *pages(uintptr_t n);

/* ---- load.c ---- */
extern struct image {
	uintptr_t lo, hi, entry; /* hi: behind its last page */
	uintptr_t notes[4], notesize[4];
	uint32_t nnotes;
	const uint32_t *pins; /* OpenBSD: addresses of calls, each with the call's number */
	uint32_t npins;
} image;
void load(const char *path);
struct segment { /* flags: ELF's, PF_R 4, PF_W 2, PF_X 1 */
	uint32_t type, flags;
	uintptr_t offset, vaddr, filesz, memsz;
};
void mapsegment(int32_t fd, const char *path, const struct segment *s);
uintptr_t startstack(char **argv, char **envp);
static inline bool isimage(uintptr_t pc)
{
	return pc - image.lo < image.hi - image.lo || pc - SigcodePage < PageSize;
}
bool hasnote(const char *name, uint32_t type, uint32_t *desc); /* name: of ELF notes */

/* ---- dispatch.c ---- */
void dispatchinit(void);
bool ignorable(int32_t sig); /* if nobody catches it, nothing happens */
void listen(int32_t sig, bool on);
void deliverpending(struct thread *t, struct context *c);
void notesignal(struct thread *t, const struct note *n);
void setmask(struct thread *t, struct context *c, const uint32_t *mask);

/* ---- thread.c ---- */
extern struct thread *threads;
struct thread *firstthread(void);
struct thread *newthread(void); /* a block with an id, or nil; run with runthread */
intptr_t runthread(struct thread *t);
void dropthread(struct thread *t); /* made, and not run */
NORETURN void endthread(struct thread *t);
struct thread *findthread(uint32_t id);
void forked(struct thread *t); /* in the child: only the caller is there */
NORETURN void begin(struct thread *t); /* on its boot stack, or the program's first one */

/* ---- wait.c ---- */
enum { Monotonic, Realtime, ProcessTime, ThreadTime };
struct mutex {
	uint32_t word;
};
void acquire(struct mutex *m);
void release(struct mutex *m);
enum { Woken, TimedOut, Interrupted };
/* Sleeps until wake, or until the clock passes deadline, < 0 for ever; or a signal comes. */
int park(struct thread *t, int32_t clock, int64_t deadline);
void wake(struct thread *t);
/* Threads that wait for something, linked by next, of which key tells what. */
extern struct mutex queuelock;
extern struct thread *queue;
int parkqueued(struct thread *t, int32_t clock, int64_t deadline);
int64_t clocknow(int32_t clock);
extern int64_t (*monotonic)(void); /* the model's, or nil: Linux's */
uint32_t processors(void); /* that it may use */
intptr_t blockingcall(struct thread *t, long n, long a, long b, long c, long d);
/* Hostile mode. chance: once in n times; pause: a while, sometimes. */
bool chance(struct thread *t, uint32_t n);
void pauseabit(struct thread *t);
void stepclock(int32_t sec);

#endif
