/* What foreign code costs: a call of an empty function, and of one that is called back
 * from it. */
#include "bench.h"

enum { Calls = 1 << 15 };

NOSPLIT __attribute__((noipa)) static intptr_t empty(void *arg)
{
	return (intptr_t)arg;
}

NOINLINE static void foreigncalls(uint32_t n)
{
	while (n-- > 0)
		cgocall(empty, 0);
}

/* The same function on g0's stack, and nothing else. */
NOINLINE static void floorcalls(uint32_t n)
{
	while (n-- > 0)
		asmcgocall(empty, 0);
}

__attribute__((noipa)) static void back(void *arg)
{
	(void)arg;
}

NOSPLIT __attribute__((noipa)) static intptr_t callsback(void *arg)
{
	cgocallback(back, arg);
	return 0;
}

NOINLINE static void callbacks(uint32_t n)
{
	while (n-- > 0)
		cgocall(callsback, 0);
}

/* Callbacks alone: all from one foreign call. */
NOSPLIT __attribute__((noipa)) static intptr_t callsbackoften(void *arg)
{
	for (uintptr_t n = (uintptr_t)arg; n > 0; n--)
		cgocallback(back, 0);
	return 0;
}

NOINLINE static void morecallbacks(uint32_t n)
{
	cgocall(callsbackoften, (void *)(uintptr_t)n);
}

void rtmain(void)
{
	static const struct series s[] = {
		{ "foreign", foreigncalls, Calls },
		{ "floorforeign", floorcalls, Calls },
		{ "callback", callbacks, Calls },
		{ "callbackonly", morecallbacks, Calls },
	};

	measure(s, nelem(s));
}
