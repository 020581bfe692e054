/* arm: the number is in the instruction, arguments as for a function, also those on the
 * stack. An error is carry and a positive number. ip: the first argument, for once more. */
#include "asm.h"

	.set EINTR, 4

	.macro CALL name, number, again=0
	TEXT bsd_\name, 0
	.if \again
	mov ip, r0
	.endif
2:	svc #Swi + \number
	bxcc lr
	.if \again
	cmp r0, #EINTR
	moveq r0, ip
	beq 2b
	.endif
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
	svc #Swi + \number
	udf #0
	END bsd_leave
	.endm
