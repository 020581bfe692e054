/* linux/386: the thread pointer is a descriptor behind gs; g lies in the word
 * below it.
 *
 * Each M has a descriptor of its own in the LDT, which all threads share. The
 * descriptors of set_thread_area are a thread's own, and there are three; but
 * qemu-user 7.2 has them in one table for all threads, so that gs, whenever it is
 * loaded again (as sigreturn does), leads to another thread's g. They serve where
 * the kernel is built without modify_ldt(2). */
#include "linux.h"

NOSPLIT void linux_int80(void);

uintptr_t linux_syscall = (uintptr_t)linux_int80;

void linux_settls(struct m *mp)
{
	static uint32_t entry = ~0u; /* what the first thread was given; new ones inherit it */
	enum { WRITE = 0x11, USABLE_PAGES_32BIT = 0x51, GDT = 3, LDT = 7 };
	/* struct user_desc: its entry, base, limit and flags. */
	uint32_t desc[] = { mp->id, (uintptr_t)&mp->tls[1], 0xfffff, USABLE_PAGES_32BIT };
	uint32_t table = LDT;

	mp->tls[1] = (uintptr_t)&mp->tls[1]; /* the ABI keeps the pointer at gs:0 */
	if (SYS(SYS_modify_ldt, WRITE, desc, sizeof desc) < 0) {
		table = GDT;
		desc[0] = entry;
		if (SYS(SYS_set_thread_area, desc, 0, 0) < 0)
			osexit(2);
		entry = desc[0];
	}
	__asm__ volatile("movl %0, %%gs" : : "r"(desc[0] << 3 | table) : "memory");
}
