/* The profiling signal is off around a sleep, in lock too, and on again after: two
 * threads sleep while a third, which does not take it, uses processor time under the
 * profiling timer; then they compute, and take it. */
#include "test.h"

static struct note n;
static struct mutex l;
static uint32_t started, others, ticks[2];
static struct m *ms[2];

static void tick(uintptr_t pc, uintptr_t sp)
{
	(void)pc;
	(void)sp;
	if (getm() == ms[0])
		xadd(&ticks[0], 1);
	else if (getm() == ms[1])
		xadd(&ticks[1], 1);
	else
		xadd(&others, 1);
}

/* Uses ns of processor time, which is what the timer counts. */
static void compute(int64_t ns, uint32_t *until)
{
	int64_t end = cputime() + ns;

	while (cputime() < end && !(until && atomicload(until)))
		for (volatile uint32_t i = 0; i < 100000; i++)
			;
}

static void sleeper(void *arg)
{
	uint32_t i = (uint32_t)(uintptr_t)arg;

	ms[i] = getm();
	getm()->profilehz = 1000;
	setprof(true);
	xadd(&started, 1);
	if (i == 0) {
		notesleep(&n);
	} else {
		lock(&l);
		unlock(&l);
	}
	compute(5000000000, &ticks[i]);
	CHECK(atomicload(&ticks[i]) > 0, i ? "signals taken after lock" : "signals taken after notesleep");
	setprof(false); /* the other one's turn */
}

TEST("L07")
{
	sigprofhook = tick;
	setprof(false);
	lock(&l);
	testthread(sleeper, (void *)0);
	testthread(sleeper, (void *)1);
	testwait(&started, 2);
	usleep(100000);
	EQ(proftimer(1000), 0, "proftimer");
	compute(50000000, 0); /* on a busy machine one of them may only now go to sleep */
	uint32_t before[2] = { atomicload(&ticks[0]), atomicload(&ticks[1]) };
	compute(200000000, 0);
	EQ(atomicload(&ticks[0]) - before[0], 0, "signals taken in notesleep");
	EQ(atomicload(&ticks[1]) - before[1], 0, "signals taken in lock");
	ticks[0] = ticks[1] = 0;
	notewakeup(&n);
	unlock(&l);
	testjoin();
	EQ(proftimer(0), 0, "proftimer off");
	EQ(others, 0, "signals taken by the thread that does not take them");
}
