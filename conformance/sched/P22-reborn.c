/* What a goroutine said of itself dies with it: one that is made of a dead background one
 * keeps the program alive while it is in a system call, for longer than a program lives
 * that only background goroutines are left of. */
#include "test.h"

static struct chan c;
static struct g *first, *second;

static void background(void *arg)
{
	(void)arg;
	first = getg();
	first->background = true;
}

NOSPLIT static void call(void)
{
	entersyscall();
	for (uint32_t i = 0; i < 2; i++)
		usleep(BackgroundTime * 1000);
	exitsyscall();
}

static void worker(void *arg)
{
	uintptr_t v = 1;

	(void)arg;
	second = getg();
	call();
	chansend(&c, &v);
}

TEST("P22")
{
	uintptr_t v = 0;

	chaninit(&c, sizeof v, 0, 0);
	newproc(background, 0);
	gosched();
	newproc(worker, 0);
	chanrecv(&c, &v);
	EQ(v, 1, "the value of a goroutine that was in a system call for long");
	CHECK(first == second, "it was made of the one that died");
}
