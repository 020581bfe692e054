/* A wakeup that meets the time-out is seen by exactly one side: either the sleep
 * says so, or the note can be found woken; nothing is left over for the next sleep
 * of that thread.
 *
 * On a busy machine two threads hardly ever meet there. So the test first stands
 * between the note and the layer below it (ld --wrap, mk/kit.mk): when that layer
 * comes back from a time-out, and before the note knows of it, the wakeup comes. */
#include "sleep.h"

enum { Rounds = 2000 };

static struct note n;
static uint32_t turn, done, woken, missed;
static struct note *due; /* to be woken at the sleeper's next time-out */
static struct m *sleeperm;

NOSPLIT static void meet(void)
{
	struct note *late = due;

	if (getm() != sleeperm || !late)
		return;
	due = 0;
	notewakeup(late);
}

#ifdef SLEEP_sema
NOSPLIT bool __real_semasleep(int64_t ns);
NOSPLIT bool __wrap_semasleep(int64_t ns);

bool __wrap_semasleep(int64_t ns)
{
	bool got = __real_semasleep(ns);

	if (!got)
		meet();
	return got;
}
#else
NOSPLIT void __real_futexsleep(uint32_t *addr, uint32_t val, int64_t ns);
NOSPLIT void __wrap_futexsleep(uint32_t *addr, uint32_t val, int64_t ns);

void __wrap_futexsleep(uint32_t *addr, uint32_t val, int64_t ns)
{
	__real_futexsleep(addr, val, ns);
	meet();
}
#endif

/* No wakeup is pending. */
static void nothingleft(void)
{
	struct note last;
	int64_t start = nanotime();

	noteclear(&last);
	EQ(notetsleep(&last, 50 * Millisecond), false, "a sleep that nobody wakes");
	BETWEEN(nanotime() - start, 50 * Millisecond, 50 * Millisecond + Slack, "its ns");
}

static void sleeper(void *arg)
{
	(void)arg;
	sleeperm = getm();
	for (uint32_t i = 0; i < 3; i++) {
		noteclear(&n);
		due = &n;
		EQ(notetsleep(&n, Millisecond), true, "woken when the time had passed");
		CHECK(!due && n.key == 1, "the wakeup came in the sleep");
		nothingleft();
	}
	atomicstore(&done, 0);
	for (uint32_t i = 1; i <= Rounds; i++) {
		while (atomicload(&turn) != i)
			osyield();
		if (notetsleep(&n, 20000 + (i & 7) * 10000))
			woken += n.key == 1; /* it was woken indeed */
		else
			missed++;
		atomicstore(&done, i);
	}
	nothingleft();
}

TEST("S14")
{
	done = 1;
	testthread(sleeper, 0);
	while (atomicload(&done) != 0)
		usleep(1000);
	for (uint32_t i = 1; i <= Rounds; i++) {
		noteclear(&n);
		atomicstore(&turn, i);
		usleep(i % 100);
		notewakeup(&n);
		while (atomicload(&done) != i)
			osyield();
	}
	testjoin();
	EQ(woken + missed, Rounds, "rounds");
}
