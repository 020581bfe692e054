/* Deferred calls, panic and recover for themselves: order, panics in deferred calls, and
 * what is left after a recovery further out. */
#include "test.h"

static char seen[32];
static uint32_t nseen;

static void see(void *arg)
{
	seen[nseen++] = *(const char *)arg;
}

static void recovers(void *arg)
{
	const char *what = recover();

	seen[nseen++] = what ? *what : '-';
	seen[nseen++] = *(const char *)arg;
}

static void panics(void *arg)
{
	seen[nseen++] = '!';
	panic(arg);
}

static void expect(const char *s, const char *what)
{
	seen[nseen] = 0;
	if (!strafter(seen, s, 0)) {
		prints(seen);
		prints("\n");
	}
	EQ(strafter(seen, s, 0) != 0, true, what);
	CHECK(!getg()->defer && !getg()->panic, "nothing is left");
	nseen = 0;
}

__attribute__((noipa)) static void plain(void)
{
	struct defer a = { .fn = see, .arg = "a" }, b = { .fn = see, .arg = "b" };

	deferproc(&a);
	deferproc(&b);
	see("x");
	CHECK(recover() == 0, "recover without a panic");
	deferreturn(&b);
	deferreturn(&a);
}

__attribute__((noipa)) static int guard(void (*fn)(void *), void *arg, char *name)
{
	struct gobuf resume;
	struct defer d = { .fn = recovers, .arg = name, .resume = &resume };

	if (gosave(&resume))
		return 1;
	deferproc(&d);
	fn(arg);
	deferreturn(&d);
	return 0;
}

/* A panic in a deferred call of a panic takes its place. */
static void replaced(void *arg)
{
	struct defer d = { .fn = panics, .arg = "2" };

	deferproc(&d);
	panic(arg);
}

/* A panic that is recovered in a deferred call leaves the one that runs it. */
static void inner(void *arg)
{
	EQ(guard(panics, arg, "i"), 1, "recovered inside");
}

static void both(void *arg)
{
	struct defer d = { .fn = inner, .arg = "3" };

	deferproc(&d);
	panic(arg);
}

static void calm(void *arg)
{
	(void)arg;
	plain();
}

/* A function that does not panic, in a deferred call of a panic, does not recover that. */
static void harmless(void *arg)
{
	EQ(guard(see, arg, "h"), 0, "a function that does not panic, while another one does");
}

__attribute__((noipa)) static void helped(void *arg)
{
	struct gobuf resume;
	struct defer d = { .fn = harmless, .arg = "3", .resume = &resume };

	if (gosave(&resume))
		return;
	deferproc(&d);
	panic(arg);
}

static uint32_t ended;

static void ends(void *arg)
{
	(void)arg;
	goexit();
}

static void last(void *arg)
{
	(void)arg;
	ended = 1;
}

__attribute__((noipa)) static void exits(void *arg)
{
	struct gobuf resume;
	struct defer d = { .fn = ends, .resume = &resume };

	if (gosave(&resume))
		return;
	deferproc(&d);
	panic(arg);
}

/* goexit in a deferred call of a panic: no call that is made after that recovers. */
static void exiting(void *arg)
{
	struct defer d = { .fn = last };

	deferproc(&d);
	guard(exits, arg, "e");
	CHECK(false, "goexit does not come back");
}

TEST("C13")
{
	plain();
	expect("xba", "order of deferred calls");
	EQ(guard(calm, 0, "g"), 0, "a function that does not panic");
	expect("xba-g", "no panic");
	EQ(guard(panics, "1", "g"), 1, "a function that panics");
	expect("!1g", "one panic");
	EQ(guard(replaced, "1", "g"), 1, "a panic in a deferred call");
	expect("!2g", "the later panic counts");
	EQ(guard(both, "1", "g"), 1, "a panic that is recovered in a deferred call");
	expect("!3i1g", "the earlier panic goes on");
	EQ(guard(helped, "1", "g"), 1, "a deferred call that guards itself");
	expect("3-h1g", "and leaves the panic that made it alone");
	newproc(exiting, "1");
	AWAIT(&ended, 1, "deferred calls of goexit");
	expect("-e", "no panic after goexit");
	struct defer a = { .fn = see, .arg = "a" }, b = { .fn = see, .arg = "b" };
	deferproc(&a);
	deferproc(&b);
	THROWS("a deferred call is not the last one that was pushed");
	deferreturn(&a);
}
