/* What a call costs: a check that passes, a split, a switch of stacks, a lock, the
 * life of a goroutine; each in turns with its floor. */
#include "bench.h"

#define stacklimit() (getg()->stackbase->guard)
#include "hot.h"

enum { Calls = 1 << 16, Locks = 1 << 13, Batch = 64, Batches = 16 };

/* ---- a check that passes ----
 * The same function twice, one of them nosplit, and the same loop around each.
 * Functions and loops begin on a cache line, and there are four pairs, so that
 * the luck of one placement does not decide. */
#define ALIGNED __attribute__((noipa, aligned(64)))
#define PAIR(i)                                                                                    \
	ALIGNED static uint32_t checked##i(void)                                                   \
	{                                                                                          \
		if (coldcalls)                                                                     \
			cold();                                                                    \
		return 1;                                                                          \
	}                                                                                          \
	ALIGNED NOSPLIT static uint32_t unchecked##i(void)                                         \
	{                                                                                          \
		if (coldcalls)                                                                     \
			cold();                                                                    \
		return 1;                                                                          \
	}                                                                                          \
	ALIGNED static void callchecked##i(uint32_t n)                                             \
	{                                                                                          \
		uint32_t sum = 0;                                                                  \
		while (n-- > 0)                                                                    \
			sum += checked##i();                                                       \
		__asm__ volatile("" : : "r"(sum));                                                 \
	}                                                                                          \
	ALIGNED static void callunchecked##i(uint32_t n)                                           \
	{                                                                                          \
		uint32_t sum = 0;                                                                  \
		while (n-- > 0)                                                                    \
			sum += unchecked##i();                                                     \
		__asm__ volatile("" : : "r"(sum));                                                 \
	}
PAIR(0)
PAIR(1)
PAIR(2)
PAIR(3)

static void measurecheck(void)
{
	static const struct series s[] = {
		{ "checked", callchecked0, Calls },   { "unchecked", callunchecked0, Calls },
		{ "unchecked", callunchecked1, Calls }, { "checked", callchecked1, Calls },
		{ "checked", callchecked2, Calls },   { "unchecked", callunchecked2, Calls },
		{ "unchecked", callunchecked3, Calls }, { "checked", callchecked3, Calls },
	};

	measure(s, nelem(s));
}

/* ---- a hot split ---- */

static void roomcalls(uint32_t n)
{
	calls(n);
}

static void hotcalls(uint32_t n)
{
	deep(calls, n);
}

static void roomargcalls(uint32_t n)
{
	argcalls(n);
}

static void hotargcalls(uint32_t n)
{
	deep(argcalls, n);
}

static void measuresplit(void)
{
	static const struct series s[] = {
		{ "call", roomcalls, Calls },
		{ "split", hotcalls, Calls },
		{ "argcall", roomargcalls, Calls },
		{ "argsplit", hotargcalls, Calls },
	};
	uint64_t before;

	require(splits(calls) && splits(argcalls), "calls that should split do not, or the other way round");
	before = getm()->newstacks;
	hotcalls(Calls);
	/* Going deep again may take a segment; a hot split never asks for one. */
	require(getm()->newstacks - before <= 1, "hot splits call newstack");
	measure(s, nelem(s));
}

/* ---- mcall and gogo ---- */

NOSPLIT static void back(struct g *gp)
{
	gogo(&gp->sched);
}

static void switches(uint32_t n)
{
	while (n-- > 0)
		mcall(back);
}

/* In assembly: there and back with the least that can be done (floor.S). */
struct floorswitch {
	uintptr_t sp, pc, regs[GobufRegs]; /* here */
	uintptr_t othersp, otherpc;
};
NOSPLIT void floorswitch(struct floorswitch *s);
NOSPLIT void floorback(void);

static void floorswitches(uint32_t n)
{
	static char stack[256] __attribute__((aligned(16)));
	static struct floorswitch s;

	s.othersp = (uintptr_t)(stack + sizeof stack);
	s.otherpc = (uintptr_t)floorback;
	while (n-- > 0)
		floorswitch(&s);
}

static void measureswitch(void)
{
	static const struct series s[] = {
		{ "switch", switches, Calls },
		{ "floorswitch", floorswitches, Calls },
	};

	measure(s, nelem(s));
}

/* ---- an uncontended lock ---- */

static void locks(uint32_t n)
{
	static struct mutex l;

	while (n-- > 0) {
		lock(&l);
		unlock(&l);
	}
}

static void floorlocks(uint32_t n)
{
	static uint32_t key;

	while (n-- > 0) {
		if (!cas(&key, 0, 1))
			throw("bench: nobody else locks this");
		if (xchg(&key, 0) != 1)
			throw("bench: nobody else unlocks this");
	}
}

static void measurelock(void)
{
	static const struct series s[] = { { "lock", locks, Locks }, { "floorlock", floorlocks, Locks } };

	measure(s, nelem(s));
}

/* ---- birth and death of a goroutine ---- */

static void nothing(void *arg)
{
	(void)arg;
}

static void births(uint32_t n)
{
	for (; n > 0; n -= Batch) {
		for (uint32_t i = 0; i < Batch; i++)
			newproc(nothing, 0);
		gosched(); /* the queue is first come, first served: all of them run and exit */
	}
	require(gcount() == 1, "goroutines are left over");
}

static void measurebirth(void)
{
	static const struct series s[] = { { "goroutine", births, Batch * Batches } };

	measure(s, nelem(s));
}

void rtmain(void)
{
	measurecheck();
	measuresplit();
	measureswitch();
	measurelock();
	measurebirth();
}
