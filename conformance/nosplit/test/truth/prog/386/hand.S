/* What is true on the way to a call, and what looks true there and is not: values that are
 * overwritten, half compared or stale, and ways to call and return that no compiler uses.
 * Named ind_ where nobody can know whom the code reaches, dyn_ where nobody can know the frame. */
.macro FUNC name
	.globl \name
	.type \name, @function
\name:
.endm
.macro END name
	.size \name, . - \name
.endm
.macro ADDRESS what, reg /* position-independent */
	call 991f
991:	popl \reg
	addl $\what - 991b, \reg
.endm
	.text
	FUNC hand_deep
	sub $512, %esp
	mov %eax, (%esp)
	add $512, %esp
	ret
	END hand_deep

	FUNC hand_shallow
	ret
	END hand_shallow

	FUNC hand_choose /* *eax = hand_deep */
	ADDRESS hand_deep, %edx
	mov %edx, (%eax)
	ret
	END hand_choose

	FUNC ind_chosen /* a callee writes to the pointer that is called through */
	sub $12, %esp
	ADDRESS hand_shallow, %eax
	mov %eax, 4(%esp)
	lea 4(%esp), %eax
	call hand_choose
	call *4(%esp)
	add $12, %esp
	ret
	END ind_chosen

	FUNC ind_repeated /* a string instruction does */
	push %edi
	sub $16, %esp
	ADDRESS hand_shallow, %eax
	mov %eax, 8(%esp)
	ADDRESS hand_deep, %eax
	mov %esp, %edi
	mov $4, %ecx
	rep stosl
	call *8(%esp)
	add $16, %esp
	pop %edi
	ret
	END ind_repeated

	FUNC ind_array /* a store with an index does */
	sub $16, %esp
	mov %eax, %ecx
	ADDRESS hand_shallow, %eax
	mov %eax, 8(%esp)
	ADDRESS hand_deep, %eax
	mov %eax, 4(%esp,%ecx,4)
	call *8(%esp)
	add $16, %esp
	ret
	END ind_array

	FUNC ind_aligned /* a store relative to the aligned sp does */
	push %ebp
	sub $4, %esp
	mov %esp, %ebp
	sub $32, %esp
	ADDRESS hand_shallow, %eax
	mov %eax, -4(%ebp)
	and $-8, %esp
	ADDRESS hand_deep, %eax
	mov %eax, 28(%esp)
	mov %eax, 32(%esp) /* the word above is unused */
	call *-4(%ebp)
	mov %ebp, %esp
	add $4, %esp
	pop %ebp
	ret
	END ind_aligned

	FUNC ind_overwrites /* jumps to eax */
	mov %eax, (%esp)
	ret
	END ind_overwrites
	FUNC ind_retpoline
	call ind_overwrites
1:	pause
	lfence
	jmp 1b
	END ind_retpoline
	FUNC ind_through
	ADDRESS hand_deep, %eax
	sub $4, %esp
	call ind_retpoline
	add $4, %esp
	ret
	END ind_through

	FUNC hand_pushed /* a jump by ret */
	ADDRESS hand_deep, %eax
	push %eax
	ret
	END hand_pushed

	FUNC hand_manual /* a call without call */
	ADDRESS 1f, %eax
	push %eax
	jmp hand_shallow
1:	sub $200, %esp
	mov %eax, (%esp)
	add $200, %esp
	ret
	END hand_manual

	FUNC hand_manual_pops /* of one that pops its argument, too */
	push $7
	ADDRESS 1f, %eax
	push %eax
	jmp hand_pops
1:	push %eax
	call hand_shallow
	pop %eax
	ret
	END hand_manual_pops
	FUNC hand_pops
	ret $4
	END hand_pops

	FUNC dyn_leaves /* leaves 64 bytes to its caller */
	pop %ecx
	sub $64, %esp
	jmp *%ecx
	END dyn_leaves
	FUNC hand_left
	call dyn_leaves
	call hand_shallow
	add $64, %esp
	ret
	END hand_left

	FUNC hand_ranges /* what is known of one number tells nothing of the other */
	and $7, %eax
	and $7, %edx
	cmp $1, %eax
	ja 9f
	ADDRESS 1f, %ecx
	jmp *(%ecx,%edx,4)
	.section .data.rel.ro, "aw"
1:	.long 2f, 2f, 2f, 2f, 2f, 2f, 3f, 3f
	.text
2:	ret
3:	sub $300, %esp
	mov %eax, (%esp)
	add $300, %esp
9:	ret
	END hand_ranges

	FUNC hand_middle /* sp is not there: it may still be below */
	push %ebp
	mov %esp, %ebp
	lea -8192(%esp), %ecx
	test %eax, %eax
	je 1f
	sub $8192, %esp
	cmp $1, %eax
	je 1f
	sub $8192, %esp
1:	cmp %ecx, %esp
	je 2f
	call hand_shallow
2:	leave
	ret
	END hand_middle

	FUNC dyn_partly /* one byte is compared, four are used */
	push %ebp
	mov %esp, %ebp
	cmp $16, %al
	ja 1f
	sub %eax, %esp
	mov %eax, (%esp)
1:	leave
	ret
	END dyn_partly

	FUNC hand_loaded /* sp is loaded, and nothing accessed there */
	mov %esp, %eax
	lea -256(%esp), %ecx
	push %ecx
	mov (%esp), %esp
	mov %eax, %esp
	ret
	END hand_loaded

	FUNC hand_later /* a frame is aligned, and later comes from another place, too */
	push %ebp
	mov %esp, %ebp
	jmp 2f
1:	and $-32, %esp
	test %edx, %edx
	jne 5f
	nop
5:	call hand_shallow
	leave
	ret
2:	test %eax, %eax
	je 1b
	cmp $1, %eax
	je 3f
3:	sub $1024, %esp
	cmp $2, %eax
	je 4f
4:	jmp 1b
	END hand_later

	FUNC hand_arguments /* an argument's place holds a pointer that is called */
	ADDRESS hand_deep, %ecx
	mov %ecx, 4(%esp)
	call *4(%esp)
	ret
	END hand_arguments

	FUNC run_hand
	push %ebx
	call ind_chosen
	call ind_repeated
	mov $1, %eax
	call ind_array
	call ind_aligned
	call ind_through
	call hand_pushed
	call hand_manual
	call hand_manual_pops
	call hand_left
	xor %eax, %eax
	mov $7, %edx
	call hand_ranges
	xor %ebx, %ebx
1:	mov %ebx, %eax
	call hand_middle
	mov %ebx, %eax
	mov $1, %edx
	call hand_later
	inc %ebx
	cmp $3, %ebx
	jne 1b
	mov $0x1000, %eax
	call dyn_partly
	call hand_loaded
	push $0
	call hand_arguments
	add $4, %esp
	pop %ebx
	ret
	END run_hand
	.section .note.GNU-stack, "", @progbits
