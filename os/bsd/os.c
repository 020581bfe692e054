/* Start, exit, output, memory, and what the kernel says at start: argv is followed by
 * the environment. */
#include "bsd.h"

#ifdef TLS_G
_Thread_local struct g *g;
#endif

static uint32_t cpus;
static char **environ;

void osinit(uintptr_t *sp)
{
	static const int32_t hw_ncpu[] = { 6, 3 };
	uintptr_t *p = sp + 1, size = sizeof cpus; /* of a host, argc may be gone */

	while (*p++)
		;
	environ = (char **)p;
	if (!hostthread && bsd_settls(&m0) < 0) /* else it has a libc's */
		osexit(2);
	setg(m0.g0);
	settlsg(m0.g0);
	if (bsd_sysctl(hw_ncpu, 2, &cpus, &size, 0, 0) < 0 || cpus == 0)
		cpus = 1;
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
	return bsd_write(fd, p, n);
}

void osexit(int32_t status)
{
	for (;;)
		bsd_exit(status);
}

void osrandom(void *p, uintptr_t n)
{
	for (char *q = p; n > 0;) {
		intptr_t r = bsd_random(q, n < 256 ? n : 256);
		if (r <= 0)
			throw("osrandom: the kernel gives no random bytes");
		q += r;
		n -= (uintptr_t)r;
	}
}

void *sysalloc(uintptr_t n)
{
	void *p = bsd_map(n);

	return (uintptr_t)p > ~(uintptr_t)4095 ? 0 : p;
}

void sysfree(void *p, uintptr_t n)
{
	if (bsd_munmap(p, n) != 0)
		throw("sysfree: munmap failed: not what sysalloc returned");
}
