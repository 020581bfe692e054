/* The trace of a goroutine goes through callbacks and foreign calls, across segments,
 * down to its start; also if it is in a foreign call that was called back before. */
#include "test.h"

enum { Max = 64 };

static uintptr_t pcs[Max];
static uint32_t n, again;

static bool same(const char *a, const char *b)
{
	return strafter(a, b, 0) != 0;
}

NOSPLIT __attribute__((noipa)) static void record(void)
{
	n = callers(getg(), getcallerpc(), getcallersp(), pcs, Max);
}

__attribute__((noipa)) static uint32_t outer(uint32_t depth);

__attribute__((noipa)) static void callback(void *arg)
{
	volatile char frame[700];
	uint32_t depth = *(uint32_t *)arg;

	frame[0] = 1;
	if (depth == 0)
		record();
	else
		outer(depth - 1);
	frame[1] = 1;
}

/* On g0's stack, after callbacks: as a signal handler would ask. */
NOSPLIT __attribute__((noipa)) static intptr_t foreign(void *arg)
{
	struct g *gp = getm()->curg;

	cgocallback(callback, arg);
	if (again) {
		n = callers(gp, gp->syscallpc, gp->syscallsp, pcs, Max);
		EQ(gp->status, Gsyscall, "status behind the callback");
		again = 0;
	}
	return 0;
}

__attribute__((noipa)) static uint32_t outer(uint32_t depth)
{
	volatile uint32_t d = depth;

	cgocall(foreign, (void *)&d);
	return d;
}

/* The names of the trace must contain these, in this order, one after the other. */
static void follows(const char *const *names, const char *what)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < n && names[at]; i++) {
		const struct funcrec *f = findfunc(pcs[i] - 1);
		if (f && same(f->name, names[at]))
			at++;
	}
	if (names[at]) {
		prints("missing from the trace: ");
		prints(names[at]);
		prints("\n");
		for (uint32_t i = 0; i < n; i++) {
			prints(findfunc(pcs[i] - 1)->name);
			prints("\n");
		}
	}
	EQ((uintptr_t)names[at], 0, what);
}

static void body(void *done)
{
	static const char *const once[] = { "callback", "cgocallbackg1", "cgocallbackg", "cgocallback", "cgocall", "outer",
					    "body", 0 };
	static const char *const twice[] = { "callback", "cgocallbackg", "cgocallback", "cgocall", "outer", "callback",
					     "cgocallbackg", "cgocallback", "cgocall", "outer", "body", 0 };
	static const char *const foreigncall[] = { "cgocall", "outer", "body", 0 };

	outer(0);
	follows(once, "trace of a callback");
	outer(1);
	follows(twice, "trace of a callback in a callback");
	again = 1;
	outer(0);
	follows(foreigncall, "trace of a foreign call that has been called back");
	BETWEEN(n, 3, 4, "its frames");
	atomicstore(done, 1);
}

TEST("C12")
{
	static uint32_t done;

	if (findfunc((uintptr_t)cgocall)->kind & FuncDynamic)
		SKIP("traces end where arguments are pushed, as gcc does on x86 at -Os");
	newproc(body, &done);
	while (!atomicload(&done))
		gosched();
}
