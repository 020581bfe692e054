/* Start, exit, output, and what files say: environment, processors, random bytes. */
#include "plan9.h"

int32_t plan9_cputime;
uint32_t plan9_exiting;

static uint32_t cpus;
static char values[4096]; /* of variables that were asked for */
static uint32_t nvalues;
static char status[24];

/* The file's first n bytes at most, by pieces, as devices may give them; or -1. */
NOSPLIT static int32_t readfile(const char *path, char *p, int32_t n)
{
	int32_t fd = plan9_open(path, OREAD), got = 0, r;

	if (fd < 0)
		return -1;
	while (got < n && (r = plan9_pread(fd, p + got, n - got, got)) > 0)
		got += r;
	plan9_close(fd);
	return got;
}

/* The note group is the program's own: whoever started it does not get what osexit posts. */
void osinit(uintptr_t *sp)
{
	(void)sp;
	setg(m0.g0);
	settlsg(m0.g0);
	plan9_rfork(RFNOTEG, 0);
	plan9_cputime = plan9_open("/dev/cputime", OREAD);
	for (int32_t n = readfile("/dev/sysstat", values, sizeof values); n > 0; n--)
		cpus += values[n - 1] == '\n'; /* a line each */
	if (cpus == 0)
		cpus = 1;
}

/* On g0's stack, as all that needs more room than a nosplit function has. */
NOSPLIT static intptr_t lookup(void *arg)
{
	char path[64] = "/env/", *p = path + 5, *value = values + nvalues;
	const char *name = arg;
	int32_t n;

	STACK_ROOT(lookup, StackReserve);
	while (*name && p < path + sizeof path - 1)
		*p++ = *name++;
	if (*name)
		return 0;
	*p = 0;
	n = readfile(path, value, (int32_t)(sizeof values - 1 - nvalues));
	if (n < 0)
		return 0;
	value[n] = 0;
	nvalues += (uint32_t)n + (nvalues + (uint32_t)n + 1 < sizeof values);
	return (intptr_t)value;
}

const char *osgetenv(const char *name)
{
	return (const char *)asmcgocall(lookup, (void *)name);
}

uint32_t ncpu(void)
{
	return cpus;
}

/* The words of m->tls that oswrite hands over. */
enum { WriteFd = 1, WriteFrom, WriteSize };

NOSPLIT static intptr_t writeout(void *arg)
{
	const uintptr_t *a = arg;
	char why[12] = "";
	int32_t r;

	STACK_ROOT(writeout, StackReserve);
	while ((r = plan9_pwrite((int32_t)a[WriteFd], (void *)a[WriteFrom], (int32_t)a[WriteSize], -1)) < 0) {
		plan9_errstr(why, sizeof why);
		if (!strafter(why, "interrupted", 0))
			return -EIO;
	}
	return r;
}

/* Only those who are about to die write from a note's handler, and so over those words. */
intptr_t oswrite(int32_t fd, const void *p, uintptr_t n)
{
	uintptr_t *a = getm()->tls;

	a[WriteFd] = (uintptr_t)fd;
	a[WriteFrom] = (uintptr_t)p;
	a[WriteSize] = n;
	return asmcgocall(writeout, a);
}

void osrandom(void *p, uintptr_t n)
{
	if (readfile("/dev/random", p, (int32_t)n) != (int32_t)n)
		throw("osrandom: /dev/random does not give as much");
}

void plan9_post(uint32_t pid, const char *file, const char *msg)
{
	char path[32] = "/proc/", *p = path + 6;
	int32_t fd, n = 0;

	p += formatu(p, pid);
	*p++ = '/';
	while ((*p++ = *file++) != 0)
		;
	while (msg[n])
		n++;
	fd = plan9_open(path, OWRITE);
	plan9_pwrite(fd, msg, n, -1);
	plan9_close(fd);
}

void plan9_exit(void)
{
	plan9_exits(status);
}

NOSPLIT static intptr_t postexit(void *arg)
{
	uint32_t s = *(uint32_t *)arg;

	STACK_ROOT(postexit, StackReserve);
	if (s != 0)
		status[formatu(status, s)] = 0;
	plan9_post(plan9_tos->pid, "notepg", "portkit: exit");
	plan9_exit();
}

/* Ends the other processes by a note: who started the program waits for the first one,
 * and gets the status from that. */
void osexit(int32_t s)
{
	static int32_t last;

	if (xchg(&plan9_exiting, 1) == 0) {
		last = s;
		asmcgocall(postexit, &last);
	}
	plan9_exit();
}
