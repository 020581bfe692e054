/* The floor of mcall and gogo: the least that goes to another stack and comes
 * back. */
#include "asm.h"

/* void floorswitch(struct floorswitch *s: rdi). sp pc rbx rbp r12 r13 r15, then sp
 * and pc of the other side. */
	TEXT floorswitch, 8
	movq (%rsp), %rax
	movq %rax, 8(%rdi)
	leaq 8(%rsp), %rax
	movq %rax, (%rdi)
	movq %rbx, 16(%rdi)
	movq %rbp, 24(%rdi)
	movq %r12, 32(%rdi)
	movq %r13, 40(%rdi)
	movq %r15, 48(%rdi)
	movq 56(%rdi), %rsp
	jmp *64(%rdi)
	END floorswitch

/* The other side: goes back at once. */
	TEXT floorback, 0
	movq 16(%rdi), %rbx
	movq 24(%rdi), %rbp
	movq 32(%rdi), %r12
	movq 40(%rdi), %r13
	movq 48(%rdi), %r15
	movq (%rdi), %rsp
	jmp *8(%rdi)
	END floorback
