/* A note hands over what was written before it: ping-pong of two threads through a
 * pair of notes, in step for thousands of rounds, woken before or after the sleep
 * begins. */
#include "test.h"

enum { Rounds = 5000 };

static struct note ping, pong;
static volatile uint32_t ball; /* guarded by the notes */

static void partner(void *arg)
{
	(void)arg;
	for (uint32_t i = 0; i < Rounds; i++) {
		notesleep(&ping);
		noteclear(&ping);
		if (ball != 2 * i + 1)
			EQ(ball, 2 * i + 1, "ball at the partner");
		ball = 2 * i + 2;
		if (i % 3 == 0)
			procyield(i & 255);
		notewakeup(&pong);
	}
}

static void server(void *arg)
{
	(void)arg;
	for (uint32_t i = 0; i < Rounds; i++) {
		ball = 2 * i + 1;
		notewakeup(&ping);
		if (i % 2 == 0)
			notesleep(&pong);
		else
			EQ(notetsleep(&pong, 20000000000), true, "notetsleep that is woken");
		noteclear(&pong);
		if (ball != 2 * i + 2)
			EQ(ball, 2 * i + 2, "ball that came back");
	}
}

TEST("L05")
{
	testthread(partner, 0);
	testthread(server, 0);
	testjoin();
	EQ(ball, 2 * Rounds, "ball");
}
