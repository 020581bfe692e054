/* How a call of the image sleeps, the clocks that it sees, and chance. */
#include "host.h"

/* Private, but between processes. */
enum { FUTEX_WAIT, FUTEX_WAKE, PRIVATE = 128 };
#define FUTEX_OP(op) (mode.pool ? (op) : (op) | PRIVATE)

static int32_t realoffset; /* s that the realtime clock was stepped */

int64_t (*monotonic)(void);
struct mutex queuelock;
struct thread *queue;

/* Held for moments only; whoever holds it is never interrupted. */
void acquire(struct mutex *m)
{
	while (__atomic_exchange_n(&m->word, 1, __ATOMIC_ACQUIRE) != 0)
		sys(__NR_sched_yield);
}

void release(struct mutex *m)
{
	__atomic_store_n(&m->word, 0, __ATOMIC_RELEASE);
}

int64_t clocknow(int32_t clock)
{
	static const uint8_t lin[] = { [Monotonic] = 1, [Realtime] = 0, [ProcessTime] = 2, [ThreadTime] = 3 };
	long ts[2];

	if (clock == Monotonic && monotonic)
		return monotonic();
	sys(CLOCK_GETTIME, lin[clock], ts);
	return (int64_t)ts[0] * 1000000000 + ts[1] + (clock == Realtime ? (int64_t)1000000000 * __atomic_load_n(&realoffset, __ATOMIC_RELAXED) : 0);
}

/* Who sleeps by that clock looks again. */
void stepclock(int32_t sec)
{
	__atomic_fetch_add(&realoffset, sec, __ATOMIC_RELEASE);
	for (struct thread *t = __atomic_load_n(&threads, __ATOMIC_ACQUIRE); t; t = t->link)
		sys(FUTEX, &t->wake, FUTEX_OP(FUTEX_WAKE), 1);
}

/* A call of Linux with the image's signals let in: the first that comes ends it. */
intptr_t blockingcall(struct thread *t, long n, long a, long b, long c, long d)
{
	enum { SIG_SETMASK = 2 };
	uint32_t closed[2];
	long r;

	sys(__NR_rt_sigprocmask, SIG_SETMASK, t->service->mask, closed, 8);
	r = interruptible(n, a, b, c, d, 0, 0, &t->npending);
	sys(__NR_rt_sigprocmask, SIG_SETMASK, closed, 0, 8);
	return r;
}

int park(struct thread *t, int32_t clock, int64_t deadline)
{
	enum { Longest = 1000000000 }; /* a second: and a clock that was stepped is seen then at the latest */

	for (;;) {
		long ts[2] = { 1, 0 };
		int64_t left = deadline < 0 ? Longest : deadline - clocknow(clock);
		if (__atomic_load_n(&t->wake, __ATOMIC_ACQUIRE) != 0)
			return Woken;
		if (left <= 0)
			return TimedOut;
		if (left < Longest)
			ts[0] = 0, ts[1] = (long)left;
		if (blockingcall(t, FUTEX, (long)&t->wake, FUTEX_OP(FUTEX_WAIT), 0, (long)ts) == -EINTR &&
		    __atomic_load_n(&t->wake, __ATOMIC_ACQUIRE) == 0)
			return Interrupted;
	}
}

/* t is in the queue: parks, and leaves it. */
int parkqueued(struct thread *t, int32_t clock, int64_t deadline)
{
	int r = park(t, clock, deadline);

	acquire(&queuelock);
	for (struct thread **p = &queue; *p; p = &(*p)->next)
		if (*p == t) {
			*p = t->next;
			break;
		}
	if (t->wake) /* it came just before the end */
		r = Woken;
	release(&queuelock);
	return r;
}

void wake(struct thread *t)
{
	__atomic_store_n(&t->wake, 1, __ATOMIC_RELEASE);
	sys(FUTEX, &t->wake, FUTEX_OP(FUTEX_WAKE), 1);
}

/* xorshift64*: each thread has its own, seeded by the program's seed and the thread's id. */
bool chance(struct thread *t, uint32_t n)
{
	if (!mode.hostile)
		return false;
	t->random ^= t->random >> 12;
	t->random ^= t->random << 25;
	t->random ^= t->random >> 27;
	return (t->random * 0x2545f4914f6cdd1du >> 33) % n == 0;
}

void pauseabit(struct thread *t)
{
	long ts[2] = { 0, 0 };

	if (!chance(t, 64))
		return;
	ts[1] = (long)((t->random >> 20) % 1000000); /* below a millisecond */
	sys(NANOSLEEP, ts, 0);
}
