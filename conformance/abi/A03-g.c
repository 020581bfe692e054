/* g is the running goroutine's, on goroutines, on g0, and on each thread. */
#include "test.h"

static uint32_t seen;

static void thread(void *arg)
{
	struct m **mp = arg;

	*mp = getm();
	CHECK(getg() == getm()->g0, "a thread starts on its g0");
	CHECK((uintptr_t)&mp < getm()->g0top.lowest + getm()->g0top.size, "below the top of g0's stack");
	CHECK((uintptr_t)&mp > getm()->g0top.lowest, "above the end of g0's stack");
	xadd(&seen, 1);
	testwait(&seen, 2); /* both at once: an M is used again when its thread has ended */
}

static void look(void *arg)
{
	*(struct g **)arg = getg();
}

TEST("A03")
{
	struct m *a = 0, *b = 0;
	struct g *gp = getg(), *g0 = 0;

	ong0(look, &g0);
	CHECK(g0 == getm()->g0, "asmcgocall runs with g0");
	CHECK(getg() == gp, "and comes back to the goroutine");
	testthread(thread, &a);
	testthread(thread, &b);
	testjoin();
	EQ(seen, 2, "threads");
	CHECK(a != b && a != getm() && b != getm(), "each thread has its own m");
	CHECK(testwait(&a->alive, 0) && testwait(&b->alive, 0), "the OS says when a thread has left its stack");
}
