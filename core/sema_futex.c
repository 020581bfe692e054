/* The semaphore of an M where the OS has futexes: m->waitsemacount, and a futex on
 * it. With it lock_sema.c runs, and is tested, on such an OS too. Nosplit. */
#include "rt.h"

uintptr_t semacreate(struct m *mp)
{
	return (uintptr_t)&mp->waitsemacount;
}

NOSPLIT static bool take(uint32_t *count)
{
	uint32_t v;

	while ((v = atomicload(count)) > 0)
		if (cas(count, v, v - 1))
			return true;
	return false;
}

bool semasleep(int64_t ns)
{
	uint32_t *count = &getm()->waitsemacount;
	int64_t end;

	if (take(count))
		return true;
	end = ns < 0 ? 0 : nanotime() + ns;
	if (ns >= 0 && end < ns)
		end = INT64_MAX;
	for (;;) {
		futexsleep(count, 0, ns);
		if (take(count))
			return true;
		if (ns >= 0) {
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
