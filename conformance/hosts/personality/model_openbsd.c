/* OpenBSD: __thrsleep(2), __tfork(2) and their like; sys/kern/kern_synch.c, kern_fork.c. And
 * what it demands of a program: calls from where they are pinned, stacks that are. */
#include "bsd.h"

#include "frames.h"

enum { EWOULDBLOCK_BSD = 35, ECANCELED_BSD = 88, ESRCH_BSD = 3, MAP_STACK = 0x4000 };

static int32_t clock(uintptr_t id)
{
	static const int8_t clocks[] = { Realtime, -1, ProcessTime, Monotonic, ThreadTime };

	return id < nelem(clocks) ? clocks[id] : -1;
}

/* The kernel's own trampoline may call sigreturn(2), and nothing else may. */
static bool maycall(uintptr_t pc, uintptr_t number)
{
	if (pc - SigcodePage < PageSize)
		return number == 103;
	for (uint32_t i = 0; i < image.npins; i++)
		if (image.pins[2 * i] == pc)
			return image.pins[2 * i + 1] == number;
	return false;
}

/* Memory that may be a stack: mmap's with MAP_STACK. */
static struct region {
	uintptr_t lo, hi;
} *stacks;
static uint32_t nstacks;
static struct mutex stacklock;

enum { MaxStacks = 1 << 17 };

static bool addstack(uintptr_t lo, uintptr_t n)
{
	uint32_t i;

	acquire(&stacklock);
	for (i = 0; i < nstacks && stacks[i].hi != 0; i++)
		;
	if (i < MaxStacks)
		stacks[i] = (struct region){ lo, lo + n };
	if (i == nstacks && nstacks < MaxStacks)
		__atomic_store_n(&nstacks, i + 1, __ATOMIC_RELEASE);
	release(&stacklock);
	return i < MaxStacks;
}

/* Without the lock: a stack that a thread is on does not go away meanwhile. The last one
 * that it was on comes first. */
static bool isstack(struct thread *t, uintptr_t sp)
{
	uint32_t n = __atomic_load_n(&nstacks, __ATOMIC_ACQUIRE);

	if (t->token < n && sp > stacks[t->token].lo && sp <= stacks[t->token].hi)
		return true;
	for (uint32_t i = 0; i < n; i++)
		if (sp > stacks[i].lo && sp <= stacks[i].hi) {
			t->token = i;
			return true;
		}
	return false;
}

static CALL(o_mmap)
{
	uintptr_t b[9] = { a[0], a[1], a[2], a[3] & ~(uintptr_t)MAP_STACK, a[4] };
	intptr_t r = b_mmap(t, b);

	if (a[3] & MAP_STACK && !(r < 0 && r > -4096) && !addstack((uintptr_t)r, a[1]))
		return -ENOMEM;
	return r;
}

static CALL(o_munmap)
{
	acquire(&stacklock);
	for (uint32_t i = 0; i < nstacks; i++)
		if (stacks[i].lo >= a[0] && stacks[i].hi <= a[0] + a[1])
			stacks[i] = (struct region){ 0, 0 };
	release(&stacklock);
	return b_munmap(t, a);
}

/* Its memory becomes a stack's. */
static CALL(o_sigaltstack)
{
	intptr_t r = b_sigaltstack(t, a);

	if (r == 0 && a[0] && t->altsize && !isstack(t, t->altsp + t->altsize) && !addstack(t->altsp, t->altsize))
		return -ENOMEM;
	return r;
}

static void service(struct thread *t, struct context *c)
{
	if (!isstack(t, SP(c))) {
		say("personality: a system call with sp in memory that is no stack's (MAP_STACK)\n");
		sys(__NR_exit_group, 128 + LSIGSEGV);
	}
	bsdservice(t, c);
}

/* The lock at word is given up, whatever happens then: 0. */
static bool unlock(uintptr_t word)
{
	const uint32_t unlocked = 0;

	return !word || put(word, &unlocked, sizeof unlocked);
}

/* What, clock, absolute time, lock, a word that calls it off. The answer is an errno, and no
 * error of the call. */
static intptr_t thrsleep(struct thread *t, uintptr_t *a)
{
	int32_t clockid = clock(a[1]);
	int64_t ns, now, deadline = -1;
	uint32_t off = 0;
	intptr_t e;
	int r;

	if (a[0] == 0)
		return EINVAL;
	if (a[2]) {
		if (clockid != Realtime && clockid != Monotonic)
			return EINVAL;
		e = gettime(a[2], &ns);
		if (e < 0)
			return -e;
		now = clocknow(clockid);
		if (ns <= now)
			return unlock(a[3]) ? EWOULDBLOCK_BSD : EFAULT;
		deadline = now + roundup(ns - now);
		if (deadline < now)
			deadline = INT64_MAX;
	}
	acquire(&queuelock);
	t->wake = 0;
	t->key = a[0];
	t->next = 0;
	struct thread **p = &queue;
	while (*p)
		p = &(*p)->next;
	*p = t;
	release(&queuelock);
	if (!unlock(a[3]) || (a[4] && !get(&off, a[4], sizeof off))) {
		parkqueued(t, Monotonic, 0);
		return EFAULT;
	}
	if (off || chance(t, 16))
		return parkqueued(t, Monotonic, 0) == Woken ? 0 : EINTR;
	if (chance(t, 32))
		return parkqueued(t, Monotonic, 0) == Woken ? 0 : ECANCELED_BSD;
	r = parkqueued(t, clockid, deadline);
	return r == Woken ? 0 : r == TimedOut ? EWOULDBLOCK_BSD : chance(t, 2) ? ECANCELED_BSD : EINTR;
}

static CALL(o_thrsleep)
{
	return thrsleep(t, a);
}

static CALL(o_thrwakeup)
{
	struct thread **p = &queue, *who;
	uint32_t n = (uint32_t)a[1], woken = 0;

	if (a[0] == 0)
		return EINVAL;
	pauseabit(t);
	acquire(&queuelock);
	while ((who = *p) != 0 && (n == 0 || woken < n)) {
		if (who->key == a[0]) {
			*p = who->next;
			wake(who);
			woken++;
		} else {
			p = &who->next;
		}
	}
	release(&queuelock);
	return woken ? 0 : ESRCH_BSD;
}

/* The parent's registers, but for the stack and the result. */
static void threadstart(struct thread *t, struct context *c)
{
	const struct layout *l = bsd->layout;

	for (uint32_t i = 0; i < l->npairs; i++)
		*(uintptr_t *)((char *)c + l->pairs[i].host) = t->startarg[i];
	SP(c) = t->key2;
	bsdresult(c, 0, false);
	sanitize(c);
	settls(c, t->tls);
	setmask(t, c, t->mask);
}

/* struct __tfork: thread pointer, where the id goes, stack */
static CALL(o_tfork)
{
	const struct layout *l = bsd->layout;
	uintptr_t p[3];
	struct thread *n;
	intptr_t id, e;

	if (a[1] != sizeof p)
		return -EINVAL;
	if (!get(p, a[0], sizeof p))
		return -EFAULT;
	n = chance(t, 8) ? 0 : newthread();
	if (!n)
		return -EAGAIN;
	for (uint32_t i = 0; i < l->npairs; i++)
		n->startarg[i] = *(uintptr_t *)((char *)t->service + l->pairs[i].host);
	n->key2 = p[2];
	n->tls = p[0];
	n->mask[0] = t->mask[0], n->mask[1] = t->mask[1];
	n->start = threadstart;
	id = n->id;
	if (p[1] && !put(p[1], &n->id, sizeof n->id)) {
		dropthread(n);
		return -EFAULT;
	}
	e = runthread(n);
	return e < 0 ? e : id;
}

static CALL(o_threxit)
{
	const uint32_t zero = 0;

	if (a[0])
		put(a[0], &zero, sizeof zero);
	endthread(t);
}

static CALL(o_getthrid)
{
	(void)a;
	return (intptr_t)t->id;
}

static CALL(o_thrkill)
{
	struct thread *to = a[0] ? findthread((uint32_t)a[0]) : t;

	if (to && a[2] && to->tls != a[2])
		return -3; /* ESRCH: its id is another thread's by now */
	return killthread(to ? to->id : 0, a[1]);
}

static CALL(o_set_tcb)
{
	t->tls = a[0];
	return settls(t->service, a[0]);
}

/* How and the mask itself; the answer is the one before. */
static CALL(o_sigprocmask)
{
	uint32_t mask = (uint32_t)a[1], lin[2], before, now[2] = { t->mask[0], t->mask[1] };

	maskto(&before, t->mask, 1);
	maskfrom(lin, &mask, 1);
	if (!applymask(now, lin, a[0]))
		return -EINVAL;
	setmask(t, t->service, now);
	bsdresult(t->service, before, false);
	return NoResult;
}

/* struct sigaction: handler, mask, flags */
static CALL(o_sigaction)
{
	struct {
		uintptr_t handler;
		uint32_t mask, flags;
	} s;

	(void)t;
	if (a[2]) {
		memset(&s, 0, sizeof s);
		getaction(a[0], &s.handler, &s.flags, &s.mask);
		if (!put(a[2], &s, sizeof s))
			return -EFAULT;
	}
	if (!a[1])
		return 0;
	if (!get(&s, a[1], sizeof s))
		return -EFAULT;
	return setaction(a[0], (struct action){ s.handler, s.flags, { s.mask }, 0 });
}

static CALL(o_getentropy)
{
	char bytes[256];

	(void)t;
	if (a[1] > sizeof bytes)
		return -EIO;
	sys(__NR_getrandom, bytes, a[1], 0);
	return put(a[0], bytes, a[1]) ? 0 : -EFAULT;
}

static const struct syscall calls[] = {
	{ 1, 1, b_exit, "exit" }, { 2, 0, b_fork, "fork" }, { 3, 3, b_read, "read" }, { 4, 3, b_write, "write" },
	{ 6, 1, b_close, "close" }, { 7, 2, o_getentropy, "getentropy" }, { 8, 2, o_tfork, "__tfork" },
	{ 11, 4, b_wait4, "wait4" }, { 46, 3, o_sigaction, "sigaction" }, { 48, 2, o_sigprocmask, "sigprocmask" },
	{ 69, 3, b_setitimer, "setitimer" }, { 73, 2, o_munmap, "munmap" }, { 87, 2, b_clock_gettime, "clock_gettime" },
	{ 88, 2, b_clock_settime, "clock_settime" }, { 90, 2, b_dup2, "dup2" }, { 91, 2, b_nanosleep, "nanosleep" }, { 94, 5, o_thrsleep, "__thrsleep" },
	{ 103, 1, b_sigreturn, "sigreturn" }, { 119, 3, o_thrkill, "thrkill" }, { 135, 4, b_socketpair, "socketpair" },
	{ 202, 6, b_sysctl, "sysctl" }, { 288, 2, o_sigaltstack, "sigaltstack" }, { 298, 0, b_yield, "sched_yield" },
	{ 299, 0, o_getthrid, "getthrid" }, { 301, 2, o_thrwakeup, "__thrwakeup" }, { 302, 1, o_threxit, "__threxit" },
	{ 329, 1, o_set_tcb, "__set_tcb" }, { 49, 6, o_mmap, "mmap" },
};

static bool accept(void)
{
	uint32_t version;

	return hasnote("OpenBSD", 1, &version) && version == 0 && image.npins > 0;
}

static void init(struct thread *t, struct context *c)
{
	static const struct bsd openbsd = { .calls = calls, .ncalls = nelem(calls), .layout = &openbsd_layout, .sigreturn = 103,
		.clock = clock, .time64 = true, .timeval = OPENBSD_TIMEVAL, .tick = TICK, .maycall = maycall };

	stacks = pages(MaxStacks * sizeof *stacks);
	if (!stacks || !addstack(t->startarg[0] & ~(uintptr_t)0xfffff, 1 << 20))
		die("host", "no memory");
	bsdinit(t, c, t->startarg[0], &openbsd);
}

const struct model model_openbsd = { "openbsd", 200001, accept, init, service, 0, bsddeliver, load };
