/* The entry, and what compilers seldom emit, in both instruction sets. No CFI. */
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
	FUNC _start
	mov fp, #0
	mov lr, #0
	bl relocate
	bl run_all
	mov r0, #0
	mov r7, #248
	svc #0
	udf #0
	END _start

	/* void dyn_shifted(void (*f)(void), long bytes) */
	FUNC dyn_shifted
	push {r4, lr}
	mov r4, sp
	sub sp, sp, r1
	blx r0
	mov sp, r4
	pop {r4, pc}
	END dyn_shifted

	FUNC asm_stores /* one, two and many registers, writing back: 4+8+16, then 24 of floats */
	str lr, [sp, #-4]!
	strd r2, r3, [sp, #-8]!
	stmdb sp!, {r4-r7}
	vpush {d0-d2}
	vpop {d0-d2}
	ldmia sp!, {r4-r7}
	ldrd r2, r3, [sp], #8
	ldr pc, [sp], #4
	END asm_stores

	FUNC asm_partly /* 12 bytes in one place, then 40 */
	push {r4, r5, lr}
	sub sp, sp, #40
	str r0, [sp]
	bl asm_stores
	add sp, sp, #40
	pop {r4, r5, pc}
	END asm_partly

	FUNC asm_predicated /* returns early if r0 is 0, with what it pushed popped */
	push {r4, lr}
	cmp r0, #0
	popeq {r4, pc}
	subne sp, sp, #64
	blne asm_stores
	addne sp, sp, #64
	pop {r4, pc}
	END asm_predicated

	FUNC asm_either /* a frame in one case only */
	cmp r0, #0
	pushne {r4-r8, lr}
	blne asm_stores
	popne {r4-r8, pc}
	bx lr
	END asm_either

	FUNC asm_constant /* the size is in a register */
	movw r3, #0x1238
	movt r3, #0
	sub sp, sp, r3
	str r3, [sp]
	add sp, sp, r3
	bx lr
	END asm_constant

	FUNC asm_literal
	ldr r3, 1f
	sub sp, sp, r3
	str r3, [sp]
	add sp, sp, r3
	bx lr
1:	.word 0x2468
	END asm_literal

	FUNC asm_pointer /* fp is what the frame is left by */
	push {r4, fp, lr}
	add fp, sp, #8
	sub sp, sp, #116
	str r0, [fp, #-124]
	bl asm_stores
	sub sp, fp, #8
	pop {r4, fp, pc}
	END asm_pointer

	FUNC asm_tail /* everything is back before the jump */
	push {r4, lr}
	sub sp, sp, #24
	bl asm_stores
	add sp, sp, #24
	pop {r4, lr}
	b asm_pointer
	END asm_tail

	FUNC asm_saved
	push {r6, lr}
	mov r6, sp
	sub sp, sp, #72
	bic sp, sp, #31
	bl asm_stores
	mov sp, r6
	pop {r6, pc}
	END asm_saved

	FUNC asm_multiple /* sp among what is loaded from a copy */
	mov ip, sp
	push {fp, ip, lr, pc}
	sub fp, ip, #4
	sub sp, sp, #32
	str r0, [sp]
	ldmdb fp, {fp, sp, pc}
	END asm_multiple

	FUNC thumb_block, thumb /* an IT block that pushes, one that returns */
	push {r4, lr}
	cmp r0, #0
	itt ne
	subne sp, sp, #48
	strne r0, [sp]
	it ne
	addne sp, sp, #48
	cmp r0, #2
	it eq
	popeq {r4, pc}
	sub sp, #8
	blx asm_stores
	add sp, #8
	pop {r4, pc}
	END thumb_block

	FUNC thumb_table, thumb /* a table of bytes */
	push {r3, r4, r5, lr}
	cmp r0, #3
	bhi 9f
	tbb [pc, r0]
0:	.byte (1f - 0b) / 2, (2f - 0b) / 2, (3f - 0b) / 2, (9f - 0b) / 2
1:	sub sp, #64
	str r0, [sp]
	add sp, #64
	b 9f
2:	movs r0, #0
	bl thumb_block
	b 9f
3:	sub.w sp, sp, #100
	blx asm_stores
	add.w sp, sp, #100
9:	pop {r3, r4, r5, pc}
	END thumb_table

	FUNC thumb_halves, thumb /* a table of halfwords */
	push {r7, lr}
	sub sp, #16
	add r7, sp, #0
	cmp r0, #2
	bhi 9f
	tbh [pc, r0, lsl #1]
0:	.short (1f - 0b) / 2, (2f - 0b) / 2, (9f - 0b) / 2
1:	movs r0, #1
	bl thumb_block
	b 9f
2:	strd r2, r3, [sp, #-24]!
	add sp, #24
9:	adds r7, #16
	mov sp, r7
	pop {r7, pc}
	END thumb_halves

	FUNC thumb_wide, thumb
	push.w {r4-r11, lr}
	vpush {d8-d9}
	subw sp, sp, #1020
	str r0, [sp]
	bl thumb_block
	addw sp, sp, #1020
	vpop {d8-d9}
	pop.w {r4-r11, pc}
	END thumb_wide

	FUNC thumb_compare, thumb /* cbz around a frame */
	push {lr}
	cbz r0, 1f
	sub sp, #28
	blx asm_stores
	add sp, #28
1:	pop {pc}
	END thumb_compare

	FUNC run_asm
	push {r4, r5, r6, lr}
	bl asm_stores
	bl asm_partly
	mov r0, #0
	bl asm_predicated
	mov r0, #1
	bl asm_predicated
	mov r0, #0
	bl asm_either
	mov r0, #1
	bl asm_either
	bl asm_constant
	bl asm_literal
	bl asm_pointer
	bl asm_tail
	bl asm_saved
	bl asm_multiple
	mov r5, #0
1:	mov r0, r5
	blx thumb_block
	mov r0, r5
	blx thumb_table
	mov r0, r5
	blx thumb_halves
	mov r0, r5
	blx thumb_compare
	add r5, r5, #1
	cmp r5, #5
	bne 1b
	blx thumb_wide
	bl run_hand
	pop {r4, r5, r6, pc}
	END run_asm
	.section .note.GNU-stack, "", %progbits
