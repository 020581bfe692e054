/* Start, exit, output, and what the kernel says at start: argv is followed by
 * the environment and the auxiliary vector (getauxval(3)). */
#include "linux.h"

_Thread_local struct g *rt_g;

enum { AT_NULL, AT_SYSINFO = 32, AT_SYSINFO_EHDR = 33 };

static uint32_t cpus;
static char **environ;

NOSPLIT static void countcpus(void)
{
	static uint8_t mask[1024]; /* 8192 processors; not on the stack, which is small */
	intptr_t n = SYS(SYS_sched_getaffinity, 0, sizeof mask, mask);

	for (intptr_t i = 0; i < n; i++)
		for (uint32_t b = mask[i]; b; b &= b - 1)
			cpus++;
	if (cpus == 0)
		cpus = 1;
}

void osinit(uintptr_t *sp)
{
	uintptr_t *p = sp + 1; /* argv: of a host, argc may be gone (glibc on arm) */

	while (*p++)
		;
	environ = (char **)p;
	while (*p++)
		;
	if (!hostthread) /* else it has a libc's */
		linux_settls(&m0);
	setg(m0.g0);
	settlsg(m0.g0);
	for (; p[0] != AT_NULL; p += 2) {
		if (p[0] == AT_SYSINFO)
			linux_sysinfo(p[1]);
		else if (p[0] == AT_SYSINFO_EHDR)
			linux_vdso_clock = (void *)elfsymbol(p[1], "__vdso_clock_gettime");
	}
	countcpus();
}

const char *osgetenv(const char *name)
{
	const char *value = 0;

	for (char **e = environ; *e && !value; e++)
		value = strafter(*e, name, '=');
	return value;
}

uint32_t ncpu(void)
{
	return cpus;
}

intptr_t oswrite(int32_t fd, const void *p, uintptr_t n)
{
	intptr_t r;

	do
		r = SYS(SYS_write, fd, p, n);
	while (r == -EINTR);
	return r;
}

void osexit(int32_t status)
{
	for (;;)
		SYS(SYS_exit_group, status, 0, 0);
}

void osrandom(void *p, uintptr_t n)
{
	for (char *q = p; n > 0;) {
		intptr_t r = SYS(SYS_getrandom, q, n, 0);
		if (r == -EINTR)
			continue;
		if (r <= 0)
			throw("osrandom: getrandom failed: Linux 3.17 is needed");
		q += r;
		n -= (uintptr_t)r;
	}
}

void *sysalloc(uintptr_t n)
{
	enum { READ_WRITE = 3, PRIVATE_ANONYMOUS = 0x22 };
	intptr_t r = linux_mmap(n, READ_WRITE, PRIVATE_ANONYMOUS);

	return r < 0 && r > -4096 ? 0 : (void *)r;
}

void sysfree(void *p, uintptr_t n)
{
	if (SYS(SYS_munmap, p, n, 0) != 0)
		throw("sysfree: munmap failed: not what sysalloc returned");
}
