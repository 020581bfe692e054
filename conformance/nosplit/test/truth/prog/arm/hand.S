/* What is true on the way to a call, and what looks true there and is not: values that are
 * overwritten or stale, and ways to call and return that no compiler of today uses.
 * Named ind_ where nobody can know whom the code reaches, dyn_ where nobody can know the frame. */
	.syntax unified
	.arch armv7-a
	.fpu vfpv3-d16
.macro FUNC name, set=arm
	.p2align 2
	.\set
	.globl \name
	.type \name, %function
\name:
.endm
.macro END name
	.size \name, . - \name
.endm
	.text
	FUNC hand_deep
	sub sp, sp, #512
	str r0, [sp]
	add sp, sp, #512
	bx lr
	END hand_deep

	FUNC hand_shallow
	bx lr
	END hand_shallow

	FUNC hand_choose /* *r0 = hand_deep */
	adr r1, hand_deep
	str r1, [r0]
	bx lr
	END hand_choose

	FUNC ind_chosen /* a callee writes to the pointer that is called through */
	push {r4, lr}
	sub sp, sp, #16
	adr r1, hand_shallow
	str r1, [sp, #4]
	add r0, sp, #4
	bl hand_choose
	ldr r1, [sp, #4]
	blx r1
	add sp, sp, #16
	pop {r4, pc}
	END ind_chosen

	FUNC ind_array /* a store with an index does */
	push {r4, lr}
	sub sp, sp, #16
	adr r1, hand_shallow
	str r1, [sp, #8]
	adr r1, hand_deep
	add r2, sp, r0, lsl #2
	str r1, [r2, #4]
	ldr r1, [sp, #8]
	blx r1
	add sp, sp, #16
	pop {r4, pc}
	END ind_array

	FUNC hand_manual /* a call as it was before blx */
	push {r4, lr}
	mov lr, pc
	b hand_shallow
	sub sp, sp, #200
	str r0, [sp]
	add sp, sp, #200
	pop {r4, pc}
	END hand_manual

	FUNC ind_goto_manual
	push {r4, lr}
	sub sp, sp, #8
	mov r4, r0
	mov lr, pc
	bx r4
	sub sp, sp, #200
	str r0, [sp]
	add sp, sp, #208
	pop {r4, pc}
	END ind_goto_manual

	FUNC ind_manual_loaded /* and through memory */
	push {r4, lr}
	mov r4, r0
	mov lr, pc
	ldr pc, [r1]
	sub sp, sp, #200
	str r0, [sp]
	add sp, sp, #200
	pop {r4, pc}
	END ind_manual_loaded

	FUNC ind_thumb_manual, thumb /* back to T32 */
	push {r4, lr}
	sub sp, #8
	adr r4, 1f
	adds r4, #1
	mov lr, r4
	bx r0
	.p2align 2
1:	sub sp, #200
	str r0, [sp]
	add sp, #208
	pop {r4, pc}
	END ind_thumb_manual

	FUNC hand_lr /* a tail call through lr's register */
	push {r4, lr}
	mov r4, lr
	adr lr, 1f
	b hand_deep
1:	pop {r4, lr}
	b hand_deep
	END hand_lr

	FUNC ind_popped /* a jump by pop */
	push {r4, r5, r6, lr}
	str r0, [sp, #12]
	pop {r4, r5, r6, pc}
	END ind_popped
	FUNC ind_pops
	push {r4, lr}
	adr r0, 1f
	sub sp, sp, #64
	bl ind_popped
1:	add sp, sp, #64
	pop {r4, pc}
	END ind_pops

	FUNC hand_ranges, thumb /* what is known of one number tells nothing of the other */
	and r0, r0, #7
	and r1, r1, #7
	cmp r0, #1
	bhi 9f
	tbb [pc, r1]
0:	.byte (1f - 0b) / 2, (1f - 0b) / 2, (1f - 0b) / 2, (1f - 0b) / 2
	.byte (1f - 0b) / 2, (1f - 0b) / 2, (2f - 0b) / 2, (2f - 0b) / 2
1:	bx lr
2:	sub.w sp, sp, #300
	str r0, [sp]
	add.w sp, sp, #300
9:	bx lr
	END hand_ranges

	FUNC hand_middle /* sp is not there: it may still be below */
	push {fp, lr}
	mov fp, sp
	sub ip, sp, #8192
	cmp r0, #0
	beq 1f
	sub sp, sp, #8192
	cmp r0, #1
	beq 1f
	sub sp, sp, #8192
1:	cmp sp, ip
	beq 2f
	bl hand_shallow
2:	mov sp, fp
	pop {fp, pc}
	END hand_middle

	FUNC hand_loaded /* sp is loaded, and nothing accessed there */
	mov r1, sp
	sub r0, sp, #256
	str r0, [sp, #-4]!
	ldr sp, [sp]
	mov sp, r1
	bx lr
	END hand_loaded

	FUNC hand_listed /* sp in a list: below all that was accessed, then back */
	push {r4, r5, r6, lr}
	sub r4, sp, #128
	mov r5, sp
	push {r4, r5}
	ldm sp, {r4, sp}
	sub sp, sp, #4
	str r0, [r4]
	mov sp, r4
	bl hand_shallow
	add sp, sp, #128
	pop {r4, r5, r6, pc}
	END hand_listed

	FUNC hand_predicated /* in both cases another frame */
	push {r4, lr}
	mov r4, sp
	cmp r0, #0
	subeq sp, sp, #64
	subne sp, sp, #96
	bl hand_shallow
	cmp r0, #1
	strdeq r2, r3, [sp, #-48]!
	bleq hand_deep
	mov sp, r4
	pop {r4, pc}
	END hand_predicated

	FUNC hand_it, thumb /* the same in T32, and a return in the middle */
	push {r4, lr}
	mov r4, sp
	cmp r0, #0
	ite eq
	subeq sp, #64
	subne sp, #96
	blx hand_shallow
	cmp r0, #1
	itt eq
	strdeq r2, r3, [sp, #-48]!
	moveq sp, r4
	it eq
	popeq {r4, pc}
	vpush {d8-d15}
	vpop {d8-d15}
	mov sp, r4
	pop {r4, pc}
	END hand_it

	FUNC hand_later /* a frame is aligned, and later comes from another place, too */
	push {fp, lr}
	mov fp, sp
	b 2f
1:	bic sp, sp, #31
	cmp r1, #0
	bne 5f
	nop
5:	bl hand_shallow
	mov sp, fp
	pop {fp, pc}
2:	cmp r0, #0
	beq 1b
	cmp r0, #1
	beq 3f
3:	sub sp, sp, #1024
	cmp r0, #2
	beq 4f
4:	b 1b
	END hand_later

	FUNC run_hand
	push {r4, r5, r6, lr}
	bl ind_chosen
	mov r0, #1
	bl ind_array
	bl hand_manual
	adr r0, hand_shallow
	bl ind_goto_manual
	adr r0, hand_shallow
	push {r0, r1}
	mov r1, sp
	bl ind_manual_loaded
	pop {r0, r1}
	adr r0, hand_shallow
	blx ind_thumb_manual
	bl hand_lr
	bl ind_pops
	mov r0, #0
	mov r1, #7
	blx hand_ranges
	mov r5, #0
1:	mov r0, r5
	bl hand_middle
	mov r0, r5
	mov r1, #1
	bl hand_later
	mov r0, r5
	bl hand_predicated
	mov r0, r5
	blx hand_it
	add r5, r5, #1
	cmp r5, #3
	bne 1b
	bl hand_loaded
	bl hand_listed
	pop {r4, r5, r6, pc}
	END run_hand
	.section .note.GNU-stack, "", %progbits
