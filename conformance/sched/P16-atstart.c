/* The number of Ps at start is the environment's GOMAXPROCS, and 1 where that is not a
 * number from 1 on: the test stands before osgetenv (ld --wrap, mk/kit.mk). */
#include "sched.h"
#include "test.h"

static const char *value = "3";

NOSPLIT const char *__real_osgetenv(const char *name);
NOSPLIT const char *__wrap_osgetenv(const char *name);

const char *__wrap_osgetenv(const char *name)
{
	const char *s = "GOMAXPROCS";
	uint32_t i = 0;

	while (s[i] && s[i] == name[i])
		i++;
	return s[i] == name[i] ? value : __real_osgetenv(name);
}

enum { Started = 3 };

static uint32_t there;

/* Each waits, without giving way, until all are there at once. */
static void runner(void *arg)
{
	(void)arg;
	xadd(&there, 1);
	testwait(&there, Started);
}

static const struct {
	const char *value;
	uint32_t procs;
} cases[] = {
	{ "1", 1 },	{ "2", 2 },    { "007", 7 },   { "256", MaxProcs },
	{ "257", MaxProcs }, { "1000", MaxProcs }, { "99999999999999999999", MaxProcs },
	{ 0, 1 },	{ "", 1 },     { "0", 1 },     { "000", 1 },
	{ "-2", 1 },	{ " 2", 1 },   { "2 ", 1 },    { "3x", 1 },
	{ "256x", 1 },	{ "1000x", 1 }, { "x", 1 },    { "0x10", 1 },
};

static uint32_t atstart;

static void testbody(void)
{
	EQ(atstart, Started, "Ps at start");
	EQ(there, Started, "goroutines that ran at once");
	for (uint32_t i = 0; i < nelem(cases); i++) {
		value = cases[i].value;
		if (wantedprocs() != cases[i].procs) {
			prints("GOMAXPROCS=");
			prints(value ? value : "(none)");
			prints("\n");
		}
		EQ(wantedprocs(), cases[i].procs, "Ps for a value of the environment");
	}
}

/* Not TEST: that sets the number of Ps before the body. */
void rtmain(void)
{
	atstart = gomaxprocs(0);
	for (uint32_t i = 1; i < Started; i++)
		newproc(runner, 0);
	runner(0);
	testrun("P16", testbody);
}
