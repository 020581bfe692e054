/* arm64.s - a program without a finding, every budget used to the last word. A line that
 * ends in a word in square brackets is one that `cases` puts something else in the place of.
 */
	note Limit, 0, 0, 128 /* [limit] */
	Low = 80 /* [low] */
	Top = 32 /* [top] */
	Check = 256 /* [check] */
	Cfi = 16 /* [cfi] */

	.macro keep /* the return address */
	str x30, [sp, #-16]!
	grow 16
	.cfi_rel_offset x30, 0
	.endm
	.macro back
	ldr x30, [sp], #16
	grow -16
	ret
	.endm

	plain _start
	bl top
	udf #0
	end _start

	func low
	sub sp, sp, #Low
	grow Low
	add sp, sp, #Low
	grow -Low
	ret
	end low

	func top /* 128 */
	keep
	sub sp, sp, #Top
	grow Top
	bl low
	add sp, sp, #Top
	grow -Top
	back
	end top

	root tail, 80
	b low /* [tail] */
	end tail

	root dying, 16
	keep
	bl die
	sub sp, sp, #512
	grow 512
	udf #0
	end dying

	func die
	udf #0 /* [die] */
	end die

	root aligned, 56 /* sp is a multiple of 8, as far as anybody says */
	str x19, [sp, #-16]!
	grow 16
	mov x19, sp
	.cfi_def_cfa_register x19
	mov x9, sp
	and x9, x9, #-16 /* [align] */
	mov sp, x9
	stp x9, x9, [sp, #-32]!
	mov sp, x19
	.cfi_def_cfa_register sp
	ldr x19, [sp], #16
	grow -16
	ret
	end aligned

	root pointer, 96
	keep
	here Calls, low /* [callee] */
	blr x9
	back
	end pointer

	root slotted, 96
	keep
	adrp x9, slot
	ldr x9, [x9, #:lo12:slot]
	blr x9
	back
	end slotted

	func even
	keep
	bl odd
	back
	end even

	func odd
	keep
	bl low /* [odd] */
	back
	end odd

	func dynamic
	stp x19, x30, [sp, #-16]!
	grow 16
	mov x19, sp
	.cfi_def_cfa_register x19
	sub sp, sp, #16 /* [alloca] */
	bl low
	mov sp, x19
	.cfi_def_cfa_register sp
	ldp x19, x30, [sp], #16
	grow -16
	ret
	end dynamic

	func looping
	stp x19, x30, [sp, #-16]!
	grow 16
	mov x19, sp
	.cfi_def_cfa_register x19
	mov w2, #4
1:	str x0, [sp, #-16]!
	ldr x1, [sp], #16 /* [loop] */
	subs w2, w2, #1
	b.ne 1b
	mov sp, x19
	.cfi_def_cfa_register sp
	ldp x19, x30, [sp], #16
	grow -16
	ret
	end looping

	func saved
	stp x19, x30, [sp, #-16]! /* [push] */
	grow 16
	bl low
	ldp x19, x30, [sp], #16 /* [pop] */
	grow -16
	ret
	end saved

	func moved
	keep
	sub sp, sp, #32
	grow 32
	bl low
	add sp, sp, #32 /* [add] */
	grow -32
	back
	end moved

	.globl bare /* without CFI */
	.type bare, %function
	note Func, bare, 0, Nosplit
bare:
	stp x19, x30, [sp, #-16]!
	bl low
	ldp x19, x30, [sp], #16 /* [barepop] */
	ret
	.size bare, . - bare

	func lost
	stp x19, x30, [sp, #-16]!
	grow 16
	mov x19, sp
	.cfi_def_cfa_register x19
	nop /* [lost] */
	bl low
	mov sp, x19
	.cfi_def_cfa_register sp
	ldp x19, x30, [sp], #16
	grow -16
	ret
	end lost

	func unwound
	str x19, [sp, #-16]!
	grow Cfi
	ldr x19, [sp], #16
	grow -Cfi
	ret
	end unwound

	func sleeps
	keep
	bl entersyscall
	bl low /* [inside] */
	bl exitsyscall /* [leave] */
	bl large
	back
	end sleeps

	func inner
	keep
	bl large
	back
	end inner

	func entersyscall, Asm
	ret
	end entersyscall
	func exitsyscall, Asm
	ret
	end exitsyscall
	note Enter, entersyscall /* [enter] */
	note Leave, exitsyscall

	func large, Split /* 384: 256 more than a check leaves room for */
	nop /* [around] */
	ldr x16, [x28]
	add x16, x16, #Check
	cmp sp, x16
	b.hi 2f
	nop /* [failed] */
3:	mov x9, x30
	bl morestack
	b large
2:	keep
	sub sp, sp, #368
	grow 368
	bl large
	add sp, sp, #368
	grow -368
	back
	end large

	func alone, Split /* nothing that is nosplit calls it */
	nop /* [before] */
	ldr x16, [x28]
	cmp sp, x16
	b.hi 2f
	nop /* [alone] */
	mov x9, x30
	b morestack
2:	ret
	end alone

	root grows, 16 /* what large and morestack use is nothing */
	keep
	bl large
	back
	end grows

	func morestack, Asm
	nop /* [more] */
	ldr x10, [x28, #8]
	here Switch
	mov sp, x10
	bl large
	udf #0
	end morestack

	func quotient
	keep
	bl divide
	back
	end quotient
	func divide
	ret
	end divide
	/* [divide] */

	func copies
	keep
	bl copy
	back
	end copies
	plain copy
	ret
	end copy
	/* [copy] */

	.section .rodata /* [readonly] */
	.balign 8
slot:
	.quad low
	.data
	.balign 8
variable:
	.quad 0
