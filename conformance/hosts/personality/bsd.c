/* Calls that the three BSDs have in common. */
#include "bsd.h"

const struct bsd *bsd;

/* Where errno(2) of a BSD differs from Linux's. */
static uintptr_t errnoof(intptr_t e)
{
	static const uint8_t differ[][2] = { { EAGAIN, 35 }, { 35, 11 }, { ENOSYS, 78 }, { ETIMEDOUT, 60 }, { 114, 37 } };

	for (uint32_t i = 0; i < nelem(differ); i++)
		if (differ[i][0] == e)
			return differ[i][1];
	return (uintptr_t)e;
}

void bsdservice(struct thread *t, struct context *c)
{
	uintptr_t number = bsdnumber(c) - bsd->number0;
	const struct syscall *s = 0;
	uintptr_t a[9] = { 0 };
	uint32_t n = bsdargs(c, a);
	intptr_t r;

	pauseabit(t);
	if (chance(t, 1000))
		stepclock(((int32_t)(t->random >> 30 & 15) - 8) * 1800);
	for (uint32_t i = 0; i < bsd->ncalls && !s; i++)
		if (bsd->calls[i].number == number)
			s = &bsd->calls[i];
	if (bsd->number0 == 0 && isimage(callsite(c)) && callsite(c) - SigcodePage >= PageSize && bsdnumberagain(c) != number)
		die("a system call", "its number in the register is not that in the instruction");
	if (bsd->maycall && !bsd->maycall(callsite(c), number)) {
		say("personality: a system call from where it is not pinned: number ");
		saynumber(number);
		say("\n");
		sys(__NR_exit_group, 128 + 6);
	}
	if (!s) { /* nosys: the error, and SIGSYS */
		struct note sig = { LSIGSYS, 0, 0 };
		notesignal(t, &sig);
		bsdresult(c, errnoof(ENOSYS), true);
		return;
	}
	if (s->words > n && !get(a + n, SP(c) + BsdStackArgs, (s->words - n) * sizeof *a)) {
		bsdresult(c, EFAULT, true);
		return;
	}
	r = s->fn(t, a);
	if (r == NoResult)
		return;
	if (r < 0 && r > -4096)
		bsdresult(c, errnoof(-r), true);
	else
		bsdresult(c, (uintptr_t)r, false);
}

CALL(b_exit)
{
	(void)t;
	for (;;)
		sys(__NR_exit_group, a[0]);
}

CALL(b_fork)
{
	enum { SIGCHLD = 17 };
	intptr_t r;

	(void)a;
	r = sys(__NR_clone, SIGCHLD, 0, 0, 0, 0);
	if (r == 0)
		forked(t);
	return r;
}

CALL(b_read)
{
	return blockingcall(t, __NR_read, (long)a[0], (long)a[1], (long)a[2], 0);
}

CALL(b_write)
{
	if (chance(t, 64))
		return -EINTR;
	return blockingcall(t, __NR_write, (long)a[0], (long)a[1], (long)a[2], 0);
}

CALL(b_close)
{
	(void)t;
	return sys(__NR_close, a[0]);
}

CALL(b_dup2)
{
	(void)t;
	return sys(__NR_dup3, a[0], a[1], 0);
}

CALL(b_wait4)
{
	return blockingcall(t, __NR_wait4, (long)a[0], (long)a[1], (long)a[2], (long)a[3]);
}

CALL(b_socketpair)
{
	(void)t;
	return sys(__NR_socketpair, a[0], a[1], a[2], a[3]);
}

CALL(b_munmap)
{
	(void)t;
	return sys(__NR_munmap, a[0], a[1]);
}

/* Private anonymous memory where the kernel likes, and nothing else. */
CALL(b_mmap)
{
	enum { PRIVATE = 2, ANON = 0x1000, LINUX_PRIVATE_ANONYMOUS = 0x22 };

	static uintptr_t taken;

	(void)t;
	if (a[0] != 0 || a[3] != (PRIVATE | ANON) || (int32_t)a[4] != -1 || a[1] == 0)
		return -EINVAL;
	if (mode.memory && __atomic_add_fetch(&taken, a[1], __ATOMIC_RELAXED) > mode.memory)
		return -ENOMEM;
	return sys(MMAP, 0, a[1], a[2] & 7, LINUX_PRIVATE_ANONYMOUS, -1, 0);
}

uint32_t processors(void)
{
	static uint8_t mask[1024];
	intptr_t n = sys(__NR_sched_getaffinity, 0, sizeof mask, mask);
	uint32_t cpus = 0;

	for (intptr_t i = 0; i < n; i++)
		for (uint32_t b = mask[i]; b; b &= b - 1)
			cpus++;
	return cpus;
}

/* name, its length, old value, its length, new value, its length */
CALL(b_sysctl)
{
	enum { CTL_KERN = 1, CTL_HW = 6, HW_NCPU = 3, ARND_FREEBSD = 37, ARND_NETBSD = 81 };
	uint32_t name[2], cpus;
	uintptr_t size;

	(void)t;
	if (a[1] != 2)
		return -EINVAL;
	if (!get(name, a[0], sizeof name) || !get(&size, a[3], sizeof size))
		return -EFAULT;
	if (name[0] == CTL_HW && name[1] == HW_NCPU) {
		cpus = processors();
		if (size < sizeof cpus)
			return -ENOMEM;
		size = sizeof cpus;
		return put(a[2], &cpus, sizeof cpus) && put(a[3], &size, sizeof size) ? 0 : -EFAULT;
	}
	if (name[0] == CTL_KERN && (name[1] == ARND_FREEBSD || name[1] == ARND_NETBSD)) {
		char bytes[256];
		if (size > sizeof bytes)
			size = sizeof bytes; /* as much as it gives at once */
		sys(__NR_getrandom, bytes, size, 0);
		return put(a[2], bytes, size) && put(a[3], &size, sizeof size) ? 0 : -EFAULT;
	}
	return -2; /* ENOENT */
}

/* Seconds, of 32 or 64 bits, then a long. */
intptr_t gettime(uintptr_t at, int64_t *ns)
{
	int64_t sec;
	intptr_t part;

	if (bsd->time64) {
		if (!get(&sec, at, 8) || !get(&part, at + 8, sizeof part))
			return -EFAULT;
	} else {
		intptr_t s;
		if (!get(&s, at, sizeof s) || !get(&part, at + sizeof s, sizeof part))
			return -EFAULT;
		sec = s;
	}
	if (sec < 0 || part < 0 || part >= 1000000000)
		return -EINVAL;
	*ns = sec >= 9223372036 ? INT64_MAX : sec * 1000000000 + part;
	return 0;
}

bool puttime(uintptr_t at, int64_t ns)
{
	int64_t sec = ns / 1000000000;
	intptr_t part = (intptr_t)(ns % 1000000000), s = (intptr_t)sec;

	if (bsd->time64)
		return put(at, &sec, 8) && put(at + 8, &part, sizeof part);
	return put(at, &s, sizeof s) && put(at + sizeof s, &part, sizeof part);
}

/* A time-out of a kernel that counts ticks: rounded up, and the tick in progress is none. */
int64_t roundup(int64_t ns)
{
	int64_t tick = mode.hz && bsd->tick > 1 ? 1000000000 / mode.hz : bsd->tick;

	if (tick <= 1 || ns > INT64_MAX - 2 * tick)
		return ns;
	return (ns / tick + 2) * tick;
}

CALL(b_clock_gettime)
{
	int32_t clock = bsd->clock(a[0]);

	(void)t;
	if (clock < 0)
		return -EINVAL;
	return puttime(a[1], clocknow(clock)) ? 0 : -EFAULT;
}

/* Of the realtime clock; in whole seconds. */
CALL(b_clock_settime)
{
	int64_t ns;
	intptr_t e = gettime(a[1], &ns);

	(void)t;
	if (e < 0 || bsd->clock(a[0]) != Realtime)
		return e < 0 ? e : -EINVAL;
	ns -= clocknow(Realtime);
	stepclock((int32_t)((ns + (ns < 0 ? -500000000 : 500000000)) / 1000000000));
	return 0;
}

CALL(b_nanosleep)
{
	int64_t ns, end, left;
	intptr_t e = gettime(a[0], &ns);
	bool cut;

	if (e < 0)
		return e;
	end = clocknow(Monotonic) + roundup(ns);
	if (end < ns)
		end = INT64_MAX;
	t->wake = 0;
	cut = chance(t, 4); /* as if a signal came */
	if (park(t, Monotonic, cut ? end - roundup(ns) / 2 : end) == TimedOut && !cut)
		return 0;
	left = end - clocknow(Monotonic);
	if (a[1] && !puttime(a[1], left > 0 ? left : 0))
		return -EFAULT;
	return -EINTR;
}

CALL(b_yield)
{
	(void)t;
	(void)a;
	return sys(__NR_sched_yield);
}
