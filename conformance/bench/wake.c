/* How long a note takes to wake a thread on the same processor, there and back,
 * beside the two system calls that it cannot do without. */
#include "bench.h"

enum { Trips = 256, Rounds = 31 };

enum { FUTEX_WAIT_PRIVATE = 128, FUTEX_WAKE_PRIVATE = 129 };

static struct note note[2];
static uint32_t word[2];
static uint32_t ended;
static int64_t total[3][Rounds]; /* of notes, of futexes, of notes of goroutines */

/* Both threads must share a processor: the wakeup is then a switch, with nothing
 * to wait for. */
NOSPLIT static void pin(void)
{
	uintptr_t mask[8] = { 0 };

	require(SYS(SYS_sched_getaffinity, 0, sizeof mask, mask) > 0, "sched_getaffinity failed");
	for (uint32_t i = 0, found = 0; i < nelem(mask); i++) {
		mask[i] = found ? 0 : mask[i] & -mask[i];
		found |= mask[i] != 0;
	}
	require(SYS(SYS_sched_setaffinity, 0, sizeof mask, mask) == 0, "sched_setaffinity failed");
}

NOSPLIT static void notetrips(uint32_t me)
{
	for (uint32_t i = 0; i < Trips; i++) {
		if (me == 0)
			notewakeup(&note[1]);
		notesleep(&note[me]);
		noteclear(&note[me]);
		if (me == 1)
			notewakeup(&note[0]);
	}
}

/* The floor makes its system calls in a function, as syscall(2) of every libc is
 * one: after a change of threads the processor predicts no return, so on an AMD
 * Zen 3 a call inline is 0.2 us faster, for whoever can have it inline. */
NOSPLIT NOINLINE static void futex(uint32_t *p, uint32_t op, uint32_t val)
{
	SYS4(SYS_futex, p, op, val, 0);
}

NOSPLIT static void wake(uint32_t *p)
{
	atomicstore(p, 1);
	futex(p, FUTEX_WAKE_PRIVATE, 1);
}

NOSPLIT static void futextrips(uint32_t me)
{
	for (uint32_t i = 0; i < Trips; i++) {
		if (me == 0)
			wake(&word[1]);
		while (atomicload(&word[me]) == 0)
			futex(&word[me], FUTEX_WAIT_PRIVATE, 0);
		word[me] = 0;
		if (me == 1)
			wake(&word[0]);
	}
}

/* The same between goroutines: each sleeps in syscall status, and takes the only P
 * when it comes back. */
static void goroutinetrips(uint32_t me)
{
	for (uint32_t i = 0; i < Trips; i++) {
		if (me == 0)
			notewakeupg(&note[1]);
		notetsleepg(&note[me], -1);
		noteclear(&note[me]);
		if (me == 1)
			notewakeupg(&note[0]);
	}
}

static void play(uint32_t me, void (*trips)(uint32_t), int64_t *rounds)
{
	for (uint32_t round = 0; round < Rounds; round++) {
		pin(); /* a goroutine may be on another thread than before */
		int64_t start = nanotime();
		trips(me);
		if (me == 0)
			rounds[round] = nanotime() - start;
	}
}

static void thread(void *arg)
{
	uint32_t me = (uint32_t)(uintptr_t)arg;

	for (uint32_t i = 0; i < 4; i++)
		play(me, i % 2 ? futextrips : notetrips, total[i % 2]);
	xadd(&ended, 1);
}

static void goroutine(void *arg)
{
	uint32_t me = (uint32_t)(uintptr_t)arg;

	play(me, goroutinetrips, total[2]);
	xadd(&ended, 1);
}

void rtmain(void)
{
	newm(thread, (void *)0);
	newm(thread, (void *)1);
	while (atomicload(&ended) != 2)
		usleep(10000);
	newproc(goroutine, (void *)0);
	newproc(goroutine, (void *)1);
	while (atomicload(&ended) != 4)
		tsleep(10000000, "goroutines");
	for (uint32_t round = 1; round < Rounds; round++) { /* the first one waits for the threads */
		sample("note", Trips, total[0][round]);
		sample("futex", Trips, total[1][round]);
		sample("notetsleepg", Trips, total[2][round]);
	}
}
