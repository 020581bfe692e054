/* Who wants to stop the world while another goroutine does so all the time has its turn
 * soon, with one P and with several. */
#include "test.h"

enum { Rounds = 500000, Soon = 5 }; /* a turn comes after some thousands; each does hardly anything */

static uint32_t rounds, turns, over, ended;

static void often(void *arg)
{
	(void)arg;
	for (rounds = 0; rounds < Rounds && turns < Soon; rounds++) {
		stoptheworld();
		procyield(10);
		starttheworld();
	}
	atomicstore(&over, 1);
	xadd(&ended, 1);
}

static void seldom(void *arg)
{
	(void)arg;
	while (!atomicload(&over) && turns < Soon) {
		stoptheworld();
		turns += !over;
		starttheworld();
		gosched();
	}
	xadd(&ended, 1);
}

TEST("P19")
{
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		turns = over = ended = 0;
		newproc(often, 0);
		newproc(seldom, 0);
		while (atomicload(&ended) != 2)
			tsleep(1000000, "for both");
		EQ(turns, Soon, "turns beside one that stops the world all the time");
	}
}
