/* m->locks counts the locks held, and is back at what it was after unlock, also on
 * the path that sleeps. */
#include "test.h"

static struct mutex a, b;
static uint32_t state;

static void holder(void *arg)
{
	(void)arg;
	lock(&a);
	EQ(getm()->locks, 1, "locks held by the first");
	atomicstore(&state, 1);
	usleep(100000);
	unlock(&a);
	EQ(getm()->locks, 0, "locks held after unlock");
}

static void waiter(void *arg)
{
	(void)arg;
	testwait(&state, 1);
	lock(&a);
	EQ(getm()->locks, 1, "locks held after a sleep for one");
	lock(&b);
	EQ(getm()->locks, 2, "two locks held");
	unlock(&a);
	unlock(&b);
	EQ(getm()->locks, 0, "none held");
}

TEST("L02")
{
	int32_t before = getm()->locks;

	testthread(holder, 0);
	testthread(waiter, 0);
	testjoin();
	EQ(before, 0, "locks held by the test");
	EQ(getm()->locks, before, "locks held by the test in the end");
}
