/* 386: see host.h. */
	.section .note.GNU-stack, "", %progbits
	.text
	.macro FUNC name
	.globl \name
	.type \name, %function
\name:
	.endm

	.macro ENTER
	pushl %ebx
	pushl %esi
	pushl %edi
	pushl %ebp
	movl 20(%esp), %eax
	movl 24(%esp), %ebx
	movl 28(%esp), %ecx
	movl 32(%esp), %edx
	movl 36(%esp), %esi
	movl 40(%esp), %edi
	.endm
	.macro LEAVE
	popl %ebp
	popl %edi
	popl %esi
	popl %ebx
	ret
	.endm

/* long sys6(long n, long a, long b, long c, long d, long e, long f). */
FUNC sys6
	ENTER
	movl 44(%esp), %ebp
	call *sysentry
	LEAVE

FUNC sysslow
	int $0x80
	ret

	.data
	.globl sysentry
	.balign 4
sysentry:
	.long sysslow
	.text

/* long interruptible(long n, long a, ..., long f, uint32_t *npending): while it is in the
 * range of its labels, signals that are noted send it to the last one. */
FUNC interruptible
	ENTER
	movl 48(%esp), %ebp
	.globl interruptible_begin, interruptible_end, interruptible_ended
interruptible_begin:
	cmpl $0, (%ebp)
	jne interruptible_ended
	int $0x80
interruptible_end:
	LEAVE
interruptible_ended:
	movl $-4, %eax
	LEAVE

/* long clonethread(long flags, void *sp, uint32_t *tid, uint32_t *cleartid): the child, on
 * sp, pops a function and its argument. */
FUNC clonethread
	pushl %ebx
	pushl %edi
	movl 12(%esp), %ebx
	movl 16(%esp), %ecx
	movl 20(%esp), %edx
	movl 24(%esp), %edi
	movl $120, %eax
	int $0x80
	testl %eax, %eax
	jz 1f
	popl %edi
	popl %ebx
	ret
1:	xorl %ebp, %ebp
	popl %eax
	call *%eax
	ud2

	.globl copymem_begin, copymem_end, copyword_begin, copyword_end
/* long copymem(void *to, const void *from, uintptr_t n): a fault in the range goes on at its
 * end, with what remains. */
FUNC copymem
	pushl %esi
	pushl %edi
	movl 12(%esp), %edi
	movl 16(%esp), %esi
	movl 20(%esp), %ecx
copymem_begin:
	rep movsb
copymem_end:
	movl %ecx, %eax
	popl %edi
	popl %esi
	ret

/* long copyword(uint32_t *to, const uint32_t *from): likewise. */
FUNC copyword
	movl $1, %ecx
	movl 4(%esp), %edx
copyword_begin:
	movl 8(%esp), %eax
	movl (%eax), %eax
	movl %eax, (%edx)
	xorl %ecx, %ecx
copyword_end:
	movl %ecx, %eax
	ret

/* Where a handler of the image returns to: sp is at its arguments. */
	.globl sigcode_begin, sigcode_number, sigcode_end
sigcode_begin:
	movl 8(%esp), %eax
	pushl %eax
	pushl %eax
	.byte 0xb8 /* movl $0, %eax */
sigcode_number:
	.long 0
	int $0x80
	hlt
sigcode_end:

/* Linux: rt_sigreturn(2), where the host's handlers return to. */
FUNC handler_return
	movl $173, %eax
	int $0x80

/* hostmain(sp as the kernel left it), on an aligned stack. */
FUNC _start
	xorl %ebp, %ebp
	movl %esp, %eax
	andl $-16, %esp
	subl $12, %esp
	pushl %eax
	call hostmain
	ud2
