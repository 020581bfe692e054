/* What the scheduler costs on one P: leaving for a system call and coming back, giving
 * way, a life, a value through a channel and back. */
#include "bench.h"

enum { Pairs = 1 << 16, Switches = 1 << 14, Batch = 64, Batches = 64, Trips = 1 << 13 };

static void pairs(uint32_t n)
{
	while (n-- > 0) {
		entersyscall();
		exitsyscall();
	}
}

/* The one atomic operation that a pair cannot do without. */
static void floorpairs(uint32_t n)
{
	static uint32_t word;

	while (n-- > 0) {
		atomicstore(&word, Psyscall);
		if (!cas(&word, Psyscall, Prunning))
			throw("bench: nobody else takes this");
	}
}

/* ---- gosched: goroutines of the same program text take turns ---- */

enum { Takers = 8 };

NOINLINE static void turns(uint32_t n)
{
	while (n-- > 0)
		gosched();
}

static void taker(void *arg)
{
	turns((uint32_t)(uintptr_t)arg);
}

static void switches(uint32_t n)
{
	for (uint32_t i = 1; i < Takers; i++)
		newproc(taker, (void *)(uintptr_t)(n / Takers));
	turns(n / Takers);
	while (gcount() > 1)
		gosched();
}

/* ---- life ---- */

static uint32_t lives;

static void live(void *arg)
{
	(void)arg;
	lives++;
}

static void births(uint32_t n)
{
	lives = 0;
	for (uint32_t i = 0; i < n; i += Batch) {
		for (uint32_t k = 0; k < Batch; k++)
			newproc(live, 0);
		gosched();
	}
	require(lives == n, "goroutines that did not run");
}

/* ---- channels ---- */

static struct chan ping, pong;

static void player(void *arg)
{
	uintptr_t v;

	(void)arg;
	while (chanrecv(&ping, &v) && v)
		chansend(&pong, &v);
}

static void trips(uint32_t n)
{
	newproc(player, 0);
	for (uintptr_t v = n; v > 0; v--) {
		uintptr_t back;
		chansend(&ping, &v);
		chanrecv(&pong, &back);
		if (back != v)
			require(false, "another value came back");
	}
	uintptr_t end = 0;
	chansend(&ping, &end);
	gosched();
}

void rtmain(void)
{
	static const struct series s[] = {
		{ "syscall", pairs, Pairs },	  { "floorsyscall", floorpairs, Pairs },
		{ "gosched", switches, Switches }, { "life", births, Batch * Batches },
		{ "chan", trips, Trips },
	};

	chaninit(&ping, sizeof(uintptr_t), 0, 0);
	chaninit(&pong, sizeof(uintptr_t), 0, 0);
	measure(s, nelem(s));
}
