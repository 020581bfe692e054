/* linux/386: the thread pointer is a descriptor behind gs; g lies in the word
 * below it. */
#include "linux.h"

NOSPLIT void linux_int80(void);

uintptr_t linux_syscall = (uintptr_t)linux_int80;

/* The first thread takes a free descriptor of the three that there are, and a new
 * thread inherits its number (12 natively, 6 under qemu). */
void linux_settls(struct m *mp)
{
	static uint32_t entry = ~0u;
	struct {
		uint32_t entry;
		uintptr_t base;
		uint32_t limit, flags;
	} desc = { entry, (uintptr_t)&mp->tls[1], 0xfffff, 0x51 /* 32 bits, pages, usable */ };

	mp->tls[1] = (uintptr_t)&mp->tls[1]; /* the ABI keeps the pointer at gs:0 */
	if (SYS(SYS_set_thread_area, &desc, 0, 0) < 0)
		osexit(2);
	entry = desc.entry;
	__asm__ volatile("movl %0, %%gs" : : "r"(desc.entry << 3 | 3) : "memory");
	g = mp->g0;
}
