/* The number of Ps is changed while goroutines run, park, sleep in system calls and
 * are born: the world stops each time, nothing is lost, and while it is stopped
 * nobody runs. */
#include "test.h"

enum { Workers = 12, Changes = 200 };

static uint32_t stop, ended, counts[Workers], born, died;
static struct chan c;
static struct mutex l;
static struct note notes[Workers];

static void child(void *arg)
{
	(void)arg;
	xadd(&died, 1);
}

static void worker(void *arg)
{
	uint32_t me = (uint32_t)(uintptr_t)arg;

	while (!atomicload(&stop)) {
		uintptr_t v;
		xadd(&counts[me], 1);
		switch (me % 4) {
		case 0:
			chansend(&c, &(uintptr_t){ me });
			break;
		case 1:
			chanrecv(&c, &v);
			break;
		case 2:
			noteclear(&notes[me]);
			notetsleepg(&notes[me], 10000);
			break;
		case 3:
			xadd(&born, 1);
			newproc(child, 0);
			lock(&l);
			unlock(&l);
			gosched();
			break;
		}
	}
	xadd(&ended, 1);
}

TEST("P02")
{
	uint32_t before[Workers], moved = 0;

	chaninit(&c, sizeof(uintptr_t), 0, 0);
	for (uintptr_t i = 0; i < Workers; i++)
		newproc(worker, (void *)i);
	for (uint32_t i = 0; i < Changes; i++) {
		uint32_t n = i * 7 % 6 + 1;
		gomaxprocs(n);
		EQ(gomaxprocs(0), n, "Ps after a change");
		stoptheworld();
		memmove(before, counts, sizeof before);
		procyield(200);
		for (uint32_t k = 0; k < Workers; k++)
			moved += before[k] != atomicload(&counts[k]);
		starttheworld();
		gosched();
	}
	EQ(moved, 0, "goroutines that ran while the world was stopped");
	for (uint32_t i = 0; i < Workers; i++)
		CHECK(counts[i] > 0, "each worker has run");
	atomicstore(&stop, 1);
	for (int64_t end = nanotime() + 8000000000; atomicload(&ended) < Workers && nanotime() < end;) {
		uintptr_t v; /* let those at the channel go */
		bool ok;
		chantryrecv(&c, &v, &ok);
		chantrysend(&c, &(uintptr_t){ 0 });
		gosched();
	}
	EQ(ended, Workers, "workers that ended");
	gomaxprocs(1);
	AWAIT(&died, born, "children that ran");
}
