/* The soak: goroutines of every kind at once, for SOAK_SECONDS (2 if it is not said),
 * while the number of Ps changes, signals and profiling ticks come, and threads ready
 * goroutines. Again and again the world is stopped, and must then be in order: what is
 * in a queue is runnable, what is runnable is in a queue, nobody runs, no P is held. It
 * ends with counts, and with nothing left. `make soak SECONDS=60` runs it on each port. */
#include "sched.h"
#include "test.h"

enum { Pairs = 6, Users = 6, Callers = 8, Sleepers = 6, Hogs = 2, Parents = 4, Wired = 2, Values = 8 };
enum { Workers = 2 * Pairs + Users + Callers + Sleepers + Hogs + Parents + Wired };
enum { Frame = 200, Depth = 40 };

static volatile uint32_t stop;
static uint32_t started, ended, misses; /* misses: invariants that did not hold */
static uint32_t sent, received, sections, calls, blocked, sleeps, timeouts, born, died, splits, slices, wired, woken;
static uint32_t ticks, stops, resizes;
static struct chan chans[Pairs];
static uint32_t bufs[Pairs][Values];
static uint32_t sema = 3, inside;
static struct mutex l;
static struct g *parked; /* by a wired one, for the thread that readies */

static uint32_t next(uint32_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x;
}

static void miss(bool bad, const char *what)
{
	if (!bad)
		return;
	xadd(&misses, 1);
	EQ(0, 1, what);
}

NOINLINE static uint32_t down(uint32_t n)
{
	volatile char frame[Frame];

	frame[0] = (char)n;
	return n == 0 ? 1 : down(n - 1) + 1 + (uint32_t)(frame[0] != (char)n);
}

static void deep(uint32_t n)
{
	miss(down(n) != n + 1, "a damaged frame");
	xadd(&splits, 1);
}

/* ---- the kinds ---- */

static void sender(void *arg)
{
	struct chan *c = arg;
	uint32_t v = 0;

	for (; !stop; v++) {
		chansend(c, &v);
		if (v % 512 == 0)
			deep(Depth);
	}
	xadd(&sent, (int32_t)v);
	chanclose(c);
}

static void receiver(void *arg)
{
	uint32_t v, n = 0;

	while (chanrecv(arg, &v)) {
		miss(v != n, "a value out of order");
		n++;
	}
	xadd(&received, (int32_t)n);
}

static void user(void *arg)
{
	(void)arg;
	while (!stop) {
		semacquire(&sema);
		miss(xadd(&inside, 1) > 3, "more users than the semaphore admits");
		lock(&l);
		sections++;
		unlock(&l);
		gosched();
		xadd(&inside, -1);
		semrelease(&sema);
	}
}

NOSPLIT static void quick(void)
{
	entersyscall();
	exitsyscall();
}

NOSPLIT static void slow(uint32_t us, bool known)
{
	if (known)
		entersyscallblock();
	else
		entersyscall();
	usleep(us);
	exitsyscall();
}

static void caller(void *arg)
{
	uint32_t x = (uint32_t)(uintptr_t)arg + 1;
	struct g *gp = getg();

	while (!stop) {
		uint32_t r = next(&x);
		for (uint32_t i = 0; i < 50; i++)
			quick();
		xadd(&calls, 50);
		slow(r % 300, r & 1024);
		xadd(&blocked, 1);
		miss(getg() != gp || gp->m->curg != gp || gp->m->p->m != gp->m || gp->m->locks != 0 || gp->status != Grunning,
		     "a goroutine that came back wrong from a system call");
	}
}

static void sleeper(void *arg)
{
	uint32_t x = (uint32_t)(uintptr_t)arg + 100;
	struct note n;

	while (!stop) {
		int64_t ns = next(&x) % 2048 * 1000, t = nanotime();
		tsleep(ns, "soak");
		miss(nanotime() - t < ns, "a sleep that ended early");
		xadd(&sleeps, 1);
		noteclear(&n);
		t = nanotime();
		miss(notetsleepg(&n, ns) || nanotime() - t < ns, "a time-out that came early, or not");
		xadd(&timeouts, 1);
	}
}

/* Gives way only because it is preempted. */
static void hog(void *arg)
{
	(void)arg;
	while (!stop) {
		for (uint32_t i = 0; i < 200; i++)
			down(0);
		xadd(&slices, 1);
	}
}

static void child(void *arg)
{
	if ((uintptr_t)arg % 4 == 0)
		deep(Depth);
	xadd(&died, 1);
	if ((uintptr_t)arg % 2)
		goexit();
}

static void parent(void *arg)
{
	uint32_t i = (uint32_t)(uintptr_t)arg;

	while (!stop) {
		for (uint32_t k = 0; k < 64; k++)
			newproc(child, (void *)(uintptr_t)(i++));
		xadd(&born, 64);
		tsleep(500000, "children");
	}
}

static bool offer(struct g *gp, void *arg)
{
	(void)arg;
	return casp((uintptr_t *)&parked, 0, (uintptr_t)gp);
}

static void wiredone(void *arg)
{
	struct m *mp;

	(void)arg;
	lockOSThread();
	mp = getm();
	while (!stop) {
		park(offer, 0, "a thread"); /* called off if somebody else waits */
		miss(getm() != mp, "a locked goroutine on another thread");
		xadd(&wired, 1);
		gosched();
		slow(50, false);
		miss(getm() != mp, "a locked goroutine on another thread");
	}
	unlockOSThread();
}

/* ---- threads ---- */

static void waker(void *arg)
{
	(void)arg;
	while (!stop || atomicloadp((uintptr_t *)&parked) || atomicload(&ended) < started) {
		struct g *gp = (struct g *)xchgp((uintptr_t *)&parked, 0);
		if (gp) {
			ready(gp);
			xadd(&woken, 1);
		}
		usleep(100);
	}
}

static void storm(void *arg)
{
	(void)arg;
	while (!stop) {
		for (struct m *mp = sched.allm; mp; mp = mp->link)
			if (mp != getm() && mp->procid != 0 && atomicload(&mp->alive))
				signalm(mp);
		usleep(1000);
	}
}

NOSPLIT static void tick(uintptr_t *pcs, uint32_t n)
{
	xadd(&ticks, 1);
	if (n == 0 || pcs[0] == 0)
		xadd(&misses, 1);
}

/* ---- order, while the world is stopped ---- */

static uint32_t queued(void)
{
	uint32_t n = 0;

	for (struct g *gp = sched.head; gp; gp = gp->schedlink, n++)
		miss(gp->status != Grunnable, "a goroutine on the global queue that is not runnable");
	miss(n != sched.nqueue, "a wrong length of the global queue");
	for (uint32_t i = 0; i < procs; i++)
		for (uint32_t h = allp[i]->runqhead; h != allp[i]->runqtail; h++, n++)
			miss(allp[i]->runq[h % RunqSize]->status != Grunnable, "a goroutine on a queue that is not runnable");
	return n;
}

static uint32_t runnable(void)
{
	uint32_t n = 0, running = 0;

	for (struct g *gp = gnext(0); gp; gp = gnext(gp)) {
		n += atomicload(&gp->status) == Grunnable;
		running += atomicload(&gp->status) == Grunning;
	}
	miss(running != 1, "goroutines that run in a stopped world");
	return n;
}

static void inorder(void)
{
	uint32_t q = 0, r = 1;

	stoptheworld();
	for (uint32_t i = 0; i < procs; i++) {
		struct p *pp = allp[i];
		bool mine = pp == getm()->p;
		miss(pp->status != (mine ? Prunning : Pstopped), "a P that is not stopped");
		miss(pp->m != (mine ? getm() : 0), "a P that is stopped and held");
	}
	miss(sched.npidle != 0, "idle Ps in a stopped world");
	/* Who comes back from a system call, or is readied by a thread, is runnable a
	 * moment before it is in the queue. */
	for (int64_t end = nanotime() + 8000000000; q != r && nanotime() < end;) {
		lock(&sched.lock);
		q = queued();
		r = runnable();
		unlock(&sched.lock);
	}
	miss(q != r, "a runnable goroutine that is in no queue, or in two");
	starttheworld();
	stops++;
}

static struct work {
	void (*fn)(void *);
	void *arg;
} works[Workers];

static void worker(void *arg)
{
	struct work *w = arg;

	w->fn(w->arg);
	xadd(&ended, 1);
}

static void start(void (*fn)(void *), void *arg)
{
	works[started] = (struct work){ fn, arg };
	newproc(worker, &works[started++]);
}

static void startmany(uint32_t n, void (*fn)(void *))
{
	for (uintptr_t i = 0; i < n; i++)
		start(fn, (void *)i);
}

static uint32_t seconds(void)
{
	const char *s = osgetenv("SOAK_SECONDS");
	uint32_t n = 0;

	while (s && *s >= '0' && *s <= '9' && n < 1000000)
		n = n * 10 + (uint32_t)(*s++ - '0');
	return n ? n : 2;
}

static void say(const char *what, uint32_t n)
{
	char buf[48] = "# ";
	uint32_t k = 2;

	k += formatu(buf + k, n);
	buf[k++] = ' ';
	while (*what)
		buf[k++] = *what++;
	buf[k++] = '\n';
	oswrite(1, buf, k);
}

static void counts(void)
{
	say("values sent", sent);
	say("sections of a semaphore and a lock", sections);
	say("system calls", calls);
	say("blocking system calls", blocked);
	say("timer sleeps", sleeps);
	say("notes that timed out", timeouts);
	say("goroutines born", born + started);
	say("descents over many segments", splits);
	say("rounds of goroutines that hog", slices);
	say("returns of locked goroutines", wired);
	say("wakeups by a thread", woken);
	say("changes of the number of Ps", resizes);
	say("stops of the world, all in order", stops);
	say("signals", nsigother);
	say("profiling ticks", ticks);
	say("threads", sched.nm);
	say("KiB in stacks in the end", (uint32_t)(readstackstats().inuse >> 10));
	say("invariants that did not hold", misses);
}

TEST("R06")
{
	uint32_t x = 12345;

	gomaxprocs(2);
	for (uint32_t i = 0; i < Pairs; i++) {
		chaninit(&chans[i], sizeof(uint32_t), bufs[i], i % 3 * (Values / 2));
		start(receiver, &chans[i]);
		start(sender, &chans[i]);
	}
	startmany(Users, user);
	startmany(Callers, caller);
	startmany(Sleepers, sleeper);
	startmany(Hogs, hog);
	startmany(Parents, parent);
	startmany(Wired, wiredone);
	testthread(waker, 0);
	testthread(storm, 0);
	for (int64_t end = nanotime() + seconds() * 1000000000ll; nanotime() < end && misses == 0;) {
		if (next(&x) % 4 == 0) {
			gomaxprocs(x / 4 % 6 + 1);
			resizes++;
		}
		if (next(&x) % 64 == 0)
			EQ(cpuprofile(x / 64 % 2 ? 1000 : 0, tick), 0, "cpuprofile");
		inorder();
		tsleep(2000000, "the next stop");
	}
	stop = 1;
	AWAIT(&ended, started, "goroutines that ended");
	AWAIT(&died, born, "children that ended");
	testjoin();
	EQ(cpuprofile(0, 0), 0, "cpuprofile off");
	gomaxprocs(1);
	for (uint32_t i = 0; i < 100000 && gcount() > 1; i++)
		gosched();
	EQ(gcount(), 1, "goroutines left");
	EQ(received, sent, "values received");
	EQ(sema, 3, "what is left of the semaphore");
	EQ(misses, 0, "invariants that did not hold");
	counts();
}
