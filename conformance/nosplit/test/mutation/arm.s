/* arm.s - a program without a finding, every budget used to the last byte. A line that
 * ends in a word in square brackets is one that `cases` puts something else in the place of.
 * With the symbol Thumb it is T32, else A32.
 */
	.syntax unified
	.arch armv7-a
	.ifdef Thumb
	.thumb
	.else
	.arm
	.endif
	note Limit, 0, 0, 128 /* [limit] */
	Low = 80 /* [low] */
	Top = 44 /* [top] */
	Check = 256 /* [check] */
	Cfi = 4 /* [cfi] */

	plain _start
	bl top
	udf #0
	end _start

	func low
	sub sp, sp, #Low
	grow Low
	add sp, sp, #Low
	grow -Low
	bx lr
	end low

	func top /* 128 */
	push {lr}
	grow 4
	.cfi_rel_offset lr, 0
	sub sp, sp, #Top
	grow Top
	bl low
	add sp, sp, #Top
	grow -Top
	pop {pc}
	end top

	root tail, 80
	b low /* [tail] */
	end tail

	root dying, 4
	push {lr}
	grow 4
	bl die
	sub sp, sp, #512
	grow 512
	udf #0
	end dying

	func die
	udf #0 /* [die] */
	end die

	root aligned, 20
	push {r7}
	grow 4
	mov r7, sp
	.cfi_def_cfa_register r7
	mov r3, sp
	bic r3, r3, #15 /* [align] */
	mov sp, r3
	str r3, [sp, #-4]!
	mov sp, r7
	.cfi_def_cfa_register sp
	pop {r7}
	grow -4
	bx lr
	end aligned

	root pointer, 84
	push {lr}
	grow 4
	here Calls, low /* [callee] */
	blx r3
	pop {pc}
	end pointer

	root slotted, 84
	push {lr}
	grow 4
	movw r3, #:lower16:slot
	movt r3, #:upper16:slot
	ldr r3, [r3]
	blx r3
	pop {pc}
	end slotted

	func even
	push {lr}
	grow 4
	bl odd
	pop {pc}
	end even

	func odd
	push {lr}
	grow 4
	bl low /* [odd] */
	pop {pc}
	end odd

	func dynamic
	push {r7, lr}
	grow 8
	mov r7, sp
	.cfi_def_cfa_register r7
	sub sp, sp, #16 /* [alloca] */
	bl low
	mov sp, r7
	.cfi_def_cfa_register sp
	pop {r7, pc}
	end dynamic

	func looping
	push {r7, lr}
	grow 8
	mov r7, sp
	.cfi_def_cfa_register r7
	mov r2, #4
1:	push {r0}
	pop {r1} /* [loop] */
	subs r2, r2, #1
	bne 1b
	mov sp, r7
	.cfi_def_cfa_register sp
	pop {r7, pc}
	end looping

	func saved
	push {r4, lr} /* [push] */
	grow 8
	bl low
	pop {r4, lr} /* [pop] */
	grow -8
	bx lr
	end saved

	func moved
	push {lr}
	grow 4
	sub sp, sp, #24
	grow 24
	bl low
	add sp, sp, #24 /* [add] */
	grow -24
	pop {pc}
	end moved

	.globl bare /* without CFI */
	.type bare, %function
	note Func, bare, 0, Nosplit
bare:
	push {r4, lr}
	bl low
	pop {r4, lr} /* [barepop] */
	bx lr
	.size bare, . - bare

	func lost
	push {r7, lr}
	grow 8
	mov r7, sp
	.cfi_def_cfa_register r7
	nop /* [lost] */
	bl low
	mov sp, r7
	.cfi_def_cfa_register sp
	pop {r7, pc}
	end lost

	func unwound
	push {r4}
	grow Cfi
	pop {r4}
	grow -Cfi
	bx lr
	end unwound

	func sleeps
	push {lr}
	grow 4
	bl entersyscall
	bl low /* [inside] */
	bl exitsyscall /* [leave] */
	bl large
	pop {pc}
	end sleeps

	func inner
	push {lr}
	grow 4
	bl large
	pop {pc}
	end inner

	func entersyscall, Asm
	bx lr
	end entersyscall
	func exitsyscall, Asm
	bx lr
	end exitsyscall
	note Enter, entersyscall /* [enter] */
	note Leave, exitsyscall

	func large, Split /* 384: 256 more than a check leaves room for */
	nop /* [around] */
	ldr ip, [r10]
	add ip, ip, #Check
	cmp sp, ip
	bhi 2f
	nop /* [failed] */
3:	mov r3, lr
	bl morestack
	b large
2:	push {lr}
	grow 4
	sub sp, sp, #380
	grow 380
	bl large
	add sp, sp, #380
	grow -380
	pop {pc}
	end large

	func alone, Split /* nothing that is nosplit calls it */
	nop /* [before] */
	ldr ip, [r10]
	cmp sp, ip
	bhi 2f
	nop /* [alone] */
	mov r3, lr
	b morestack
2:	bx lr
	end alone

	root grows, 4 /* what large and morestack use is nothing */
	push {lr}
	grow 4
	bl large
	pop {pc}
	end grows

	func morestack, Asm
	nop /* [more] */
	here Switch
	ldr sp, [r10, #4]
	bl large
	udf #0
	end morestack

	func quotient
	push {lr}
	grow 4
	bl divide
	pop {pc}
	end quotient
	func divide
	bx lr
	end divide
	/* [divide] */

	func copies
	push {lr}
	grow 4
	bl copy
	pop {pc}
	end copies
	plain copy
	bx lr
	end copy
	/* [copy] */

	.section .rodata /* [readonly] */
slot:
	.word low
	.data
variable:
	.word 0
