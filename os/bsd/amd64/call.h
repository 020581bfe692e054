/* amd64: rax number, arguments as for a function, but r10 for rcx; the instruction
 * destroys rcx and r11. An error is carry and a positive number. */
#include "asm.h"

	.set EINTR, 4

	.macro CALL name, number, again=0
	TEXT bsd_\name, 8
2:	movl $\number, %eax
	movq %rcx, %r10
	SITE \number
	syscall
	jnc 1f
	.if \again
	cmpl $EINTR, %eax
	je 2b
	.endif
	negq %rax
1:	ret
	END bsd_\name
	.endm

/* void bsd_leave(uint32_t *alive: rdi): from the store on nothing may touch the stack. */
	.macro LEAVE number
	TEXT bsd_leave, 8
	movl $0, (%rdi)
	xorl %edi, %edi
	xorl %esi, %esi
	xorl %edx, %edx
	xorl %r10d, %r10d
	movl $\number, %eax
	SITE \number
	syscall
	ud2
	END bsd_leave
	.endm
