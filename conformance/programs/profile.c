/* Profiles itself and prints folded stacks (outermost first, then the count), as
 * flame graph tools read them: two goroutines that burn processor time at different
 * depths, across segments, and a third that sleeps. `make profile-demo`. */
#include "rt.h"

enum { Hz = 1000, Stacks = 512, Depth = 64, Time = 2000 /* ms */ };

/* Written on gsignal by one thread at a time for each row: a row is taken with a cas. */
static struct stack {
	uint32_t hash, n; /* 0: free */
	uint32_t count;
	uintptr_t pcs[Depth];
} stacks[Stacks];
static uint32_t lost, stop, ended;

/* The start of the function, so that its lines count together. */
NOSPLIT static uintptr_t entry(uintptr_t pc)
{
	const struct funcrec *f = findfunc(pc - 1);

	return f ? f->addr : pc;
}

/* On gsignal: no lock, and no split. */
NOSPLIT static void sample(uintptr_t *pcs, uint32_t n)
{
	uint32_t hash = 1;

	for (uint32_t i = 0; i < n; i++)
		hash = hash * 31 + (uint32_t)entry(pcs[i]);
	if (hash == 0)
		hash = 1;
	for (uint32_t i = 0; i < Stacks; i++) {
		struct stack *s = &stacks[(hash + i) % Stacks];
		if (atomicload(&s->hash) == hash) {
			xadd(&s->count, 1);
			return;
		}
		if (!cas(&s->hash, 0, hash))
			continue;
		for (uint32_t k = 0; k < n; k++)
			s->pcs[k] = pcs[k];
		atomicstore(&s->n, n);
		xadd(&s->count, 1);
		return;
	}
	xadd(&lost, 1);
}

__attribute__((noipa)) NOSPLIT static void last(void)
{
}

/* It calls something, so it has a split check: without one nobody could preempt it. */
__attribute__((noipa)) static void burn(uint32_t n)
{
	for (volatile uint32_t i = 0; i < n; i++)
		;
	last();
	__asm__ volatile("");
}

__attribute__((noipa)) static uint32_t deep(uint32_t n)
{
	volatile char frame[900]; /* a few of them to a segment */

	frame[0] = (char)n;
	if (n == 0)
		burn(100000);
	else
		deep(n - 1);
	return (uint32_t)frame[0];
}

static void shallow(void *arg)
{
	(void)arg;
	while (!atomicload(&stop))
		burn(200000);
	xadd(&ended, 1);
}

static void recursive(void *arg)
{
	(void)arg;
	while (!atomicload(&stop))
		deep(10);
	xadd(&ended, 1);
}

static void sleeper(void *arg)
{
	(void)arg;
	while (!atomicload(&stop))
		tsleep(1000000, "sleeper");
	xadd(&ended, 1);
}

static void out(const char *s)
{
	uintptr_t n = 0;

	while (s[n])
		n++;
	oswrite(1, s, n);
}

static void print(const struct stack *s)
{
	char buf[20];

	for (uint32_t i = s->n; i-- > 0;) {
		const struct funcrec *f = findfunc(s->pcs[i] - 1);
		out(f ? f->name : "?");
		out(i > 0 ? ";" : " ");
	}
	oswrite(1, buf, formatu(buf, s->count));
	out("\n");
}

void rtmain(void)
{
	if (cpuprofile(Hz, sample) != 0)
		throw("profile: the OS has no profiling timer");
	newproc(shallow, 0);
	newproc(recursive, 0);
	newproc(sleeper, 0);
	tsleep(Time * 1000000ll, "profile");
	atomicstore(&stop, 1);
	while (atomicload(&ended) < 3)
		tsleep(1000000, "end");
	cpuprofile(0, 0);
	for (uint32_t i = 0; i < Stacks; i++)
		if (stacks[i].count > 0)
			print(&stacks[i]);
	if (lost > 0)
		prints("profile: more stacks than rows\n");
}
