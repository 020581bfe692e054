#include "asm.h"

/* intptr_t linux_clone(uintptr_t flags: rdi, void *sp: rsi, uint32_t *cleartid:
 * rdx, struct m *mp: rcx). The kernel wants cleartid in r10; r12 hands mp to the
 * child, which has all registers of the parent but rsp. */
	TEXT linux_clone, 16
	pushq %r12
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r12, 0
	movq %rcx, %r12
	movq %rdx, %r10
	movl $56, %eax
	syscall
	testl %eax, %eax
	jz 1f
	popq %r12
	.cfi_adjust_cfa_offset -8
	.cfi_restore r12
	ret
1:	.cfi_undefined rip
	SWITCH movq %r12, %rdi
	xorl %ebp, %ebp
	pushq $0
	pushq $0 /* the return address of a trace that ends here */
	call linux_thread
	ud2
	END linux_clone

	TEXT linux_restorer, 0
	movl $15, %eax
	syscall
	ud2
	END linux_restorer
