/* linux/arm: the thread pointer is TPIDRURO; g lies behind the two words that the
 * ABI reserves there. */
#include "linux.h"

void linux_settls(struct m *mp)
{
	if (SYS(SYS_set_tls, &mp->tls[0], 0, 0) < 0)
		osexit(2);
}
