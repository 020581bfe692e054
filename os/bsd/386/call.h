/* 386: eax number, arguments where a function has them, behind a gap of one word.
 * An error is carry and a positive number. */
#include "asm.h"

	.set EINTR, 4

	.macro CALL name, number, again=0
	TEXT bsd_\name, 4
2:	movl $\number, %eax
	SITE \number
	int $0x80
	jnc 1f
	.if \again
	cmpl $EINTR, %eax
	je 2b
	.endif
	negl %eax
1:	ret
	END bsd_\name
	.endm

/* void bsd_leave(uint32_t *alive): from the store on nothing may touch the stack, so
 * that the kernel finds its arguments, zeroes, elsewhere. */
	.macro LEAVE number
	.section .rodata
	.balign 4
.Lzeroes:
	.long 0, 0, 0, 0, 0
	TEXT bsd_leave, 4
	movl 4(%esp), %ecx
	RESUME movl $.Lzeroes, %esp
	movl $0, (%ecx)
	movl $\number, %eax
	SITE \number
	int $0x80
	ud2
	END bsd_leave
	.endm
