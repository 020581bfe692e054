/* mcall runs its function on g0 with the goroutine as argument; gogo brings the
 * goroutine back where it was, on its stack. */
#include "test.h"

static struct g *who, *on;
static uintptr_t sp;
static uint32_t calls;

static void back(struct g *gp)
{
	who = gp;
	on = getg();
	sp = (uintptr_t)__builtin_frame_address(0);
	calls++;
	gogo(&gp->sched);
}

TEST("W01")
{
	struct stktop *g0 = &getm()->g0top;
	volatile uint32_t local = 1234;

	for (uint32_t i = 0; i < 1000; i++) {
		mcall(back);
		EQ(local, 1234 + i, "local variable");
		local++;
	}
	EQ(calls, 1000, "calls");
	CHECK(who == getg(), "the goroutine is the argument");
	CHECK(on == getm()->g0, "the function runs on g0");
	CHECK(sp > g0->lowest && sp < g0->lowest + g0->size, "on g0's stack");
}
