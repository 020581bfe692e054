/* Channels hand over each value once and in order, buffered or not, with one P and
 * with several; a closed channel gives what is in it, then zeroes and false; the
 * try forms do not wait. */
#include "test.h"

enum { N = 5000, Senders = 4 };

struct value {
	uint32_t from, seq, check;
};

static struct chan c, results;
static char buf[64 * sizeof(struct value)];

static void sender(void *arg)
{
	struct value v = { (uint32_t)(uintptr_t)arg, 0, 0 };

	for (; v.seq < N; v.seq++) {
		v.check = v.from ^ ~v.seq;
		chansend(&c, &v);
	}
	chansend(&results, &(uint32_t){ 0 });
}

static void receiver(void *arg)
{
	uint32_t next[Senders] = { 0 }, wrong = 0;
	struct value v;

	(void)arg;
	while (chanrecv(&c, &v)) {
		wrong += v.check != (v.from ^ ~v.seq) || v.seq < next[v.from];
		next[v.from] = v.seq + 1;
		xadd((uint32_t *)arg, 1);
	}
	wrong += v.from != 0 || v.seq != 0 || v.check != 0;
	chansend(&results, &wrong);
}

static void stream(uint32_t procs, uint32_t cap, uint32_t receivers)
{
	uint32_t got = 0, wrong;

	gomaxprocs(procs);
	chaninit(&c, sizeof(struct value), buf, cap);
	for (uint32_t i = 0; i < receivers; i++)
		newproc(receiver, &got);
	for (uintptr_t i = 0; i < Senders; i++)
		newproc(sender, (void *)i);
	for (uint32_t i = 0; i < Senders; i++)
		chanrecv(&results, &wrong);
	chanclose(&c);
	for (uint32_t i = 0; i < receivers; i++) {
		chanrecv(&results, &wrong);
		EQ(wrong, 0, "values out of order, or damaged");
	}
	EQ(got, N * Senders, "values");
}

TEST("P03")
{
	uint32_t a = 1, b = 0;
	bool ok;

	chaninit(&results, sizeof(uint32_t), 0, 0);
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		stream(procs, 0, 1);
		stream(procs, 1, 1);
		stream(procs, 64, 1);
		stream(procs, 0, 3);
		stream(procs, 64, 3);
	}
	gomaxprocs(1);
	chaninit(&c, sizeof a, buf, 2);
	EQ(chantryrecv(&c, &b, &ok), false, "tryrecv from an empty channel");
	EQ(chantrysend(&c, &a), true, "trysend to a buffer");
	a = 2;
	EQ(chantrysend(&c, &a), true, "trysend to a buffer");
	EQ(chantrysend(&c, &a), false, "trysend to a full buffer");
	chanclose(&c);
	EQ(chanrecv(&c, &b), true, "receive from a closed channel with values");
	EQ(b, 1, "the first value");
	EQ(chantryrecv(&c, &b, &ok) && ok, true, "tryrecv from a closed channel with values");
	EQ(b, 2, "the second value");
	EQ(chantryrecv(&c, &b, &ok) && !ok && b == 0, true, "tryrecv from a closed and empty channel");
	while (gcount() > 1)
		gosched();
	THROWS("send on a closed channel");
	chansend(&c, &a);
}
