/* A background goroutine that has been woken, but has not come back from its system call
 * yet, is not taken for one that is blocked: who parks until it answers is not dead. */
#include "test.h"

enum { Rounds = 100 };

static struct note n;
static struct g *mainly;
static uint32_t answers;

static bool wake(struct g *gp, void *arg)
{
	(void)gp;
	(void)arg;
	notewakeup(&n);
	return true;
}

static void background(void *arg)
{
	(void)arg;
	getg()->background = true;
	for (;;) {
		notetsleepg(&n, -1);
		noteclear(&n);
		answers++;
		ready(mainly);
	}
}

TEST("P11")
{
	mainly = getg();
	newproc(background, 0);
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		answers = 0;
		tsleep(20000000, "until it sleeps");
		for (uint32_t i = 0; i < Rounds; i++)
			park(wake, 0, "for an answer");
		EQ(answers, Rounds, "answers");
	}
}
