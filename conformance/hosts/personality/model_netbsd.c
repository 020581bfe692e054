/* NetBSD: _lwp_park(2), _lwp_create(2) and their like; sys/kern/sys_lwp.c. */
#include "bsd.h"

#include "frames.h"

enum { TIMER_ABSTIME = 1, EALREADY = 114, ESRCH = 3, Parked = 1 };

static int32_t clock(uintptr_t id)
{
	switch ((uint32_t)id) {
	case 0:
		return Realtime;
	case 3:
		return Monotonic;
	case 0x20000000:
		return ThreadTime;
	case 0x40000000:
		return ProcessTime;
	}
	return -1;
}

static intptr_t unpark(uintptr_t id, uintptr_t hint)
{
	struct thread *to = findthread((uint32_t)id);

	if (!to)
		return -ESRCH;
	acquire(&queuelock);
	/* The hint is only that: but if it is not the one that the thread parks with it is a
	 * wrong one, and nobody would ever notice. */
	if (to->key == Parked && hint && to->key2 && hint != to->key2)
		die("_lwp_unpark", "the hint is not the one that the lwp parks with");
	if (to->key == Parked) {
		to->key = 0;
		wake(to);
	} else {
		to->token = 1; /* the next park returns at once */
	}
	release(&queuelock);
	return 0;
}

static intptr_t lwppark(struct thread *t, int32_t clockid, int64_t deadline, uintptr_t hint)
{
	int r;

	acquire(&queuelock);
	if (t->token || chance(t, 16)) {
		t->token = 0;
		release(&queuelock);
		return -EALREADY;
	}
	t->wake = 0;
	t->key = Parked;
	t->key2 = hint;
	release(&queuelock);
	if (chance(t, 16))
		r = Interrupted;
	else
		r = park(t, clockid, deadline);
	acquire(&queuelock);
	t->key = 0;
	if (t->wake)
		r = Woken;
	release(&queuelock);
	return r == Woken ? 0 : r == TimedOut ? -ETIMEDOUT : -EINTR;
}

/* A time that has passed is no sleep, whatever is pending. */
/* other and its hint: an unpark that comes first. */
static intptr_t parkuntil(struct thread *t, int32_t clockid, bool absolute, uintptr_t time, uintptr_t other,
			  uintptr_t hint, uintptr_t otherhint)
{
	int64_t ns, now, deadline = -1;
	intptr_t e;

	if (other && (e = unpark(other, otherhint)) < 0)
		return e;
	if (time) {
		e = gettime(time, &ns);
		if (e < 0)
			return e;
		now = clocknow(clockid);
		if (absolute)
			ns -= now;
		if (ns <= 0)
			return -ETIMEDOUT;
		deadline = now + roundup(ns);
		if (deadline < now)
			deadline = INT64_MAX;
	}
	return lwppark(t, clockid, deadline, hint);
}

static CALL(n_lwp_park50)
{
	return parkuntil(t, Realtime, true, a[0], a[1], a[2], a[3]);
}

static CALL(n_lwp_park60)
{
	int32_t clockid = clock(a[0]);

	if (clockid != Realtime && clockid != Monotonic)
		return -EINVAL;
	return parkuntil(t, clockid, a[1] & TIMER_ABSTIME, a[2], a[3], a[4], a[5]);
}

static CALL(n_lwp_unpark)
{
	pauseabit(t);
	return unpark(a[0], a[1]);
}

/* A context as signals have it. */
static CALL(n_getcontext)
{
	enum { SIGMASK = 1, STACK = 2, CPU = 4, FPU = 8 };
	const struct layout *l = bsd->layout;
	char context[1024];

	memset(context, 0, sizeof context);
	*(uint32_t *)context = SIGMASK | STACK | CPU | FPU;
	for (uint32_t i = 0; i < l->npairs; i++)
		*(uintptr_t *)(context + l->pairs[i].image) = *(uintptr_t *)((char *)t->service + l->pairs[i].host);
	maskto((uint32_t *)(context + l->mask), t->mask, l->maskwords);
	return put(a[0], context, l->size) ? 0 : -EFAULT;
}

static void threadstart(struct thread *t, struct context *c)
{
	const struct layout *l = bsd->layout;

	for (uint32_t i = 0; i < l->npairs; i++)
		*(uintptr_t *)((char *)c + l->pairs[i].host) = t->startarg[i];
	sanitize(c);
	if (t->tls)
		settls(c, t->tls); /* the creator's, until it sets its own */
	setmask(t, c, t->mask);
}

static CALL(n_lwp_create)
{
	enum { DETACHED = 0x40, CPU = 4 };
	const struct layout *l = bsd->layout;
	char context[1024];
	struct thread *n;

	if (a[1] & ~(uintptr_t)DETACHED)
		return -EINVAL;
	if (!get(context, a[0], l->size))
		return -EFAULT;
	if (!(*(uint32_t *)context & CPU))
		return -EINVAL;
	n = chance(t, 8) ? 0 : newthread();
	if (!n)
		return -EAGAIN;
	for (uint32_t i = 0; i < l->npairs; i++)
		n->startarg[i] = *(uintptr_t *)(context + l->pairs[i].image);
	n->mask[0] = t->mask[0], n->mask[1] = t->mask[1];
	n->start = threadstart;
	n->tls = t->tls;
	if (!put(a[2], &n->id, sizeof n->id)) {
		dropthread(n);
		return -EFAULT;
	}
	return runthread(n);
}

static CALL(n_lwp_exit)
{
	(void)a;
	endthread(t);
}

static CALL(n_lwp_self)
{
	(void)a;
	return (intptr_t)t->id;
}

static CALL(n_lwp_setprivate)
{
	t->tls = a[0];
	return settls(t->service, a[0]);
}

static CALL(n_lwp_kill)
{
	(void)t;
	return killthread(a[0], a[1]);
}

/* struct sigaction: handler, mask of 128 bits, flags; then the trampoline and its version */
static CALL(n_sigaction)
{
	struct {
		uintptr_t handler;
		uint32_t mask[4], flags;
	} s;

	(void)t;
	if (a[2]) {
		memset(&s, 0, sizeof s);
		getaction(a[0], &s.handler, &s.flags, s.mask);
		if (!put(a[2], &s, sizeof s))
			return -EFAULT;
	}
	if (!a[1])
		return 0;
	if (!get(&s, a[1], sizeof s))
		return -EFAULT;
	if (s.handler > 1 && a[4] != 2)
		return -EINVAL;
	return setaction(a[0], (struct action){ s.handler, s.flags, { s.mask[0], s.mask[1], s.mask[2], s.mask[3] }, a[3] });
}

static const struct syscall calls[] = {
	{ 1, 1, b_exit, "exit" }, { 2, 0, b_fork, "fork" }, { 3, 3, b_read, "read" }, { 4, 3, b_write, "write" },
	{ 6, 1, b_close, "close" }, { 73, 2, b_munmap, "munmap" }, { 90, 2, b_dup2, "dup2" },
	{ 135, 4, b_socketpair, "socketpair" }, { 197, 6, b_mmap, "mmap" }, { 202, 6, b_sysctl, "__sysctl" },
	{ 281, 2, b_sigaltstack, "__sigaltstack14" }, { 293, 3, b_sigprocmask, "__sigprocmask14" },
	{ 307, 1, n_getcontext, "getcontext" }, { 308, 1, b_sigreturn, "setcontext" },
	{ 309, 3, n_lwp_create, "_lwp_create" }, { 310, 0, n_lwp_exit, "_lwp_exit" }, { 311, 0, n_lwp_self, "_lwp_self" },
	{ 317, 1, n_lwp_setprivate, "_lwp_setprivate" }, { 318, 2, n_lwp_kill, "_lwp_kill" },
	{ 321, 2, n_lwp_unpark, "_lwp_unpark" }, { 340, 5, n_sigaction, "__sigaction_sigtramp" },
	{ 350, 0, b_yield, "sched_yield" }, { 425, 3, b_setitimer, "__setitimer50" },
	{ 427, 2, b_clock_gettime, "__clock_gettime50" }, { 428, 2, b_clock_settime, "__clock_settime50" },
	{ 430, 2, b_nanosleep, "__nanosleep50" },
	{ 434, 4, n_lwp_park50, "___lwp_park50" }, { 449, 4, b_wait4, "__wait450" },
	{ 478, 6, n_lwp_park60, "___lwp_park60" }, /* the last one: before 7.0 it is not there */
};

static bool accept(void)
{
	uint32_t version;

	return hasnote("NetBSD", 1, &version) && version >= 600000000;
}

static void init(struct thread *t, struct context *c)
{
	static struct bsd netbsd = { .calls = calls, .ncalls = nelem(calls), .layout = &netbsd_layout, .number0 = NETBSD_NUMBER0,
		.sigreturn = 308,
		.clock = clock, .time64 = true, .timeval = NETBSD_TIMEVAL, .tick = TICK };

	if (mode.old)
		netbsd.ncalls--;
	bsdinit(t, c, t->startarg[0], &netbsd);
}

const struct model model_netbsd = { "netbsd", 1, accept, init, bsdservice, 0, bsddeliver, load };
