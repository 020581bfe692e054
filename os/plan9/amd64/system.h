/* amd64: rbp number, arguments from 8(rsp) on. Of the registers that the C ABI preserves
 * a kernel keeps none (9k all but rbp are lost, 9front all but r14 and r15), so they wait
 * in the running g's sched, which is free while it runs, and g itself on the stack: in the
 * word that the kernel skips. r14 g. */
#include "asm.h"
#include "macros.h"

	/* While they wait: DW_CFA_expression reg, at *(uintptr_t *)rsp + offset */
	.macro WAITS reg, offset
	.cfi_escape 0x10, \reg, 5, 0x77, 0, 6, 0x23, g_sched+gobuf_regs+\offset
	.endm

	.macro SYSTEM number
	pushq %r14
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r14, 0
	movl $\number, %ebp
	WAITS 3, 0
	WAITS 6, 8
	WAITS 12, 16
	WAITS 13, 24
	WAITS 15, 32
	syscall
	.endm

	/* words of arguments are on the stack */
	.macro BACK words
	popq %r14
	.cfi_adjust_cfa_offset -8
	addq $8*\words, %rsp
	.cfi_adjust_cfa_offset -8*\words
	RESTORE %r14, g_sched
	.irp reg, rbx, rbp, r12, r13, r14, r15
	.cfi_restore \reg
	.endr
	ret
	.endm
