/* The prime sieve: a goroutine for each prime, which passes on what it does not divide,
 * in a chain of unbuffered channels (McIlroy, Squinting at power series, 1990). The end
 * of the numbers goes down the chain as a closed channel. */
#include "test.h"

enum { Limit = 2000, Max = 400 };

static struct chan links[Max]; /* links[i] goes into the filter of the i-th prime */
static struct chan primes;
static uint32_t ended;

static void numbers(void *arg)
{
	(void)arg;
	for (uint32_t v = 2; v < Limit; v++)
		chansend(&links[0], &v);
	chanclose(&links[0]);
}

static void filter(void *arg)
{
	uint32_t i = (uint32_t)(uintptr_t)arg, prime, multiple, v;

	if (!chanrecv(&links[i], &prime)) { /* the last one: there are no more primes */
		chanclose(&primes);
		xadd(&ended, 1);
		return;
	}
	chansend(&primes, &prime);
	chaninit(&links[i + 1], sizeof v, 0, 0);
	newproc(filter, (void *)(uintptr_t)(i + 1));
	multiple = prime;
	while (chanrecv(&links[i], &v)) {
		while (multiple < v) /* no division: on some archs it is a helper's */
			multiple += prime;
		if (v != multiple)
			chansend(&links[i + 1], &v);
	}
	chanclose(&links[i + 1]);
	xadd(&ended, 1);
}

static bool composite[Limit];

/* Eratosthenes, who needs no goroutines. */
static void sieve(void)
{
	for (uint32_t d = 2; d < Limit; d++)
		for (uint32_t m = 2 * d; m < Limit; m += d)
			composite[m] = true;
}

TEST("R02")
{
	sieve();
	for (uint32_t procs = 1; procs <= 3; procs += 2) {
		uint32_t n = 0, wrong = 0, last = 1, v;
		gomaxprocs(procs);
		ended = 0;
		chaninit(&primes, sizeof v, 0, 0);
		chaninit(&links[0], sizeof v, 0, 0);
		newproc(numbers, 0);
		newproc(filter, 0);
		while (chanrecv(&primes, &v)) {
			n++;
			wrong += v <= last;
			while (++last < v) /* none was left out */
				wrong += !composite[last];
			wrong += composite[v];
		}
		EQ(n, 303, "primes below 2000");
		EQ(v, 0, "what a closed channel gives");
		EQ(last, 1999, "the last of them");
		EQ(wrong, 0, "numbers that are no primes, or out of order");
		AWAIT(&ended, n + 1, "filters that ended");
	}
}
