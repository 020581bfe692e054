/* amd64.s - a program without a finding, every budget used to the last byte. A line that
 * ends in a word in square brackets is one that `cases` puts something else in the place of.
 */
	note Limit, 0, 0, 128 /* [limit] */
	Low = 72 /* [low] */
	Top = 40 /* [top] */
	Check = 80 /* [check] */
	Cfi = 8 /* [cfi] */

	plain _start
	call top
	hlt
	end _start

	func low /* 80 with the call */
	sub $Low, %rsp
	grow Low
	add $Low, %rsp
	grow -Low
	ret
	end low

	func top /* 128 */
	sub $Top, %rsp
	grow Top
	call low
	add $Top, %rsp
	grow -Top
	ret
	end top

	root tail, 80
	jmp low /* [tail] */
	end tail

	root dying, 16
	call die
	sub $512, %rsp
	grow 512
	ud2
	end dying

	func die
	hlt /* [die] */
	end die

	root redzone, 16
	mov %rax, -8(%rsp) /* [redzone] */
	ret
	end redzone

	root aligned, 32
	push %rbp
	grow 8
	mov %rsp, %rbp
	.cfi_def_cfa_register %rbp
	and $-16, %rsp /* [align] */
	push %rax
	leave
	.cfi_def_cfa %rsp, 8
	ret
	end aligned

	root pointer, 88
	here Calls, low /* [callee] */
	call *%rax
	ret
	end pointer

	root slotted, 88
	call *slot(%rip)
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
	push %rbp
	grow 8
	mov %rsp, %rbp
	.cfi_def_cfa_register %rbp
	sub $16, %rsp /* [alloca] */
	call low
	leave
	.cfi_def_cfa %rsp, 8
	ret
	end dynamic

	func looping
	push %rbp
	grow 8
	mov %rsp, %rbp
	.cfi_def_cfa_register %rbp
	mov $4, %ecx
1:	push %rax
	pop %rdx /* [loop] */
	dec %ecx
	jnz 1b
	leave
	.cfi_def_cfa %rsp, 8
	ret
	end looping

	func saved
	push %rbx /* [push] */
	grow 8
	call low
	pop %rbx /* [pop] */
	grow -8
	ret
	end saved

	func moved
	sub $24, %rsp
	grow 24
	call low
	add $24, %rsp /* [add] */
	grow -24
	ret
	end moved

	.globl bare /* without CFI */
	.type bare, %function
	note Func, bare, 0, Nosplit
bare:
	push %rbx
	call low
	pop %rbx /* [barepop] */
	ret
	.size bare, . - bare

	func lost
	push %rbp
	grow 8
	mov %rsp, %rbp
	.cfi_def_cfa_register %rbp
	nop /* [lost] */
	call low
	leave
	.cfi_def_cfa %rsp, 8
	ret
	end lost

	func unwound
	push %rbx
	grow Cfi
	pop %rbx
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

	func large, Split /* 208: 80 more than a check leaves room for */
	nop /* [around] */
	lea -Check(%rsp), %r11
	cmp (%r14), %r11
	jbe 2f
3:	sub $200, %rsp
	grow 200
	call large
	add $200, %rsp
	grow -200
	ret
2:
	nop /* [failed] */
	call morestack
	jmp large
	end large

	func alone, Split /* nothing that is nosplit calls it */
	nop /* [before] */
	cmp (%r14), %rsp
	jbe 2f
	ret
2:
	nop /* [alone] */
	jmp morestack
	end alone

	root grows, 24 /* the call of grows, of large and of morestack */
	call large
	ret
	end grows

	func morestack, Asm
	nop /* [more] */
	here Switch
	mov 8(%r14), %rsp
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
	.quad low
	.data
variable:
	.quad 0
