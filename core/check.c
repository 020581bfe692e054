/* The start-up self-check: does what the port declares agree with what the
 * compiler and the assembly do? A port that does not pass does not run. */
#include "rt.h"

static uint32_t gobufcalls;

/* The address of the local tells which way the stack grows, and its alignment. */
NOINLINE static void stackcheck(uintptr_t caller)
{
	uintptr_t word = 0;

	if ((uintptr_t)&word >= caller)
		throw("selfcheck: the stack does not grow down");
}

static void atomiccheck(void)
{
	uint32_t a = 1;
	uintptr_t p = 1;
	aligned64 w = 0xffffffff;

	if (cas(&a, 2, 3) || !cas(&a, 1, 3) || a != 3 || xadd(&a, -4) != ~0u || xchg(&a, 7) != ~0u)
		throw("selfcheck: 32-bit atomics");
	if (casp(&p, 2, 3) || !casp(&p, 1, ~(uintptr_t)0) || xchgp(&p, 5) != ~(uintptr_t)0)
		throw("selfcheck: pointer atomics");
	if (cas64(&w, 0, 1) || xadd64(&w, 1) != 1ull << 32 || !cas64(&w, 1ull << 32, 5) ||
	    xchg64(&w, 1ull << 40) != 5 || atomicload64(&w) != 1ull << 40)
		throw("selfcheck: 64-bit atomics");
	atomicstore64(&w, 6ull << 32 | 9);
	if (w != (6ull << 32 | 9))
		throw("selfcheck: 64-bit store");
}

static void dividecheck(void)
{
	int32_t rem;

	if (timediv(12345678901ll, 1000000000, &rem) != 12 || rem != 345678901)
		throw("selfcheck: timediv");
	if (timediv(-1, 1000, &rem) != -1 || rem != 999 || timediv(INT64_MAX, 1, &rem) != INT32_MAX || rem != 0)
		throw("selfcheck: timediv at its limits");
}

void selfcheck(void)
{
	struct gobuf b;
	uintptr_t here;
	const union {
		uint32_t word;
		uint8_t byte[4];
	} order = { 1 };

	stackcheck((uintptr_t)&here);
	if ((order.byte[0] == 0) != BigEndian)
		throw("selfcheck: arch.h: BigEndian");
	if (StackLimit != StackGuard - StackSystem - StackSmall)
		throw("selfcheck: stack.h: StackLimit");
	if (MoreRegsSize % 16 != 0 || MoreRegsSize < sizeof(struct more))
		throw("selfcheck: arch.h: MoreRegsSize");
	if (getg() != m0.g0 || getm() != &m0)
		throw("selfcheck: getg");
	atomiccheck();
	dividecheck();
	gobufcalls = 0;
	if (!gosave(&b)) {
		gobufcalls++;
		gogo(&b);
	}
	if (gobufcalls != 1 || b.g != m0.g0)
		throw("selfcheck: gosave, gogo");
	if (!findfunc((uintptr_t)selfcheck) || findfunc((uintptr_t)selfcheck)->addr != (uintptr_t)selfcheck)
		throw("selfcheck: function records");
}
