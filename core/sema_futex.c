/* The semaphore of an M where the OS has futexes: m->waitsemacount, and a futex on
 * it. With it lock_sema.c runs, and is tested, on such an OS too. Nosplit. */
#include "rt.h"

uintptr_t semacreate(struct m *mp)
{
	return (uintptr_t)&mp->waitsemacount;
}

NOSPLIT static bool take(void)
{
	uint32_t *count = &getm()->waitsemacount, v;

	while ((v = atomicload(count)) > 0)
		if (cas(count, v, v - 1))
			return true;
	return false;
}

bool semasleep(int64_t ns)
{
	int64_t end = -1; /* no end */

	if (take())
		return true;
	if (ns >= 0) {
		end = nanotime() + ns;
		if (end < ns)
			end = INT64_MAX;
	}
	/* Over the calls only end is kept: there is hardly any stack. */
	for (;;) {
		futexsleep(&getm()->waitsemacount, 0, ns);
		if (take())
			return true;
		ns = -1;
		if (end >= 0) {
			ns = end - nanotime();
			if (ns <= 0)
				return false;
		}
	}
}

void semawakeup(struct m *mp)
{
	xadd(&mp->waitsemacount, 1);
	futexwakeup(&mp->waitsemacount, 1);
}
