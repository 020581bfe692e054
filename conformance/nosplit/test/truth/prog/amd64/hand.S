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
	.text
	FUNC hand_deep
	sub $512, %rsp
	mov %rax, (%rsp)
	add $512, %rsp
	ret
	END hand_deep

	FUNC hand_shallow
	ret
	END hand_shallow

	FUNC hand_choose /* *rdi = hand_deep */
	lea hand_deep(%rip), %rax
	mov %rax, (%rdi)
	ret
	END hand_choose

	FUNC ind_chosen /* a callee writes to the pointer that is called through */
	sub $24, %rsp
	lea hand_shallow(%rip), %rax
	mov %rax, 8(%rsp)
	lea 8(%rsp), %rdi
	call hand_choose
	call *8(%rsp)
	add $24, %rsp
	ret
	END ind_chosen

	FUNC ind_read /* the kernel does */
	sub $24, %rsp
	lea hand_shallow(%rip), %rax
	mov %rax, 8(%rsp)
	xor %eax, %eax
	mov $-1, %edi
	lea 8(%rsp), %rsi
	mov $8, %edx
	syscall
	call *8(%rsp)
	add $24, %rsp
	ret
	END ind_read

	FUNC ind_repeated /* a string instruction does */
	sub $40, %rsp
	lea hand_shallow(%rip), %rax
	mov %rax, 16(%rsp)
	lea hand_deep(%rip), %rax
	lea (%rsp), %rdi
	mov $4, %ecx
	rep stosq
	call *16(%rsp)
	add $40, %rsp
	ret
	END ind_repeated

	FUNC ind_array /* a store with an index does */
	sub $40, %rsp
	lea hand_shallow(%rip), %rax
	mov %rax, 16(%rsp)
	lea hand_deep(%rip), %rax
	mov $1, %ecx
	add %rdi, %rcx
	mov %rax, (%rsp,%rcx,8)
	call *16(%rsp)
	add $40, %rsp
	ret
	END ind_array

	FUNC ind_aligned /* a store relative to the aligned sp does */
	push %rbp
	mov %rsp, %rbp
	sub $64, %rsp
	lea hand_shallow(%rip), %rax
	mov %rax, -8(%rbp)
	and $-16, %rsp
	lea hand_deep(%rip), %rax
	mov %rax, 48(%rsp)
	mov %rax, 56(%rsp)
	call *-8(%rbp)
	leave
	ret
	END ind_aligned

	FUNC hand_whoami /* returns its return address, and is no mere pc thunk */
	lea hand_deep(%rip), %rcx
	mov (%rsp), %rax
	ret
	END hand_whoami

	FUNC ind_whoami
	lea hand_shallow(%rip), %rcx
	call hand_whoami
	call *%rcx
	ret
	END ind_whoami

	FUNC ind_retpoline /* jumps to rax */
	call ind_overwrites
1:	pause
	lfence
	jmp 1b
	END ind_retpoline
	FUNC ind_overwrites
	mov %rax, (%rsp)
	ret
	END ind_overwrites
	FUNC ind_through
	lea hand_deep(%rip), %rax
	sub $8, %rsp
	call ind_retpoline
	add $8, %rsp
	ret
	END ind_through

	FUNC ind_pushed /* so does this one */
	push %rdi
	ret
	END ind_pushed
	FUNC ind_pushes
	lea hand_deep(%rip), %rdi
	call ind_pushed
	ret
	END ind_pushes

	FUNC hand_pushed /* here it is known */
	lea hand_deep(%rip), %rax
	push %rax
	ret
	END hand_pushed

	FUNC hand_manual /* a call without call */
	lea 1f(%rip), %rax
	push %rax
	jmp hand_shallow
1:	sub $200, %rsp
	mov %rax, (%rsp)
	add $200, %rsp
	ret
	END hand_manual

	FUNC ind_goto_manual
	mov hand_pointer(%rip), %rcx
	lea 1f(%rip), %rax
	push %rax
	jmp *%rcx
1:	sub $200, %rsp
	mov %rax, (%rsp)
	add $200, %rsp
	ret
	END ind_goto_manual

	FUNC dyn_leaves /* leaves 64 bytes to its caller */
	pop %rcx
	sub $64, %rsp
	jmp *%rcx
	END dyn_leaves
	FUNC hand_left
	call dyn_leaves
	call hand_shallow
	add $64, %rsp
	ret
	END hand_left

	FUNC hand_ranges /* what is known of one number tells nothing of the other */
	and $7, %edi
	and $7, %esi
	cmp $1, %edi
	ja 9f
	lea 1f(%rip), %r8
	jmp *(%r8,%rsi,8)
	.section .data.rel.ro, "aw"
1:	.quad 2f, 2f, 2f, 2f, 2f, 2f, 3f, 3f
	.text
2:	ret
3:	sub $300, %rsp
	mov %rax, (%rsp)
	add $300, %rsp
9:	ret
	END hand_ranges

	FUNC hand_middle /* sp is not there: it may still be below */
	push %rbp
	mov %rsp, %rbp
	mov %rsp, %r11
	sub $8192, %r11
	test %edi, %edi
	je 1f
	sub $8192, %rsp
	cmp $1, %edi
	je 1f
	sub $8192, %rsp
1:	cmp %r11, %rsp
	je 2f
	call hand_shallow
2:	leave
	ret
	END hand_middle

	FUNC dyn_partly /* one byte is compared, eight are used */
	push %rbp
	mov %rsp, %rbp
	cmp $16, %dil
	ja 1f
	sub %rdi, %rsp
	mov %rax, (%rsp)
1:	leave
	ret
	END dyn_partly

	FUNC dyn_half /* four bytes in memory are, and eight used */
	push %rbp
	mov %rsp, %rbp
	sub $16, %rsp
	mov %rdi, -8(%rbp)
	mov -8(%rbp), %eax
	cmp $16, %eax
	ja 1f
	mov -8(%rbp), %rax
	sub %rax, %rsp
	mov %rax, (%rsp)
1:	leave
	ret
	END dyn_half

	FUNC hand_byte /* all of it is compared, and it is what is used */
	push %rbp
	mov %rsp, %rbp
	movzbl %dil, %edi
	cmp $64, %edi
	ja 1f
	and $-16, %edi
	sub %rdi, %rsp
	call hand_shallow
1:	leave
	ret
	END hand_byte

	FUNC hand_large /* a number whose low half is small */
	movabs $0x100000005, %rax
	cmp %rax, %rdi
	ja 1f
	cmp $8, %rdi
	jae 1f
	lea 2f(%rip), %r8
	jmp *(%r8,%rdi,8)
	.section .data.rel.ro, "aw"
2:	.quad 1f, 1f, 1f, 1f, 1f, 1f, 1f, 3f
	.text
3:	sub $300, %rsp
	mov %rax, (%rsp)
	add $300, %rsp
1:	ret
	END hand_large

	FUNC ind_hole /* a table with an entry that is no code */
	cmp $3, %edi
	ja 1f
	mov %edi, %edi
	cmp $1, %edi
	je 1f
	lea 2f(%rip), %r8
	jmp *(%r8,%rdi,8)
	.section .data.rel.ro, "aw"
2:	.quad hand_shallow, -1, hand_shallow, hand_deep
	.text
1:	ret
	END ind_hole

	FUNC hand_loaded /* sp is loaded, and nothing accessed there */
	mov %rsp, %rax
	lea -256(%rsp), %rcx
	push %rcx
	mov (%rsp), %rsp
	mov %rax, %rsp
	ret
	END hand_loaded

	FUNC hand_later /* a frame is aligned, and later comes from another place, too */
	push %rbp
	mov %rsp, %rbp
	jmp 2f
1:	and $-32, %rsp
	test %esi, %esi
	jne 5f
	nop
5:	call hand_shallow
	leave
	ret
2:	test %edi, %edi
	je 1b
	cmp $1, %edi
	je 3f
3:	sub $1024, %rsp
	cmp $2, %edi
	je 4f
4:	jmp 1b
	END hand_later

	FUNC hand_down /* a pointer walks down through the red zone */
	lea -1(%rsp), %rax
	mov $128, %ecx
1:	movb $1, (%rax)
	dec %rax
	dec %ecx
	jne 1b
	ret
	END hand_down

	FUNC hand_negative /* an index counts up to 0 */
	mov $-120, %rax
1:	movb $1, -8(%rsp,%rax)
	inc %rax
	jne 1b
	ret
	END hand_negative

	FUNC run_hand
	push %rbx
	call ind_chosen
	call ind_read
	call ind_repeated
	mov $1, %edi
	call ind_array
	call ind_aligned
	call ind_whoami
	call ind_through
	call ind_pushes
	call hand_pushed
	call hand_manual
	call ind_goto_manual
	call hand_left
	xor %edi, %edi
	mov $7, %esi
	call hand_ranges
	xor %ebx, %ebx
1:	mov %ebx, %edi
	call hand_middle
	mov %ebx, %edi
	mov $1, %esi
	call hand_later
	inc %ebx
	cmp $3, %ebx
	jne 1b
	mov $0x1000, %edi
	call dyn_partly
	mov $0x100000008, %rdi
	shr $20, %rdi
	call dyn_half
	mov $64, %edi
	call hand_byte
	mov $7, %edi
	call hand_large
	mov $3, %edi
	call ind_hole
	call hand_loaded
	call hand_down
	call hand_negative
	pop %rbx
	ret
	END run_hand
	.section .data.rel.ro, "aw"
	.p2align 3
	.globl hand_pointer
hand_pointer:
	.quad hand_shallow
	.section .note.GNU-stack, "", @progbits
