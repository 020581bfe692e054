/* Timers, in one heap for all, and the goroutine that runs them. It sleeps in a
 * note until the first is due, so its thread is not idle and the program is not
 * dead; with no timers it is parked.
 *
 * The heap is 4-ary: half the depth of a binary one, and a node's children are
 * beside each other.
 */
#include "sched.h"

static struct {
	struct mutex lock;
	struct timer **heap;
	uint32_t len, cap;
	struct g *g;	  /* the timer goroutine */
	bool parked;	  /* it is, because there are no timers */
	bool sleeping;	  /* it is, until the first is due, in note */
	struct note note;
} timers;

enum { Ary = 4 };

static void put(uint32_t i, struct timer *t)
{
	timers.heap[i] = t;
	t->index = i + 1;
}

static void up(uint32_t i)
{
	struct timer *t = timers.heap[i];

	while (i > 0) {
		uint32_t parent = (i - 1) / Ary;
		if (t->when >= timers.heap[parent]->when)
			break;
		put(i, timers.heap[parent]);
		i = parent;
	}
	put(i, t);
}

static void down(uint32_t i)
{
	struct timer *t = timers.heap[i];

	for (;;) {
		uint32_t first = i * Ary + 1, least = first;
		if (first >= timers.len)
			break;
		for (uint32_t c = first + 1; c < first + Ary && c < timers.len; c++)
			if (timers.heap[c]->when < timers.heap[least]->when)
				least = c;
		if (t->when <= timers.heap[least]->when)
			break;
		put(i, timers.heap[least]);
		i = least;
	}
	put(i, t);
}

static void grow(void)
{
	uint32_t cap = timers.cap ? 2 * timers.cap : 512;
	struct timer **heap = sysalloc(cap * sizeof *heap);

	if (!heap)
		throw("out of memory: timers");
	memmove(heap, timers.heap, timers.len * sizeof *heap);
	if (timers.heap)
		sysfree(timers.heap, timers.cap * sizeof *heap);
	timers.heap = heap;
	timers.cap = cap;
}

static void take(uint32_t i)
{
	struct timer *last = timers.heap[--timers.len];

	timers.heap[i]->index = 0;
	if (i == timers.len)
		return;
	put(i, last);
	up(i);
	down(last->index - 1);
}

static bool unlocktimers(struct g *gp, void *arg)
{
	(void)gp;
	(void)arg;
	gounlock(&timers.lock);
	return true;
}

/* Runs all that are due; ns until the next is, < 0 if there is none. The lock is
 * held, but not while one runs. */
static int64_t rundue(void)
{
	int64_t now = nanotime();

	while (timers.len > 0) {
		struct timer *t = timers.heap[0];
		if (t->when > now) {
			now = nanotime();
			if (t->when > now)
				return t->when - now;
		}
		void (*fn)(void *) = t->fn;
		void *arg = t->arg;
		take(0); /* t is its owner's again */
		gounlock(&timers.lock);
		fn(arg);
		golock(&timers.lock);
	}
	return -1;
}

static void timerproc(void *arg)
{
	(void)arg;
	for (;;) {
		golock(&timers.lock);
		timers.sleeping = false;
		int64_t ns = rundue();
		if (ns < 0) {
			timers.parked = true;
			park(unlocktimers, 0, "timers: none");
			continue;
		}
		timers.sleeping = true;
		noteclear(&timers.note);
		gounlock(&timers.lock);
		notetsleepg(&timers.note, ns);
	}
}

void addtimer(struct timer *t)
{
	golock(&timers.lock);
	if (timers.len == timers.cap)
		grow();
	timers.heap[timers.len] = t;
	up(timers.len++);
	if (t->index == 1) { /* the first: the goroutine has to look */
		if (timers.sleeping) {
			timers.sleeping = false;
			notewakeup(&timers.note);
		} else if (timers.parked) {
			timers.parked = false;
			ready(timers.g);
		} else if (!timers.g) {
			timers.g = newproc(timerproc, 0);
			xadd(&sched.nsystem, 1);
		}
	}
	gounlock(&timers.lock);
}

bool deltimer(struct timer *t)
{
	bool there;

	golock(&timers.lock);
	there = t->index != 0;
	if (there)
		take(t->index - 1);
	if (timers.len == 0 && timers.sleeping) { /* no longer, or the program could not be dead */
		timers.sleeping = false;
		notewakeup(&timers.note);
	}
	gounlock(&timers.lock);
	return there;
}

static void wake(void *gp)
{
	ready(gp);
}

static bool addandunlock(struct g *gp, void *arg)
{
	(void)gp;
	addtimer(arg);
	return true;
}

void tsleep(int64_t ns, const char *reason)
{
	struct timer t = { .fn = wake, .arg = getg() };

	if (ns <= 0)
		return;
	t.when = nanotime() + ns;
	if (t.when < 0)
		t.when = INT64_MAX;
	park(addandunlock, &t, reason); /* added on g0, once it can be readied */
}
