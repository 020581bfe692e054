/* Who has received from a channel, or sent to it, may use its memory for something else:
 * the other side, which readied it, does not touch the channel any more. The test stands
 * behind the wakeups (ld --wrap, mk/kit.mk): the one that wakes a P for who is ready
 * goes on only when that has filled the channel with a pattern. */
#include "sched.h"

#include "layer.h"
#include "test.h"

enum { Pattern = 0x55, Often = 20 };

static struct chan c;
static struct m *waker; /* whose wakeup waits, or nil */
static uint32_t filled, hits, damaged, ended;

NOSPLIT static void woke(void)
{
	if (getm() != waker)
		return;
	waker = 0;
	for (uint32_t i = 0; i < 10000 && !atomicload(&filled); i++)
		usleep(1000);
	xadd(&hits, atomicload(&filled));
}

AFTER_WAKEUP(woke)

/* Is done with the channel, and has another use for its memory. */
static void other(void *sends)
{
	uint32_t v = 1;

	if (sends)
		chansend(&c, &v);
	else
		chanrecv(&c, &v);
	memset(&c, Pattern, sizeof c);
	atomicstore(&filled, 1);
	while (!atomicload(&ended))
		gosched();
	for (uint32_t i = 0; i < sizeof c; i++)
		damaged += ((unsigned char *)&c)[i] != Pattern;
	atomicstore(&ended, 2);
}

static void once(bool sends)
{
	uint32_t v;
	struct waitq *q = sends ? &c.sendq : &c.recvq;

	chaninit(&c, sizeof v, 0, 0);
	filled = ended = 0;
	newproc(other, (void *)(uintptr_t)sends);
	while (!atomicloadp((uintptr_t *)&q->head))
		gosched();
	waker = acquirem(); /* on this thread until then */
	for (uint32_t i = 0; i < 1000 && (atomicload(&sched.npidle) == 0 || atomicload(&sched.nmspinning) > 0); i++)
		usleep(10); /* until it would be woken */
	if (sends)
		chanrecv(&c, &v);
	else
		chansend(&c, &v);
	waker = 0;
	releasem(getm());
	AWAIT(&filled, 1, "the other side goes on");
	atomicstore(&ended, 1);
	AWAIT(&ended, 2, "the other side ends");
}

TEST("P17")
{
	gomaxprocs(2);
	for (uint32_t i = 0; hits < Often && i < 500 * Often; i++)
		once(i % 2);
	CHECK(hits >= Often, "wakeups during which the channel was filled");
	EQ(damaged, 0, "bytes of the channel's memory that changed");
}
