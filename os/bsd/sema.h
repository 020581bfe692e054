/* The semaphore of an M is a count, where the kernel only lets threads sleep and wakes
 * them: for the sleep.c of such an OS. */
#include "bsd.h"

uintptr_t semacreate(struct m *mp)
{
	return (uintptr_t)&mp->waitsemacount;
}

/* Not inline: what semasleep keeps over its calls takes stack. */
NOSPLIT __attribute__((noinline)) static bool take(void)
{
	uint32_t *count = &getm()->waitsemacount, v;

	while ((v = atomicload(count)) > 0)
		if (cas(count, v, v - 1))
			return true;
	return false;
}
