/* linux/amd64: the thread pointer is fs; g lies in the word below it. */
#include "linux.h"

void linux_settls(struct m *mp)
{
	enum { SYS_arch_prctl = 158, ARCH_SET_FS = 0x1002 };

	mp->tls[1] = (uintptr_t)&mp->tls[1]; /* the ABI keeps the pointer at fs:0 */
	if (SYS(SYS_arch_prctl, ARCH_SET_FS, &mp->tls[1], 0) < 0)
		osexit(2);
}
