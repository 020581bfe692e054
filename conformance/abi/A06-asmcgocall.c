/* asmcgocall runs a function on g0's stack, aligned as the ABI wants it, gives its
 * result, and stays where it is when it is on g0 already. */
#include "test.h"

static uintptr_t sp;

static intptr_t look(void *arg)
{
	sp = (uintptr_t)__builtin_frame_address(0);
	return *(intptr_t *)arg + 1;
}

static bool ong0stack(void)
{
	struct stktop *top = &getm()->g0top;

	return sp > top->lowest && sp <= top->lowest + top->size;
}

static intptr_t again(void *arg)
{
	uintptr_t outer = (uintptr_t)__builtin_frame_address(0);
	intptr_t r = asmcgocall(look, arg);

	CHECK(sp < outer && outer - sp < 4096, "a call on g0 stays on its stack");
	return r;
}

TEST("A06")
{
	intptr_t v = -42;

	EQ(asmcgocall(look, &v), -41, "result");
	CHECK(ong0stack(), "on g0's stack");
	EQ(asmcgocall(again, &v), -41, "result of a nested call");
	CHECK(ong0stack(), "nested, on g0's stack");
	for (uint32_t i = 0; i < 1000; i++)
		asmcgocall(look, &v);
	CHECK(getg() != getm()->g0, "back on the goroutine");
}
