/* Steps the realtime clock, which is a model's: no machine's. */
#include "kernel.h"

enum { CLOCK_REAL = 0 };

NOSPLIT intptr_t kclock_settime(int32_t clock, const struct bsd_timespec *ts);
KCALL("kclock_settime", KSETTIME)

static inline intptr_t kstepclock(int32_t seconds)
{
	struct bsd_timespec ts;
	intptr_t e = bsd_clock_gettime(CLOCK_REAL, &ts);

	ts.sec += seconds;
	return e < 0 ? e : kclock_settime(CLOCK_REAL, &ts);
}
