/* Signals at every moment: all threads get them as fast as another one can send them,
 * and the profiling signal 1,000 times a second, while goroutines do everything that
 * there is: split, park, sleep in notes and timers and system calls, lock, are born
 * and die. Nothing is lost, no sleep ends early, and every sample has a pc. */
#include "sched.h"
#include "test.h"

enum { Workers = 8, Time = 1500 /* ms */ };

static volatile uint32_t stop;
static uint32_t ended, sums[Workers], early, samples, empty, born, died;
static struct chan c;
static struct mutex l;
static struct note notes[Workers];

NOSPLIT static void sample(uintptr_t *pcs, uint32_t n)
{
	xadd(&samples, 1);
	if (n == 0 || pcs[0] == 0)
		xadd(&empty, 1);
}

static void storm(void *arg)
{
	(void)arg;
	while (!stop) {
		for (struct m *mp = sched.allm; mp && !stop; mp = mp->link)
			if (mp != getm() && mp->procid != 0 && atomicload(&mp->alive))
				signalm(mp);
		usleep(50); /* an emulator takes long for a signal: let others get on */
	}
}

NOINLINE static uint32_t down(uint32_t n)
{
	volatile char frame[300];

	frame[0] = (char)n;
	return n == 0 ? 1 : down(n - 1) + 1 + (uint32_t)(frame[0] != (char)n);
}

static void child(void *arg)
{
	(void)arg;
	xadd(&died, 1);
}

NOSPLIT static void blocking(void)
{
	entersyscallblock();
	usleep(50);
	exitsyscall();
}

static void sleeps(uint32_t me)
{
	int64_t t = nanotime();

	noteclear(&notes[me]);
	if (notetsleepg(&notes[me], 200000) || nanotime() - t < 200000)
		xadd(&early, 1);
	t = nanotime();
	tsleep(200000, "sleep");
	if (nanotime() - t < 200000)
		xadd(&early, 1);
}

static void worker(void *arg)
{
	uint32_t me = (uint32_t)(uintptr_t)arg, wrong = 0, v = me;
	bool ok;

	while (!stop) {
		wrong += down(60) != 61;
		if (!chantrysend(&c, &v))
			chantryrecv(&c, &v, &ok);
		sleeps(me);
		blocking();
		lock(&l);
		unlock(&l);
		xadd(&born, 1);
		newproc(child, 0);
		gosched();
		sums[me]++;
	}
	EQ(wrong, 0, "damaged frames");
	xadd(&ended, 1);
}

TEST("G03")
{
	static uint32_t buf[4];

	gomaxprocs(3);
	chaninit(&c, sizeof(uint32_t), buf, nelem(buf));
	EQ(cpuprofile(1000, sample), 0, "cpuprofile");
	for (uintptr_t i = 0; i < Workers; i++)
		newproc(worker, (void *)i);
	testthread(storm, 0);
	for (int64_t end = nanotime() + Time * 1000000ll; nanotime() < end;)
		tsleep(10000000, "storm");
	stop = 1;
	while (atomicload(&ended) < Workers)
		tsleep(1000000, "end");
	testjoin();
	EQ(cpuprofile(0, 0), 0, "cpuprofile off");
	while (gcount() > 1)
		gosched();
	EQ(died, born, "goroutines that ran");
	EQ(early, 0, "sleeps that ended early");
	EQ(empty, 0, "samples without a pc");
	CHECK(samples > 0 && nsigother > 0, "there was a storm");
	for (uint32_t i = 0; i < Workers; i++)
		CHECK(sums[i] > 0, "each worker got on");
}
