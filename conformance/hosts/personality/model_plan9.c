/* Plan 9: sys/src/libc/9syscall/sys.h, semacquire(2), exec(2), cons(3), proc(3), env(3). */
#include "plan9.h"

enum { MaxFiles = 256 };
enum { File, Cputime, Note, Notegroup };

/* By descriptor, which all processes share: those that are not Linux's. */
static struct {
	uint32_t kind, pid;
} files[MaxFiles];

static uintptr_t *initial; /* argc, argv, 0, the environment, 0 */

#define CALL(name) static intptr_t name(struct thread *t, uintptr_t *a)

static intptr_t linuxerror(struct thread *t, intptr_t e)
{
	return e >= 0 ? e : error(t, e == -EINTR ? "interrupted" : e == -EBADF ? "fd out of range or not open" : "i/o error");
}

static bool getstring(char *to, uintptr_t from, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (!get(to + i, from + i, 1))
			return false;
		if (to[i] == 0)
			return true;
	}
	to[n - 1] = 0;
	return true;
}

CALL(p_exits)
{
	char status[ERRMAX];

	pexit(t, a[0] && getstring(status, a[0], sizeof status) ? status : 0);
}

/* ---- files ---- */

static const char *after(const char *s, const char *prefix)
{
	while (*prefix && *s == *prefix)
		s++, prefix++;
	return *prefix ? 0 : s;
}

/* A file that holds text. */
static intptr_t filled(const char *text, uintptr_t n)
{
	long fd = sys(__NR_memfd_create, "text", 0);

	if (fd >= 0)
		sys(__NR_write, fd, text, n);
	return fd;
}

static intptr_t special(uint32_t kind, uint32_t pid)
{
	long fd = sys(__NR_open, "/dev/null", 2, 0);

	if (fd >= 0 && fd < MaxFiles)
		files[fd].kind = kind, files[fd].pid = pid;
	return fd;
}

static intptr_t openproc(struct thread *t, const char *s)
{
	uint32_t pid = 0;

	while (*s >= '0' && *s <= '9')
		pid = pid * 10 + (uint32_t)(*s++ - '0');
	if (!findthread(pid))
		return error(t, "process exited");
	if (same(s, "/note"))
		return special(Note, pid);
	if (same(s, "/notepg"))
		return special(Notegroup, pid);
	return error(t, "file does not exist");
}

static intptr_t openenv(struct thread *t, const char *name)
{
	for (char **e = (char **)(initial + initial[0] + 2); *e; e++) {
		const char *value = after(*e, name);
		uintptr_t n = 0;
		if (!value || *value++ != '=')
			continue;
		while (value[n])
			n++;
		return filled(value, n);
	}
	return error(t, "file does not exist");
}

CALL(p_open)
{
	char path[256];
	const char *s;

	if (!getstring(path, a[0], sizeof path))
		return error(t, "bad address in system call");
	if (same(path, "/dev/cputime"))
		return special(Cputime, 0);
	if (same(path, "/dev/random"))
		return linuxerror(t, sys(__NR_open, "/dev/urandom", 0, 0));
	if (same(path, "/dev/sysstat")) {
		static const char line[] = "          0           0           0\n";
		char all[64 * sizeof line];
		uint32_t n = 0;
		for (uint32_t i = processors(); i > 0 && n < sizeof all - sizeof line; i--, n += sizeof line - 1)
			memcpy(all + n, line, sizeof line - 1);
		return linuxerror(t, filled(all, n));
	}
	if ((s = after(path, "/env/")) != 0)
		return openenv(t, s);
	if ((s = after(path, "/proc/")) != 0)
		return openproc(t, s);
	return error(t, "file does not exist");
}

CALL(p_close)
{
	if (a[0] < MaxFiles)
		files[a[0]].kind = File;
	return linuxerror(t, sys(__NR_close, a[0]));
}

/* Six numbers of 12 characters; here those of the user's and the system's ms. */
static intptr_t cputext(uintptr_t to, uintptr_t n)
{
	uint64_t ms = (uint64_t)(clocknow(ThreadTime) / 1000000);
	char text[24];

	for (uint32_t i = 0; i < sizeof text; i++)
		text[i] = ' ';
	text[22] = '0';
	for (uint32_t at = 11; at-- > 0; ms /= 10)
		if (ms > 0 || at == 10)
			text[at] = (char)('0' + ms % 10);
	if (n > sizeof text)
		n = sizeof text;
	return put(to, text, n) ? (intptr_t)n : -EFAULT;
}

/* fd, buffer, bytes, offset; -1: where the file stands */
CALL(p_pread)
{
	if (a[0] < MaxFiles && files[a[0]].kind == Cputime)
		return linuxerror(t, cputext(a[1], a[2]));
	if ((intptr_t)a[3] < 0)
		return linuxerror(t, blockingcall(t, __NR_read, (long)a[0], (long)a[1], (long)a[2], 0));
	return linuxerror(t, sys(__NR_pread64, a[0], a[1], a[2], PREAD_OFFSET(a[3])));
}

CALL(p_pwrite)
{
	uint32_t kind = a[0] < MaxFiles ? files[a[0]].kind : File;
	struct thread *to;
	char text[ERRMAX];

	if (kind == Note || kind == Notegroup) {
		uintptr_t n = a[2] < ERRMAX - 1 ? a[2] : ERRMAX - 1;
		to = findthread(files[a[0]].pid);
		if (!get(text, a[1], n))
			return error(t, "bad address in system call");
		text[n] = 0;
		if (!to)
			return error(t, "process exited");
		if (kind == Notegroup)
			postgroup(t, text);
		else if (!postnote(to, text))
			return error(t, "note not posted");
		return (intptr_t)a[2];
	}
	if (chance(t, 64))
		return error(t, "interrupted");
	return linuxerror(t, blockingcall(t, __NR_write, (long)a[0], (long)a[1], (long)a[2], 0));
}

CALL(p_pipe)
{
	enum { AF_UNIX = 1, SOCK_STREAM = 1 };
	int32_t fd[2];
	intptr_t r = sys(__NR_socketpair, AF_UNIX, SOCK_STREAM, 0, fd);

	return r < 0 ? linuxerror(t, r) : put(a[0], fd, sizeof fd) ? 0 : error(t, "bad address in system call");
}

/* ---- processes, memory, time ---- */

CALL(p_rfork)
{
	return rfork(t, a[0]);
}

CALL(p_brk)
{
	if (a[0] < heaplow || a[0] > heaphigh || (mode.memory && a[0] - heaplow > mode.memory))
		return error(t, "address range overlaps segment");
	return 0;
}

CALL(p_notify)
{
	if (a[0] && !isimage(a[0]))
		return error(t, "bad address in system call");
	proc(t)->notify = a[0];
	return 0;
}

CALL(p_noted)
{
	return noted(t, (uint32_t)a[0]);
}

CALL(p_errstr)
{
	char buf[ERRMAX];
	uint32_t n = a[1] < ERRMAX ? (uint32_t)a[1] : ERRMAX;

	if (n == 0 || !getstring(buf, a[0], n) || !put(a[0], proc(t)->errstr, n - 1) || !put(a[0] + n - 1, "", 1))
		return error(t, "bad address in system call");
	copystring(proc(t)->errstr, buf, n);
	return 0;
}

static int64_t after_ms(uint32_t ms)
{
	return clocknow(Monotonic) + (int64_t)ms * 1000000;
}

CALL(p_sleep)
{
	if ((int32_t)a[0] <= 0)
		return sys(__NR_sched_yield);
	t->wake = 0;
	if (chance(t, 4) || park(t, Monotonic, after_ms((uint32_t)a[0])) == Interrupted)
		return error(t, "interrupted");
	return 0;
}

/* 386: *where; amd64: the result. */
CALL(p_nsec)
{
	int64_t now = clocknow(Realtime);

	if (NsecReturns)
		return (intptr_t)now;
	return put(a[0], &now, sizeof now) ? 0 : error(t, "bad address in system call");
}

/* ---- semaphores ---- */

/* 1: took one; 0: there is none; -1: bad address */
static int32_t canacquire(uintptr_t addr)
{
	uint32_t v;

	for (;;) {
		if (addr & 3 || copyword(&v, (uint32_t *)addr) != 0)
			return -1;
		if ((int32_t)v <= 0)
			return 0;
		if (__atomic_compare_exchange_n((uint32_t *)addr, &v, v - 1, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
			return 1;
	}
}

static intptr_t waitfor(struct thread *t, uintptr_t addr, int64_t deadline)
{
	int32_t took, r = Woken;
	struct thread **p;

	for (;;) {
		acquire(&queuelock);
		took = canacquire(addr);
		if (took != 0 || r != Woken || chance(t, 16)) {
			release(&queuelock);
			break;
		}
		t->wake = 0;
		t->key = addr;
		t->next = 0;
		for (p = &queue; *p; p = &(*p)->next)
			;
		*p = t;
		release(&queuelock);
		r = parkqueued(t, Monotonic, deadline);
	}
	if (took < 0)
		return error(t, "bad address in system call");
	if (took > 0)
		return 1;
	return r == TimedOut ? 0 : error(t, "interrupted");
}

CALL(p_semacquire)
{
	int32_t took = canacquire(a[0]);

	if (took < 0)
		return error(t, "bad address in system call");
	return took || !a[1] ? took : waitfor(t, a[0], -1);
}

/* In ticks: it may be over before as many ms have passed. */
CALL(p_tsemacquire)
{
	int32_t took = canacquire(a[0]);
	int64_t early = chance(t, 4) ? 10000000 : 0;

	if (took < 0)
		return error(t, "bad address in system call");
	return took || !(uint32_t)a[1] ? took : waitfor(t, a[0], after_ms((uint32_t)a[1]) - early);
}

CALL(p_semrelease)
{
	int32_t n = (int32_t)a[1], v;
	struct thread **p = &queue, *who;

	if (n < 0 || a[0] & 3 || copyword((uint32_t *)&v, (uint32_t *)a[0]) != 0)
		return error(t, "bad arg in system call");
	v = __atomic_add_fetch((int32_t *)a[0], n, __ATOMIC_SEQ_CST);
	pauseabit(t);
	acquire(&queuelock);
	while ((who = *p) != 0 && n > 0) {
		if (who->key == a[0]) {
			*p = who->next;
			wake(who);
			n--;
		} else {
			p = &who->next;
		}
	}
	release(&queuelock);
	return v;
}

static const struct {
	uint16_t number, words;
	intptr_t (*fn)(struct thread *t, uintptr_t *a);
} calls[] = {
	{ 4, 1, p_close }, { 8, 1, p_exits }, { 14, 2, p_open }, { 17, 1, p_sleep }, { 19, 1, p_rfork }, { 21, 1, p_pipe },
	{ 24, 1, p_brk },
	{ 28, 1, p_notify }, { 29, 1, p_noted }, { 37, 2, p_semacquire }, { 38, 2, p_semrelease }, { 41, 2, p_errstr },
	{ 50, 3 + VlongWords, p_pread }, { 51, 3 + VlongWords, p_pwrite }, { 52, 2, p_tsemacquire }, { 53, 1, p_nsec },
};

static void service(struct thread *t, struct context *c)
{
	uintptr_t number = callnumber(c), a[6] = { 0 };
	intptr_t r;
	uint32_t i = 0;

	PC(c) += CallLength;
	pauseabit(t);
	while (i < nelem(calls) && calls[i].number != number)
		i++;
	if (i == nelem(calls))
		r = error(t, "bad sys call number");
	else if (!get(a, SP(c) + FirstArg, calls[i].words * sizeof *a))
		r = error(t, "bad address in system call");
	else
		r = calls[i].fn(t, a);
	if (r != NoResult)
		setresult(c, (uintptr_t)r);
}

/* `int $64` is a general protection fault of Linux's. */
static bool trap(struct thread *t, struct context *c, const struct note *n)
{
	uint8_t code[2];

	(void)t;
	return CallLength == 2 && n->sig == LSIGSEGV && get(code, PC(c), 2) && code[0] == 0xcd && code[1] == 64;
}

static void init(struct thread *t, struct context *c)
{
	enum { PR_SET_CHILD_SUBREAPER = 36, LSIGCHLD = 17, IGNORE = 1 };
	const uintptr_t ignore[4] = { IGNORE, 0, 0, 0 };
	const uint32_t none[2] = { 0, 0 };
	uintptr_t sp = (USTKTOP - TosSize - 16) & ~(uintptr_t)15, argc;

	/* RFNOWAIT: nobody waits for them, nor for their children when they are gone. */
	sys(__NR_rt_sigaction, LSIGCHLD, ignore, 0, 8);
	sys(__NR_prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	initial = (uintptr_t *)t->startarg[0];
	argc = initial[0];
	proc(t)->noteid = 1; /* of who started it */
	sp -= (argc + 3) * sizeof sp;
	memcpy((void *)sp, initial, (argc + 2) * sizeof sp);
	setpid(t);
	listen(LSIGNOTE, true);
	entercall(c, image.entry, sp, 0, 0, 0);
	c->mc.ax = USTKTOP - TosSize;
	setmask(t, c, none);
}

const struct model model_plan9 = { "plan9", 101, 0, init, service, trap, notedeliver, aoutload };
