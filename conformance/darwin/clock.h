/* Steps the realtime clock, which is a model's: no machine's. */
#include "kernel.h"

NOSPLIT intptr_t kgettimeofday(void *tv, void *zone, uint64_t *absolute);
NOSPLIT intptr_t ksettimeofday(const void *tv, const void *zone);
KCALL("kgettimeofday", 116)
KCALL("ksettimeofday", 122)

static inline intptr_t kstepclock(int32_t seconds)
{
	struct {
		bsd_time sec;
		bsd_usec usec;
	} tv;
	intptr_t e = kgettimeofday(&tv, 0, 0);

	tv.sec += seconds;
	return e < 0 ? e : ksettimeofday(&tv, 0);
}
