/* A background goroutine that is blocked does not keep the program from being dead in
 * whatever system call it is, nor in foreign code, and whether its P was taken or not. */
#include "test.h"

/* Long enough for the program to notice. */
NOSPLIT static intptr_t foreign(void *arg)
{
	for (uint32_t i = 0; i < 80; i++)
		usleep(100000);
	return (intptr_t)arg;
}

static void late(void)
{
	EQ(true, false, "a program that is dead goes on");
	osexit(1);
}

NOSPLIT static void call(void)
{
	entersyscall();
	foreign(0);
	exitsyscall();
}

static void insyscall(void *arg)
{
	(void)arg;
	getg()->background = true;
	call();
	late();
}

static void inforeigncode(void *arg)
{
	(void)arg;
	getg()->background = true;
	cgocall(foreign, 0);
	late();
}

TEST("P12")
{
	gomaxprocs(3);
	newproc(insyscall, 0);
	newproc(inforeigncode, 0);
	tsleep(20000000, "until they are there");
	THROWS("all goroutines are asleep");
	park(0, 0, "for ever");
}
