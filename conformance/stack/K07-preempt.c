/* A preemption that is asked for while a goroutine is deep in split calls is not
 * lost: the poisoned guard survives lessstack, and the next split check yields,
 * once, with argument and return values intact. */
#include "test.h"

static volatile uint32_t others; /* changes behind the compiler's back */
static struct g *victim;

static void other(void *arg)
{
	(void)arg;
	for (;;) {
		others++;
		gosched();
	}
}

__attribute__((noipa)) static uint64_t leaf(uint64_t a, double d, uint32_t b)
{
	volatile char frame[200];

	frame[0] = (char)b;
	return a + (uint64_t)(int32_t)d + b + (uint64_t)(frame[0] != (char)b);
}

/* On a segment of its own: asks, then returns through lessstack. */
__attribute__((noipa)) static uint64_t ask(uint64_t v)
{
	volatile char frame[9000];

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
		/* No split check of ours between the calls: it would yield. */
		uint32_t before = others;
		uint64_t r = ask(0x1234567890abcdef);
		uint32_t afterask = others;
		uintptr_t poison = victim->stackguard0;
		uint64_t s = leaf(1ull << 40, 1024.0, 7);
		uint32_t afterleaf = others;
		leaf(0, 0, 0);
		uint32_t atlast = others;
		CHECK(r == (0x1234567890abcdef ^ 1), "result of the call that was split");
		EQ(afterask - before, 0, "yields before the next split check");
		EQ(poison, StackPreempt, "guard after lessstack");
		EQ(s, (1ull << 40) + 1024 + 7, "result of the call that yielded");
		EQ(afterleaf - before, 1, "yields at the split check");
		EQ(victim->stackguard0, top->guard, "guard after the yield");
		EQ(victim->preempt, 0, "pending preemptions");
		EQ(atlast - before, 1, "yields at a check with no preemption pending");
	}
	/* While a lock is held it waits for unlock. */
	static struct mutex l;
	uint32_t before = others;
	lock(&l);
	preempt(victim);
	leaf(0, 0, 0);
	uint32_t locked = others;
	unlock(&l);
	leaf(0, 0, 0);
	EQ(locked - before, 0, "yields while a lock is held");
	EQ(others - before, 1, "yields after unlock");
}
