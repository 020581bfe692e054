/* Threads of the image: each is one of Linux, with a block of the host's. */
#include "host.h"

struct thread *threads; /* blocks are never freed, but used again */
static struct mutex lock;
static uint32_t ids, living = 1;

static struct thread *block(void)
{
	char *p = pages(2 * BlockSize);

	return p ? (struct thread *)(((uintptr_t)p + BlockSize - 1) & ~(uintptr_t)(BlockSize - 1)) : 0;
}

static struct thread *name(struct thread *t)
{
	t->id = model->firstid + ids++;
	t->random = mode.seed * 0x9e3779b97f4a7c15u + t->id;
	return t;
}

struct thread *firstthread(void)
{
	struct thread *t = block();

	if (!t)
		die("host", "no memory");
	t->start = model->init;
	t->tid = (uint32_t)sys(__NR_gettid);
	threads = name(t);
	return t;
}

/* A process that others do not share their memory with says nothing when it has gone. */
static bool gone(struct thread *t)
{
	enum { ESRCH = 3 };

	return t->tid == 0 || (mode.pool && sys(__NR_tkill, t->tid, 0) == -ESRCH);
}

struct thread *newthread(void)
{
	struct thread *t;

	acquire(&lock);
	for (t = threads; t && (t->id != 0 || !gone(t)); t = t->link)
		;
	if (mode.threads && living >= mode.threads)
		t = 0;
	else if (!t && (t = block()) != 0) {
		t->link = threads;
		__atomic_store_n(&threads, t, __ATOMIC_RELEASE);
	}
	if (t) {
		/* All but link: findthread follows that at any moment. */
		memset(t, 0, offsetof(struct thread, link));
		memset(&t->link + 1, 0, sizeof *t - offsetof(struct thread, link) - sizeof t->link);
		name(t);
		__atomic_fetch_add(&living, 1, __ATOMIC_RELAXED);
	}
	release(&lock);
	return t;
}

/* From now on the calling thread's calls come to the model; but whatever is not the image,
 * which lies below all that is the host's, makes calls of Linux. */
static void ours(void)
{
	enum { PR_SET_SYSCALL_USER_DISPATCH = 59, ON = 1 };

	if (CallSignal == LSIGSYS && sys(__NR_prctl, PR_SET_SYSCALL_USER_DISPATCH, ON, image.hi, ~image.hi, 0) < 0)
		die("host", "this kernel has no Syscall User Dispatch (prctl 59, Linux 5.11)");
}

/* The thread comes to its image by a signal: then all registers are set at once, and with
 * them the mask. */
void begin(struct thread *t)
{
	uintptr_t end = (uintptr_t)t + BlockSize - BootStack;
	const uintptr_t stack[3] = { (uintptr_t)(t + 1), 0, end - (uintptr_t)(t + 1) };

	if (sys(__NR_sigaltstack, stack, 0) < 0)
		die("host", "sigaltstack");
	ours();
	sys(__NR_tgkill, sys(__NR_getpid), sys(__NR_gettid), LSIGSTART);
	die("host", "a thread that does not start");
}

intptr_t runthread(struct thread *t)
{
	enum { VM = 0x100, FS = 0x200, FILES = 0x400, SIGHAND = 0x800, THREAD = 0x10000, SYSVSEM = 0x40000,
		PARENT_SETTID = 0x100000, CHILD_CLEARTID = 0x200000, LSIGCHLD = 17 };
	const long flags = mode.pool ? LSIGCHLD : VM | SIGHAND | THREAD | SYSVSEM;
	uintptr_t *sp = (uintptr_t *)((uintptr_t)t + BlockSize - 64);
	intptr_t r;

	sp[0] = (uintptr_t)begin;
	sp[1] = (uintptr_t)t;
	r = clonethread(flags | FS | FILES | PARENT_SETTID | CHILD_CLEARTID, sp, &t->tid, &t->tid);
	if (r < 0)
		dropthread(t);
	return r < 0 ? r : 0;
}

void dropthread(struct thread *t)
{
	__atomic_fetch_sub(&living, 1, __ATOMIC_RELAXED);
	__atomic_store_n(&t->id, 0, __ATOMIC_RELEASE);
}

void endthread(struct thread *t)
{
	dropthread(t);
	for (;;)
		sys(__NR_exit, 0);
}

struct thread *findthread(uint32_t id)
{
	struct thread *t;

	for (t = __atomic_load_n(&threads, __ATOMIC_ACQUIRE); t && (t->id != id || id == 0); t = t->link)
		;
	return t;
}

/* In the child of fork: the other threads are not there. */
void forked(struct thread *t)
{
	for (struct thread *o = threads; o; o = o->link)
		if (o != t)
			o->id = o->tid = 0;
	t->tid = (uint32_t)sys(__NR_gettid);
	living = 1;
	lock.word = queuelock.word = 0; /* whoever held them is gone */
	queue = 0;
	ours();
}
