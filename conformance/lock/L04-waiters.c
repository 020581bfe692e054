/* Every one of many waiters gets the lock in the end: no wakeup is lost while
 * sleepers, spinners and new-comers meet. The sleepers use no processor time. */
#include "test.h"

enum { Threads = 12, Rounds = 200 };

static struct mutex l;
static uint32_t ran;

static void contender(void *arg)
{
	(void)arg;
	for (uint32_t i = 0; i < Rounds; i++) {
		lock(&l);
		ran++;
		if (i % 16 == 0)
			osyield();
		unlock(&l);
		if (i % 8 == 0)
			usleep(1);
	}
}

static void patient(void *arg)
{
	int64_t cpu = cputime();

	(void)arg;
	lock(&l);
	BETWEEN(cputime() - cpu, 0, 100000000, "ns of processor time while it waited 0.4 s");
	unlock(&l);
}

TEST("L04")
{
	for (uint32_t i = 0; i < Threads; i++)
		testthread(contender, 0);
	testjoin();
	EQ(ran, Threads * Rounds, "sections");
	lock(&l);
	testthread(patient, 0);
	usleep(400000);
	unlock(&l);
	testjoin();
}
