/* A preemption that is asked for while a goroutine is deep in split calls is not
 * lost: the poisoned guard survives lessstack, and the next split check yields,
 * once, with argument and return values intact. */
#include "test.h"

static uint32_t others, atreturn;
static struct g *victim;

static void other(void *arg)
{
	(void)arg;
	for (;;) {
		others++;
		gosched();
	}
}

NOINLINE static uint64_t leaf(uint64_t a, double d, uint32_t b)
{
	volatile char frame[200];

	frame[0] = (char)b;
	return a + (uint64_t)(int64_t)d + b + (uint64_t)(frame[0] != (char)b);
}

/* On a segment of its own: asks, then returns through lessstack. */
NOINLINE static uint64_t ask(uint64_t v)
{
	volatile char frame[3000];

	frame[0] = 1;
	preempt(victim);
	return v ^ (uint64_t)frame[0];
}

TEST("K07")
{
	struct stktop *top = getg()->stackbase;

	victim = getg();
	newproc(other, 0);
	gosched();
	for (uint32_t i = 0; i < 100; i++) {
		uint32_t before = others;
		EQ(ask(0x1234567890abcdef), 0x1234567890abcdef ^ 1, "result of the call that was split");
		EQ(others, before, "yields before the next split check");
		EQ(victim->stackguard0, StackPreempt, "guard after lessstack");
		EQ(leaf(1ull << 40, 1024.0, 7), (1ull << 40) + 1024 + 7, "result of the call that yielded");
		EQ(others, before + 1, "yields at the split check");
		EQ(victim->stackguard0, top->guard, "guard after the yield");
		EQ(victim->preempt, 0, "pending preemptions");
		leaf(0, 0, 0);
		EQ(others, before + 1, "yields at a check with no preemption pending");
		atreturn++;
	}
	/* While a lock is held it waits for unlock. */
	static struct mutex l;
	uint32_t before = others;
	lock(&l);
	preempt(victim);
	leaf(0, 0, 0);
	EQ(others, before, "yields while a lock is held");
	unlock(&l);
	leaf(0, 0, 0);
	EQ(others, before + 1, "yields after unlock");
}
