/* Sleep and wake: semacquire(2), whose kernel changes the count itself; sleep(2). Nosplit:
 * the core sleeps where the stack cannot grow. */
#include "plan9.h"

uint32_t plan9_ms(int64_t ns)
{
	enum { Longest = 1 << 24 }; /* times HZ it fits in 32 bits */
	int32_t rem, ms = timediv(ns, 1000000, &rem);

	if (ms >= Longest)
		return Longest;
	return (uint32_t)ms + (rem > 0);
}

uintptr_t semacreate(struct m *mp)
{
	return (uintptr_t)&mp->waitsemacount;
}

bool semasleep(int64_t ns)
{
	int64_t end;

	if (ns < 0) {
		while (plan9_semacquire(&getm()->waitsemacount, 1) < 0) /* interrupted by a note */
			;
		return true;
	}
	end = nanotime() + ns;
	if (end < ns)
		end = INT64_MAX;
	/* A tick may be over early, and a note comes when it likes. */
	while (plan9_tsemacquire(&getm()->waitsemacount, plan9_ms(ns)) <= 0) {
		ns = end - nanotime();
		if (ns <= 0)
			return false;
	}
	return true;
}

void semawakeup(struct m *mp)
{
	plan9_semrelease(&mp->waitsemacount, 1);
}

/* Who dies of a second fault, in a handler that no note interrupts, waits here for the end. */
void usleep(uint32_t us)
{
	int64_t end = nanotime() + (int64_t)us * 1000, ns;

	while ((ns = end - nanotime()) > 0) {
		if (atomicload(&plan9_exiting))
			plan9_exit();
		plan9_sleep((int32_t)plan9_ms(ns));
	}
}

void osyield(void)
{
	plan9_sleep(0);
}
