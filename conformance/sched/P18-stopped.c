/* A program that waits for a background goroutine is not dead because the clock went on
 * while the machine, or the program, was stopped: all threads see it jump, as after that.
 * The test stands before nanotime (ld --wrap, mk/kit.mk). */
#include "test.h"

enum { Rounds = 3 };

static aligned64 ahead;
static struct chan c;

NOSPLIT int64_t __real_nanotime(void);
NOSPLIT int64_t __wrap_nanotime(void);

int64_t __wrap_nanotime(void)
{
	return __real_nanotime() + (int64_t)atomicload64(&ahead);
}

NOSPLIT static void jump(void)
{
	entersyscall();
	usleep(150000); /* sysmon has seen who is left, and looks every 10 ms */
	atomicstore64(&ahead, ahead + 3 * BackgroundTime * 1000000ll);
	usleep(100000);
	exitsyscall();
}

static void background(void *arg)
{
	(void)arg;
	getg()->background = true;
	for (uint32_t i = 0; i < Rounds; i++) {
		jump();
		chansend(&c, &i);
	}
}

TEST("P18")
{
	chaninit(&c, sizeof(uint32_t), 0, 0);
	newproc(background, 0);
	for (uint32_t i = 0; i < Rounds; i++) {
		uint32_t v = ~0u;
		chanrecv(&c, &v);
		EQ(v, i, "what a background goroutine sends");
	}
}
