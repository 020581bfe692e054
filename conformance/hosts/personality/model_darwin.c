/* Darwin's BSD side: bsdthread_create(2) and its like; bsd/kern, bsd/dev/i386. */
#include "darwin.h"

#include "frames.h"

static uintptr_t threadentry; /* bsdthread_register */

static CALL(d_fork)
{
	intptr_t r = b_fork(t, a);

	if (r < 0)
		return r;
	/* The child has its own pid, and is told by the second result. */
	DARWIN_RESULTS(t->service, r ? r : sys(__NR_getpid), r == 0);
	DARWIN_SUCCESS(t->service);
	return NoResult;
}

/* Only what gives random bytes. */
static CALL(d_open)
{
	char path[16];

	(void)t;
	if (!get(path, a[0], sizeof "/dev/urandom"))
		return -EFAULT;
	path[sizeof "/dev/urandom" - 1] = 0;
	return a[1] == 0 && same(path, "/dev/urandom") ? sys(__NR_open, path, 0, 0) : -2;
}

/* Seconds, then microseconds of 32 bits. */
static intptr_t gettimeval(uintptr_t at, int64_t *ns)
{
	intptr_t sec;
	int32_t usec;

	if (!get(&sec, at, sizeof sec) || !get(&usec, at + sizeof sec, sizeof usec))
		return -EFAULT;
	if (sec < 0 || usec < 0 || usec >= 1000000)
		return -EINVAL;
	if (__builtin_mul_overflow((int64_t)sec, 1000000000, ns) || __builtin_add_overflow(*ns, usec * 1000, ns))
		*ns = INT64_MAX;
	return 0;
}

static CALL(d_gettimeofday)
{
	int64_t now = clocknow(Realtime);
	intptr_t sec = (intptr_t)(now / 1000000000);
	int32_t usec = (int32_t)(now % 1000000000 / 1000);

	(void)t;
	if (a[0] && (!put(a[0], &sec, sizeof sec) || !put(a[0] + sizeof sec, &usec, sizeof usec)))
		return -EFAULT;
	return 0;
}

/* In whole seconds. */
static CALL(d_settimeofday)
{
	int64_t ns;
	intptr_t e = gettimeval(a[0], &ns);

	(void)t;
	if (e < 0)
		return e;
	ns -= clocknow(Realtime);
	stepclock((int32_t)((ns + (ns < 0 ? -500000000 : 500000000)) / 1000000000));
	return 0;
}

/* struct __sigaction: handler, trampoline, mask, flags; the old one has no trampoline. */
static CALL(d_sigaction)
{
	struct {
		uintptr_t handler, trampoline;
		uint32_t mask, flags;
	} s;
	struct {
		uintptr_t handler;
		uint32_t mask, flags;
	} old;

	(void)t;
	if (a[2]) {
		memset(&old, 0, sizeof old);
		getaction(a[0], &old.handler, &old.flags, &old.mask);
		if (!put(a[2], &old, sizeof old))
			return -EFAULT;
	}
	if (!a[1])
		return 0;
	if (!get(&s, a[1], sizeof s))
		return -EFAULT;
	return setaction(a[0], (struct action){ s.handler, s.flags, { s.mask }, s.trampoline });
}

static CALL(d_pthread_kill)
{
	(void)t;
	return killthread(a[0], a[1]);
}

static CALL(d_bsdthread_register)
{
	(void)t;
	if (threadentry || !a[0])
		return -EINVAL;
	threadentry = a[0];
	return 0;
}

static void threadstart(struct thread *t, struct context *c)
{
	darwin_threadregs(c, threadentry, t->startarg, t->id);
	sanitize(c);
	setmask(t, c, t->mask);
}

/* Function, argument, stack, pthread, flags: all but the last two for the thread itself. */
static CALL(d_bsdthread_create)
{
	enum { PTHREAD_START_CUSTOM = 0x1000000 };
	struct thread *n;
	intptr_t e;

	if (!threadentry || !(a[4] & PTHREAD_START_CUSTOM))
		return -EINVAL; /* stacks of the kernel's are not modelled */
	n = chance(t, 8) ? 0 : newthread();
	if (!n)
		return -EAGAIN;
	memcpy(n->startarg, a, 5 * sizeof *a);
	n->mask[0] = t->mask[0], n->mask[1] = t->mask[1];
	n->start = threadstart;
	e = runthread(n);
	return e < 0 ? e : (intptr_t)a[3];
}

/* Stack to free and its size, the thread's port, a semaphore to signal. */
static CALL(d_bsdthread_terminate)
{
	if (a[1])
		sys(__NR_munmap, a[0], a[1]);
	endthread(t);
}

static CALL(d_thread_selfusage)
{
	uint64_t ns = (uint64_t)clocknow(ThreadTime);

	(void)a;
	DARWIN_RESULT64(t->service, ns);
	DARWIN_SUCCESS(t->service);
	return NoResult;
}

static const struct syscall calls[] = {
	{ 1, 1, b_exit, "exit" }, { 2, 0, d_fork, "fork" }, { 3, 3, b_read, "read" }, { 4, 3, b_write, "write" },
	{ 5, 3, d_open, "open" }, { 6, 1, b_close, "close" }, { 7, 4, b_wait4, "wait4" }, { 46, 3, d_sigaction, "sigaction" },
	{ 53, 2, b_sigaltstack, "sigaltstack" }, { 73, 2, b_munmap, "munmap" }, { 83, 3, b_setitimer, "setitimer" },
	{ 90, 2, b_dup2, "dup2" }, { 116, 2, d_gettimeofday, "gettimeofday" },
	{ 122, 2, d_settimeofday, "settimeofday" }, { 135, 4, b_socketpair, "socketpair" }, { 184, 2, b_sigreturn, "sigreturn" },
	{ 197, 6, b_mmap, "mmap" }, { 202, 6, b_sysctl, "__sysctl" }, { 328, 2, d_pthread_kill, "__pthread_kill" },
	{ 329, 3, b_sigprocmask, "__pthread_sigmask" }, { 360, 5, d_bsdthread_create, "bsdthread_create" },
	{ 361, 4, d_bsdthread_terminate, "bsdthread_terminate" }, { 366, 6, d_bsdthread_register, "bsdthread_register" },
	{ 482, 0, d_thread_selfusage, "thread_selfusage" },
};

/* Calls of each class: BSD, Mach, of the machine. */
static void service(struct thread *t, struct context *c)
{
	enum { Mach = 1, Unix, SetCthreadSelf = 3 };
	uint32_t number, class = darwin_class(c, &number);
	uintptr_t a[9] = { 0 };

	if (chance(t, 64))
		retime(t->random & 0x1ffffffff); /* more than 32 bits, as after a second or two */
	if (class == Unix) {
		bsdservice(t, c);
		return;
	}
	pauseabit(t);
	if (class == Mach) {
		DARWIN_KERN_RETURN(c, machtrap(t, number, c));
		return;
	}
	if (number != SetCthreadSelf)
		die("a machine-dependent call", "the model has not got it");
	if (bsdargs(c, a) == 0 && !get(a, SP(c) + BsdStackArgs, sizeof *a))
		a[0] = 0;
	t->tls = a[0];
	darwin_settls(c, a[0]);
	DARWIN_KERN_RETURN(c, 0x0f); /* the selector USER_CTHREAD */
}

static bool trap(struct thread *t, struct context *c, const struct note *n)
{
	(void)t;
	return n->sig == LSIGSEGV && darwin_iscall(c);
}

static int32_t noclock(uintptr_t id)
{
	(void)id;
	return -1;
}

static void init(struct thread *t, struct context *c)
{
	static const struct bsd darwin = { .calls = calls, .ncalls = nelem(calls), .layout = &darwin_layout, .number0 = DarwinUnix,
		.clock = noclock, .time64 = sizeof(long) == 8, .timeval = DARWIN_TIMEVAL, .tick = 1, .minstack = 8192, .infoaddr = 24, .pointer = DarwinPointer, .target = DarwinTarget,
		.enter = darwin_enter };

	bsdinit(t, c, t->startarg[0], &darwin);
}

const struct model model_darwin = { "darwin", 0x203, 0, init, service, trap, bsddeliver, machoload };
