/* Who waits at a channel that is closed goes on: receivers with false and zeroes, on one P
 * and on several, for values of a word and of other sizes; senders throw. */
#include "test.h"

enum { Waiters = 5 };

struct value {
	uint32_t words[5];
};

static struct chan c;
static uint32_t waiting, ended, wrong;

static void receiver(void *arg)
{
	struct value v;

	(void)arg;
	memset(&v, 0xff, sizeof v);
	xadd(&waiting, 1);
	wrong += chanrecv(&c, &v);
	for (uint32_t i = 0; i < sizeof v; i++)
		wrong += ((unsigned char *)&v)[i] != (i < c.size ? 0 : 0xff);
	xadd(&ended, 1);
}

/* One that does not want the value. */
static void counter(void *arg)
{
	(void)arg;
	xadd(&waiting, 1);
	wrong += chanrecv(&c, 0);
	xadd(&ended, 1);
}

static void receivers(uint32_t size)
{
	chaninit(&c, size, 0, 0);
	waiting = ended = wrong = 0;
	for (uint32_t i = 0; i < Waiters; i++)
		newproc(i == 2 ? counter : receiver, 0);
	AWAIT(&waiting, Waiters, "receivers that came");
	tsleep(1000000, "until they wait");
	chanclose(&c);
	AWAIT(&ended, Waiters, "receivers that waited and went on");
	EQ(wrong, 0, "receivers that got a value, or no zeroes");
}

static void sender(void *arg)
{
	uintptr_t v = 1;

	(void)arg;
	waiting = 1;
	chansend(&c, &v);
	ended = 1;
}

TEST("P21")
{
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		gomaxprocs(procs);
		receivers(sizeof(uintptr_t));
		receivers(sizeof(struct value));
		receivers(3);
	}
	gomaxprocs(1);
	chaninit(&c, sizeof(uintptr_t), 0, 0);
	waiting = ended = 0;
	newproc(sender, 0);
	AWAIT(&waiting, 1, "a sender");
	gosched();
	EQ(ended, 0, "the sender waits");
	THROWS("send on a closed channel");
	chanclose(&c);
	AWAIT(&ended, 1, "the sender");
}
