/* arm: the number is in the instruction, and for FreeBSD's newer kernels in r7; arguments
 * as for a function, also those on the stack. An error is carry and a positive number. ip
 * keeps r7, r3 the first argument for once more, if there are at most three. */
#include "asm.h"

	.set EINTR, 4

	.macro CALL name, number, again=0
	TEXT bsd_\name, 0
	mov ip, r7
	.if \again
	mov r3, r0
	.endif
	movw r7, #\number
2:	svc #Swi + \number
	movcc r7, ip
	bxcc lr
	.if \again
	cmp r0, #EINTR
	moveq r0, r3
	beq 2b
	.endif
	mov r7, ip
	rsb r0, r0, #0
	bx lr
	END bsd_\name
	.endm

/* void bsd_leave(uint32_t *alive: r0): from the store on nothing may touch the stack. */
	.macro LEAVE number
	TEXT bsd_leave, 0
	mov r1, #0
	str r1, [r0]
	mov r0, #0
	movw r7, #\number
	svc #Swi + \number
	udf #0
	END bsd_leave
	.endm
