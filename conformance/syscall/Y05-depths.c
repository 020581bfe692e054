/* A split attempt in syscall status at every place of a segment, and at every depth of
 * calls down many segments, throws `stack split during syscall`, and says which function
 * it was, sp, the bounds of the segment, and the stack. The same with m->locks held does
 * not. Each throw is in a process of its own, whose last words are read from a pipe. */
#include "sched.h"
#include "test.h"

#if __has_include("kernel.h")
#include "kernel.h"

enum { Deepest = 30 /* calls */ };

static uint32_t places, throws, allowed, wrong;

__attribute__((noipa)) static uintptr_t splits(uintptr_t n)
{
	volatile char frame[300];

	frame[0] = (char)n;
	return n + (uintptr_t)(frame[0] != (char)n);
}

static char said[16 << 10];

/* The place behind what, in what was said; nil if it was not. */
static const char *find(const char *from, const char *what)
{
	for (; from && *from; from++) {
		const char *a = from, *b = what;
		while (*b && *a == *b)
			a++, b++;
		if (*b == 0)
			return a;
	}
	return 0;
}

static uintptr_t hex(const char *s)
{
	uintptr_t v = 0;

	if (!s || s[0] != '0' || s[1] != 'x')
		return 0;
	for (s += 2; *s >= '0'; s++) {
		uint32_t d = *s <= '9' ? (uint32_t)(*s - '0') : (uint32_t)(*s - 'a') + 10;
		if (d > 15)
			break;
		v = v * 16 + d;
	}
	return v;
}

/* In the child: its standard error is the pipe. */
NOSPLIT __attribute__((noipa)) static void die(int32_t to)
{
	kdup2(to, 2);
	entersyscall();
	splits(1);
	exitsyscall();
	osexit(0);
}

/* Nosplit, so that it stays on this segment: with a lock held here, without one in
 * another process, which writes to w. */
NOSPLIT __attribute__((noipa)) static uintptr_t attempt(int32_t w, uintptr_t *r)
{
	lock(&sched.lock); /* this one, so that sysmon does not take the P: we could not wait for another */
	entersyscall();
	*r = splits(7);
	exitsyscall();
	unlock(&sched.lock);
	uintptr_t pid = (uintptr_t)kfork();
	if (pid == 0)
		die(w);
	return pid;
}

/* The same, n bytes further down. */
NOSPLIT __attribute__((noipa)) static uintptr_t attemptat(uintptr_t n, int32_t w, uintptr_t *r)
{
	volatile char *p = __builtin_alloca(n);

	p[0] = 1;
	return attempt(w, r) + (uintptr_t)(p[0] != 1);
}

static uintptr_t lastsp, sp;

static void judge(uintptr_t pid, int32_t from, uintptr_t r)
{
	struct stktop *top = getg()->stackbase;
	uintptr_t n = 0, low, high, guard = getg()->stackguard0;
	int32_t status = 0;
	intptr_t k;

	while (n < sizeof said - 1 && (k = kread(from, said + n, sizeof said - 1 - n)) > 0)
		n += (uintptr_t)k;
	said[n] = 0;
	kwait((intptr_t)pid, &status);
	places++;
	/* The guard is poisoned until the next split check: that one was put off. */
	allowed += r == 7 && (guard == top->guard || guard == StackPreempt);
	if (!find(said, "fatal error: stack split during syscall\n") || status != 2 << 8) {
		wrong++;
		return;
	}
	throws++;
	low = hex(find(said, "segment from "));
	high = hex(find(said, " to "));
	sp = hex(find(said, "sp="));
	CHECK(find(said, "splits splits the stack in a system call that die began") != 0, "the functions are named");
	EQ(low, top->lowest, "lowest address of the segment");
	EQ(high, top->lowest + top->size, "its end");
	BETWEEN((int64_t)sp, (int64_t)low, (int64_t)high, "sp");
	const char *trace = find(said, "\n  die+");
	CHECK(trace && find(trace, "\n  attempt+"), "the stack, from who called the function");
}

static void once(uintptr_t n)
{
	int32_t fd[2];
	uintptr_t pid, r = 0;

	EQ(kpipe(fd), 0, "pipe");
	pid = n ? attemptat(n, fd[1], &r) : attempt(fd[1], &r);
	kclose(fd[1]);
	judge(pid, fd[0], r);
	kclose(fd[0]);
}

/* The segment is this one from here on: nothing further down splits but on purpose. */
static void everyplace(void *done)
{
	struct stktop *top = getg()->stackbase;
	uintptr_t room = (uintptr_t)__builtin_frame_address(0) - top->guard;

	/* What attemptat has beside the n bytes is less than this. */
	for (uintptr_t n = StackAlign; n + 256 < room; n += StackAlign) {
		lastsp = sp;
		once(n);
		if (wrong)
			break;
		if (n > StackAlign)
			EQ(lastsp - sp, StackAlign, "sp moves down with the place");
	}
	semrelease(done);
}

/* Frames of many sizes: each depth ends elsewhere in its segment. */
NOINLINE static uint32_t down(uint32_t n)
{
	volatile char frame[200];

	frame[0] = (char)n;
	if (n == 0)
		once(0);
	else
		down(n - 1);
	return (uint32_t)frame[0];
}

static void everydepth(void *done)
{
	for (uint32_t n = 0; n < Deepest && !wrong; n++)
		down(n);
	semrelease(done);
}

TEST("Y05")
{
	static uint32_t done;

	newprocsize(everyplace, &done, 2048);
	semacquire(&done);
	if (!wrong)
		BETWEEN(places, 1000 / StackAlign, 5000 / StackAlign, "places tried");
	newproc(everydepth, &done);
	semacquire(&done);
	EQ(throws, places, "throws that say it");
	EQ(allowed, places, "splits with m->locks held that went well");
	EQ(wrong, 0, "processes that ended otherwise");
}
#else
TEST("Y05")
{
	SKIP("conformance/OS/kernel.h: no other processes for tests on this OS");
}
#endif
