/* A trace from three segments down names every function of the chain, once in the
 * right order, down to the start of the goroutine, or to the first function whose
 * frame is not a constant (at -Os on x86: gcc pushes arguments there). */
#include "test.h"

static const char *const chain[] = { "third", "second", "first", "testbody" };

static bool same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

NOSPLIT NOINLINE static uint32_t look(uintptr_t *pcs, uint32_t max)
{
	return callers(getg(), getcallerpc(), getcallersp(), pcs, max);
}

__attribute__((noipa)) static int third(int n)
{
	volatile char frame[StackMin];
	uintptr_t pcs[20];
	uint32_t got, segments = 0;

	frame[0] = 1;
	got = look(pcs, nelem(pcs));
	for (struct stktop *top = getg()->stackbase; top; top = top->prev)
		segments++;
	CHECK(segments >= 3, "segments");
	for (uint32_t i = 0; i < nelem(chain) && i < got; i++) {
		const struct funcrec *f = findfunc(pcs[i] - 1);
		if (f && f->kind & FuncDynamic) {
			EQ(got, i + 1, "frames up to the one that is not a constant");
			return n + frame[0];
		}
		if (!f || !same(f->name, chain[i])) {
			prints(f ? f->name : "?");
			prints(" instead of ");
			prints(chain[i]);
			prints("\n");
			EQ(i, -1, "the frame at this place has another function");
		}
	}
	CHECK(got >= nelem(chain), "frames found");
	CHECK(got > 0 && same(findfunc(pcs[got - 1] - 1)->name, "gostart"), "the last is the goroutine's start");
	return n + frame[0];
}

__attribute__((noipa)) static int second(int n, int a, int b, int c, int d, int e, int f, int g_)
{
	volatile char frame[StackMin];

	frame[0] = (char)(a + b + c + d + e + f + g_);
	return third(n) + frame[0];
}

__attribute__((noipa)) static int first(int n)
{
	volatile char frame[StackMin];

	frame[0] = 1;
	return second(n, 1, 2, 3, 4, 5, 6, 7) + frame[0];
}

TEST("K12")
{
	EQ(first(1), 1 + 1 + 28 + 1, "result");
}
