#include "asm.h"
#include "site.h"

/* intptr_t openbsd_tfork(const void *param: rdi, uintptr_t size: rsi). The child has the
 * registers of the parent, but for rsp, where bsd_thread's argument is. */
	TEXT openbsd_tfork, 8
	movl $8, %eax
	SITE 8
	syscall
	jc 2f
	testl %eax, %eax
	jz 1f
	ret
2:	negq %rax
	ret
1:	.cfi_undefined rip
	RESUME movq (%rsp), %rdi
	xorl %ebp, %ebp
	call bsd_thread
	ud2
	END openbsd_tfork
