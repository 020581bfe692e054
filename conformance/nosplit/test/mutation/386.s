/* 386.s - a program without a finding, every budget used to the last byte. A line that
 * ends in a word in square brackets is one that `cases` puts something else in the place of.
 */
	note Limit, 0, 0, 128 /* [limit] */
	Low = 76 /* [low] */
	Top = 44 /* [top] */
	Check = 76 /* [check] */
	Cfi = 4 /* [cfi] */

	plain _start
	call top
	hlt
	end _start

	func low /* 80 with the call */
	sub $Low, %esp
	grow Low
	add $Low, %esp
	grow -Low
	ret
	end low

	func top /* 128 */
	sub $Top, %esp
	grow Top
	call low
	add $Top, %esp
	grow -Top
	ret
	end top

	root tail, 80
	jmp low /* [tail] */
	end tail

	root dying, 8
	call die
	sub $512, %esp
	grow 512
	ud2
	end dying

	func die
	hlt /* [die] */
	end die

	root aligned, 24
	push %ebp
	grow 4
	mov %esp, %ebp
	.cfi_def_cfa_register %ebp
	and $-16, %esp /* [align] */
	push %eax
	leave
	.cfi_def_cfa %esp, 4
	ret
	end aligned

	root pointer, 84
	here Calls, low /* [callee] */
	call *%eax
	ret
	end pointer

	root slotted, 84
	call *slot
	ret
	end slotted

	func even
	call odd
	ret
	end even

	func odd
	call low /* [odd] */
	ret
	end odd

	func dynamic
	push %ebp
	grow 4
	mov %esp, %ebp
	.cfi_def_cfa_register %ebp
	sub $16, %esp /* [alloca] */
	call low
	leave
	.cfi_def_cfa %esp, 4
	ret
	end dynamic

	func looping
	push %ebp
	grow 4
	mov %esp, %ebp
	.cfi_def_cfa_register %ebp
	mov $4, %ecx
1:	push %eax
	pop %edx /* [loop] */
	dec %ecx
	jnz 1b
	leave
	.cfi_def_cfa %esp, 4
	ret
	end looping

	func saved
	push %ebx /* [push] */
	grow 4
	call low
	pop %ebx /* [pop] */
	grow -4
	ret
	end saved

	func moved
	sub $24, %esp
	grow 24
	call low
	add $24, %esp /* [add] */
	grow -24
	ret
	end moved

	.globl bare /* without CFI */
	.type bare, %function
	note Func, bare, 0, Nosplit
bare:
	push %ebx
	call low
	pop %ebx /* [barepop] */
	ret
	.size bare, . - bare

	func lost
	push %ebp
	grow 4
	mov %esp, %ebp
	.cfi_def_cfa_register %ebp
	nop /* [lost] */
	call low
	leave
	.cfi_def_cfa %esp, 4
	ret
	end lost

	func unwound
	push %ebx
	grow Cfi
	pop %ebx
	grow -Cfi
	ret
	end unwound

	func sleeps
	call entersyscall
	call low /* [inside] */
	call exitsyscall /* [leave] */
	call large
	ret
	end sleeps

	func inner
	call large
	ret
	end inner

	func popper
	ret $16
	end popper

	func entersyscall, Asm
	ret
	end entersyscall
	func exitsyscall, Asm
	ret
	end exitsyscall
	note Enter, entersyscall /* [enter] */
	note Leave, exitsyscall

	func large, Split /* 204: 76 more than a check leaves room for */
	nop /* [around] */
	mov %gs:g@ntpoff, %eax
	mov (%eax), %eax
	add $Check, %eax
	cmp %eax, %esp
	jbe 2f
3:	sub $200, %esp
	grow 200
	call large
	add $200, %esp
	grow -200
	ret
2:
	nop /* [failed] */
	call morestack
	jmp large
	end large

	func alone, Split /* nothing that is nosplit calls it */
	nop /* [before] */
	mov %gs:g@ntpoff, %eax
	cmp (%eax), %esp
	jbe 2f
	ret
2:
	nop /* [alone] */
	jmp morestack
	end alone

	root grows, 12 /* the call of grows, of large and of morestack */
	call large
	ret
	end grows

	func morestack, Asm
	nop /* [more] */
	mov %gs:g@ntpoff, %ecx
	here Switch
	mov 4(%ecx), %esp
	call large
	ud2
	end morestack

	func quotient
	call divide
	ret
	end quotient
	func divide
	ret
	end divide
	/* [divide] */

	func copies
	call copy
	ret
	end copies
	plain copy
	ret
	end copy
	/* [copy] */

	.section .rodata /* [readonly] */
slot:
	.long low
	.data
variable:
	.long 0
	.section .tbss, "awT", @nobits
g:
	.long 0
