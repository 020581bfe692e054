/* amd64: see host.h. */
	.section .note.GNU-stack, "", %progbits
	.text
	.macro FUNC name
	.globl \name
	.type \name, %function
\name:
	.endm

	.macro LINUX
	movq %rdi, %rax
	movq %rsi, %rdi
	movq %rdx, %rsi
	movq %rcx, %rdx
	movq %r8, %r10
	movq %r9, %r8
	movq 8(%rsp), %r9
	.endm

FUNC sys6
	LINUX
	syscall
	ret

FUNC interruptible
	LINUX
	movq 16(%rsp), %r11
	.globl interruptible_begin, interruptible_end, interruptible_ended
interruptible_begin:
	cmpl $0, (%r11)
	jne interruptible_ended
	syscall
interruptible_end:
	ret
interruptible_ended:
	movq $-4, %rax
	ret

FUNC clonethread
	movq %rcx, %r10
	movl $56, %eax
	syscall
	testq %rax, %rax
	jz 1f
	ret
1:	xorl %ebp, %ebp
	popq %rax
	popq %rdi
	call *%rax
	ud2

	.globl copymem_begin, copymem_end, copyword_begin, copyword_end
FUNC copymem
	movq %rdx, %rcx
copymem_begin:
	rep movsb
copymem_end:
	movq %rcx, %rax
	ret

FUNC copyword
	movl $1, %ecx
copyword_begin:
	movl (%rsi), %eax
	movl %eax, (%rdi)
	xorl %ecx, %ecx
copyword_end:
	movl %ecx, %eax
	ret

/* Where a handler of the image returns to: sp is behind its return address. */
	.globl sigcode_begin, sigcode_number, sigcode_end
sigcode_begin:
	movq (%rsp), %rdi
	.byte 0xb8 /* movl $0, %eax */
sigcode_number:
	.long 0
	syscall
	hlt
sigcode_end:

FUNC handler_return
	movl $15, %eax
	syscall

FUNC _start
	xorl %ebp, %ebp
	movq %rsp, %rdi
	andq $-16, %rsp
	call hostmain
	ud2
