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

/* long sys6(long n, long a, long b, long c, long d, long e, long f). */
FUNC sys6
	LINUX
	syscall
	ret

/* long interruptible(long n, long a, ..., long f, uint32_t *npending): while it is in the
 * range of its labels, signals that are noted send it to the last one. */
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

/* long clonethread(long flags, void *sp, uint32_t *tid, uint32_t *cleartid): the child, on
 * sp, pops a function and its argument. */
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
/* long copymem(void *to, const void *from, uintptr_t n): a fault in the range goes on at its
 * end, with what remains. */
FUNC copymem
	movq %rdx, %rcx
copymem_begin:
	rep movsb
copymem_end:
	movq %rcx, %rax
	ret

/* long copyword(uint32_t *to, const uint32_t *from): likewise. */
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

/* Linux: rt_sigreturn(2), where the host's handlers return to. */
FUNC handler_return
	movl $15, %eax
	syscall

/* hostmain(sp as the kernel left it), on an aligned stack. */
FUNC _start
	xorl %ebp, %ebp
	movq %rsp, %rdi
	andq $-16, %rsp
	call hostmain
	ud2
