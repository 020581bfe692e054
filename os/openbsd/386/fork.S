#include "asm.h"
#include "site.h"

/* intptr_t openbsd_tfork(const void *param, uintptr_t size). The child has the registers of
 * the parent, but for esp, where bsd_thread's argument is. */
	TEXT openbsd_tfork, 4
	movl $8, %eax
	SITE 8
	int $0x80
	jc 2f
	testl %eax, %eax
	jz 1f
	ret
2:	negl %eax
	ret
1:	.cfi_undefined eip
	RESUME xorl %ebp, %ebp
	call bsd_thread
	ud2
	END openbsd_tfork
