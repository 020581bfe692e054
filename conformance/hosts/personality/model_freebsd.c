/* FreeBSD: _umtx_op(2), thr_new(2) and their like; sys/kern/kern_umtx.c, kern_thr.c. */
#include "bsd.h"

#include "frames.h"

enum { UMTX_WAIT_UINT = 11, UMTX_WAKE = 3, UMTX_WAIT_UINT_PRIVATE = 15, UMTX_WAKE_PRIVATE = 16, Abstime = 1 };

static int32_t clock(uintptr_t id)
{
	switch (id) {
	case 0: case 9: case 10:
		return Realtime;
	case 4: case 11: case 12:
		return Monotonic;
	case 14:
		return ThreadTime;
	case 15:
		return ProcessTime;
	}
	return -1;
}

/* timeout: the size of what time points to, if it is a struct _umtx_time; before 10.0 it
 * is not looked at. Without it the clock is the realtime one. */
static intptr_t umtxtime(uintptr_t size, uintptr_t time, int32_t *clockid, int64_t *deadline)
{
	uintptr_t timespec = bsd->time64 ? 16 : 2 * sizeof(long);
	uint32_t more[2] = { 0, 0 }; /* flags, clock */
	intptr_t e;
	int64_t ns;

	*deadline = -1;
	*clockid = mode.old ? Monotonic : Realtime;
	if (!time)
		return 0;
	e = gettime(time, &ns);
	if (e < 0)
		return e;
	if (!mode.old && size > timespec) {
		if (!get(more, time + timespec, sizeof more))
			return -EFAULT;
		*clockid = clock(more[1]);
		if (*clockid != Realtime && *clockid != Monotonic)
			return -EINVAL;
	}
	*deadline = ns;
	if (!(more[0] & Abstime)) {
		*deadline = clocknow(*clockid) + ns;
		if (*deadline < ns)
			*deadline = INT64_MAX;
	}
	return 0;
}

static intptr_t umtxwait(struct thread *t, uintptr_t word, uint32_t val, int32_t clockid, int64_t deadline)
{
	uint32_t v;
	int r;

	acquire(&queuelock);
	if (word & 3 || copyword(&v, (uint32_t *)word) != 0) {
		release(&queuelock);
		return word & 3 ? -EINVAL : -EFAULT;
	}
	if (v != val || chance(t, 16)) { /* a wakeup that means nothing */
		release(&queuelock);
		return 0;
	}
	t->wake = 0;
	t->key = word;
	t->next = 0;
	struct thread **p = &queue;
	while (*p)
		p = &(*p)->next;
	*p = t;
	release(&queuelock);
	if (chance(t, 16)) /* a signal of no use: at once */
		r = parkqueued(t, Monotonic, 0) == Woken ? Woken : Interrupted;
	else
		r = parkqueued(t, clockid, deadline);
	return r == Woken ? 0 : r == TimedOut ? -ETIMEDOUT : -EINTR;
}

static intptr_t umtxwake(struct thread *t, uintptr_t word, int32_t n)
{
	struct thread **p = &queue, *who;

	pauseabit(t);
	acquire(&queuelock);
	while ((who = *p) != 0 && n > 0) {
		if (who->key == word) {
			*p = who->next;
			wake(who);
			n--;
		} else {
			p = &who->next;
		}
	}
	release(&queuelock);
	return 0;
}

/* object, operation, value, two pointers */
static CALL(f_umtx_op)
{
	int32_t clockid;
	int64_t deadline;
	intptr_t e;

	switch (a[1]) {
	case UMTX_WAIT_UINT: case UMTX_WAIT_UINT_PRIVATE:
		e = umtxtime(a[3], a[4], &clockid, &deadline);
		return e < 0 ? e : umtxwait(t, a[0], (uint32_t)a[2], clockid, deadline);
	case UMTX_WAKE: case UMTX_WAKE_PRIVATE:
		return umtxwake(t, a[0], (int32_t)a[2]);
	}
	return -EINVAL;
}

/* struct thr_param: function, argument, stack, its size, thread pointer, its size, where
 * the child's id goes, twice, flags, priority; all words but the flags. */
static void threadstart(struct thread *t, struct context *c)
{
	uintptr_t *p = t->startarg;

	settls(c, p[2]);
	FREEBSD_FPU(c);
	entercall(c, p[0], threadsp(p[3], p[1]), p[1], 0, 0);
	setmask(t, c, t->mask);
}

static CALL(f_thr_new)
{
	uintptr_t p[13] = { 0 };
	struct thread *n;
	uintptr_t id;

	if (a[1] > sizeof p)
		return -EINVAL;
	if (!get(p, a[0], a[1]))
		return -EFAULT;
	n = chance(t, 8) ? 0 : newthread();
	if (!n)
		return -EAGAIN; /* EPROCLIM is not Linux's */
	n->mask[0] = t->mask[0], n->mask[1] = t->mask[1];
	n->start = threadstart;
	n->startarg[0] = p[0], n->startarg[1] = p[1], n->startarg[2] = p[4], n->startarg[3] = p[2] + p[3];
	id = n->id;
	if ((p[6] && !put(p[6], &id, sizeof id)) || (p[7] && !put(p[7], &id, sizeof id))) {
		dropthread(n);
		return -EFAULT;
	}
	return runthread(n);
}

static CALL(f_thr_exit)
{
	uintptr_t one = 1;

	if (a[0]) {
		put(a[0], &one, sizeof one);
		umtxwake(t, a[0], INT32_MAX);
	}
	endthread(t);
}

static CALL(f_thr_self)
{
	uintptr_t id = t->id;

	return put(a[0], &id, sizeof id) ? 0 : -EFAULT;
}

static CALL(f_thr_kill)
{
	(void)t;
	return killthread(a[0], a[1]);
}

/* struct sigaction: handler, flags, mask of 128 bits */
static CALL(f_sigaction)
{
	struct {
		uintptr_t handler;
		int32_t flags;
		uint32_t mask[4];
	} s;

	(void)t;
	if (a[2]) {
		memset(&s, 0, sizeof s);
		getaction(a[0], &s.handler, (uint32_t *)&s.flags, s.mask);
		if (!put(a[2], &s, sizeof s))
			return -EFAULT;
	}
	if (!a[1])
		return 0;
	if (!get(&s, a[1], sizeof s))
		return -EFAULT;
	return setaction(a[0], (struct action){ s.handler, (uint32_t)s.flags, { s.mask[0], s.mask[1], s.mask[2], s.mask[3] }, 0 });
}

static CALL(f_sysarch)
{
	uintptr_t base;

	if (a[0] != SYSARCH_SETBASE)
		return -EINVAL;
	if (!SYSARCH_POINTER)
		base = a[1];
	else if (!get(&base, a[1], sizeof base))
		return -EFAULT;
	return settls(t->service, base);
}

static CALL(f_getpid)
{
	(void)t;
	(void)a;
	return sys(__NR_getpid);
}

static const struct syscall calls[] = {
	{ 1, 1, b_exit, "exit" }, { 2, 0, b_fork, "fork" }, { 3, 3, b_read, "read" }, { 4, 3, b_write, "write" },
	{ 6, 1, b_close, "close" }, { 7, 4, b_wait4, "wait4" }, { 20, 0, f_getpid, "getpid" },
	{ 53, 2, b_sigaltstack, "sigaltstack" }, { 73, 2, b_munmap, "munmap" }, { 83, 3, b_setitimer, "setitimer" },
	{ 90, 2, b_dup2, "dup2" }, { 135, 4, b_socketpair, "socketpair" }, { 165, 2, f_sysarch, "sysarch" },
	{ 202, 6, b_sysctl, "__sysctl" }, { 232, 2, b_clock_gettime, "clock_gettime" },
	{ 233, 2, b_clock_settime, "clock_settime" },
	{ 240, 2, b_nanosleep, "nanosleep" }, { 331, 0, b_yield, "sched_yield" }, { 340, 3, b_sigprocmask, "sigprocmask" },
	{ 416, 3, f_sigaction, "sigaction" }, { 417, 1, b_sigreturn, "sigreturn" }, { 431, 1, f_thr_exit, "thr_exit" },
	{ 432, 1, f_thr_self, "thr_self" }, { 433, 2, f_thr_kill, "thr_kill" }, { 454, 5, f_umtx_op, "_umtx_op" },
	{ 455, 2, f_thr_new, "thr_new" }, { 477, 6, b_mmap, "mmap" },
};

static bool accept(void)
{
	uint32_t version;

	return hasnote("FreeBSD", 1, &version) && version >= 900000;
}

/* amd64: rdi is the argument pointer, sp is below it (exec_setregs). */
static void init(struct thread *t, struct context *c)
{
	static const struct bsd freebsd = { .calls = calls, .ncalls = nelem(calls), .layout = &freebsd_layout,
		.sigreturn = 417, .clock = clock, .time64 = FREEBSD_TIME64, .timeval = FREEBSD_TIMEVAL, .tick = 1 };

	bsdinit(t, c, t->startarg[0], &freebsd);
	FREEBSD_FPU(c);
	FREEBSD_ENTRY(c, t->startarg[0]);
}

const struct model model_freebsd = { "freebsd", 100001, accept, init, bsdservice, 0, bsddeliver, load };
