/* How much memory a goroutine keeps resident while it does nothing, by what the OS
 * counts before and after 100,000 of them have parked; and all that a program with a
 * million of them takes. */
#include "bench.h"

enum { Goroutines = 100000, Million = 1000000, PageSize = 4096 };

static uint32_t parked;

static void idle(void *arg)
{
	(void)arg;
	parked++; /* one thread runs all of them */
	park(0, 0, "bench");
}

/* The second number of proc(5) statm, in pages. */
static int64_t resident(void)
{
	static char buf[128];
	intptr_t fd = SYS(SYS_open, "/proc/self/statm", 0, 0);
	intptr_t n = SYS(SYS_read, fd, buf, sizeof buf - 1);
	int64_t pages = 0;
	char *p = buf;

	require(fd >= 0 && n > 0, "cannot read /proc/self/statm");
	SYS(SYS_close, fd, 0, 0);
	while (*p && *p != ' ')
		p++;
	require(*p == ' ', "/proc/self/statm: expected a second number");
	for (p++; *p >= '0' && *p <= '9'; p++)
		pages = pages * 10 + *p - '0';
	return pages * PageSize;
}

/* Up to n that are parked. */
static void more(uint32_t n)
{
	for (uint32_t i = parked; i < n; i++)
		newproc(idle, 0);
	while (parked < n)
		gosched();
}

void rtmain(void)
{
	int64_t before = resident();

	more(Goroutines);
	sample("idle", Goroutines, resident() - before);
	more(Million);
	sample("million", 1, resident());
}
