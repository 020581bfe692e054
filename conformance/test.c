/* The test program's side of the suite: TAP on standard output. */
#include "test.h"

static struct mutex outlock;
static uint32_t failures;
static uint32_t running; /* threads of testthread that have not ended */
static const char *id, *thrown, *thrownfile;
static int thrownline;

static void out(const char *s)
{
	uintptr_t n = 0;

	while (s[n])
		n++;
	oswrite(1, s, n);
}

static void outnumber(int64_t v)
{
	char buf[20];

	if (v < 0)
		out("-");
	oswrite(1, buf, formatu(buf, v < 0 ? -(uint64_t)v : (uint64_t)v));
}

/* The first 20 failures are told, the rest counted. */
static bool report(const char *file, int line, const char *what)
{
	if (xadd(&failures, 1) > 20)
		return false;
	lock(&outlock);
	out("# ");
	out(file);
	out(":");
	outnumber(line);
	out(": ");
	out(what);
	return true;
}

static void reported(void)
{
	out("\n");
	unlock(&outlock);
}

void testequal(const char *file, int line, const char *what, int64_t found, int64_t expected)
{
	if (found == expected || !report(file, line, what))
		return;
	out(": expected ");
	outnumber(expected);
	out(", found ");
	outnumber(found);
	reported();
}

void testbetween(const char *file, int line, const char *what, int64_t found, int64_t low, int64_t high)
{
	if ((found >= low && found <= high) || !report(file, line, what))
		return;
	out(": expected ");
	outnumber(low);
	out(" to ");
	outnumber(high);
	out(", found ");
	outnumber(found);
	reported();
}

void testthrows(const char *file, int line, const char *text)
{
	thrown = text;
	thrownfile = file;
	thrownline = line;
	if (failures == 0) {
		out("# throws: ");
		out(text);
		out("\n");
	}
}

void testskip(const char *reason)
{
	out("ok 1 - ");
	out(id);
	out(" # SKIP ");
	out(reason);
	out("\n");
	osexit(0);
}

void testrun(const char *name, void (*body)(void))
{
	id = name;
	gomaxprocs(1); /* whatever the environment says: a test says how many it wants */
	out("TAP version 13\n1..1\n");
	body();
	if (thrown && report(thrownfile, thrownline, "no throw: expected one that says: ")) {
		out(thrown);
		reported();
	}
	out(failures ? "not ok 1 - " : "ok 1 - ");
	out(id);
	out("\n");
	osexit(failures ? 1 : 0);
}

/* Polls are counted besides the time: where processors are short a poll takes longer,
 * and so does what is waited for. */
bool testwait(uint32_t *p, uint32_t v)
{
	static uint32_t invain;
	uint32_t least = atomicload(&invain) ? 1000 : 20000;
	int64_t end = nanotime() + least * (int64_t)500000;

	for (uint32_t polls = 0; atomicload(p) != v; polls++) {
		if (polls > least / 5 && nanotime() > end) {
			atomicstore(&invain, 1);
			return false;
		}
		usleep(100);
	}
	return true;
}

void testawait(const char *file, int line, const char *what, uint32_t *p, uint32_t v)
{
	static int64_t patience = 8000000000;
	uint32_t last = atomicload(p), now, turns = 0;
	int64_t since = nanotime();

	while ((now = atomicload(p)) != v) {
		if (now != last) {
			last = now;
			since = nanotime();
		} else if (nanotime() - since > patience) {
			patience = 500000000;
			break;
		}
		/* Seldom: on a busy machine the others of this P would wait for long. */
		if (++turns % 64 == 0)
			osyield();
		gosched();
	}
	testequal(file, line, what, now, v);
}

struct call {
	void (*fn)(void *);
	void *arg;
};

static intptr_t docall(void *arg)
{
	struct call *c = arg;

	c->fn(c->arg);
	return 0;
}

void ong0(void (*fn)(void *), void *arg)
{
	struct call c = { fn, arg };

	asmcgocall(docall, &c);
}

static struct call calls[64];
static uint32_t ncalls;

static void threadmain(void *arg)
{
	struct call *c = arg;

	c->fn(c->arg);
	xadd(&running, -1);
}

void testthread(void (*fn)(void *), void *arg)
{
	struct call *c = &calls[ncalls++ & (nelem(calls) - 1)];

	c->fn = fn;
	c->arg = arg;
	xadd(&running, 1);
	newm(threadmain, c);
}

void testjoin(void)
{
	EQ(testwait(&running, 0), true, "threads of the test end in time");
}
