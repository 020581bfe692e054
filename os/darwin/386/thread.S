#include "asm.h"

/* Where a thread begins (bsdthread_register): edx the argument, edi the stack, and esp
 * somewhere below. */
	TEXT darwin_start, 0
	.cfi_undefined eip
	RESUME movl %edi, %esp
	movl %edx, (%esp)
	xorl %ebp, %ebp
	call bsd_thread
	ud2
	END darwin_start

/* What the kernel calls for a signal, 4(%esp): the handler, sigtramp; the style of its
 * arguments, sig, info, ctx. sigreturn(ctx, style) restores all registers. */
	TEXT darwin_tramp, 0
	.cfi_undefined eip
	movl 8(%esp), %esi
	movl 20(%esp), %edi
	pushl %edi
	.cfi_adjust_cfa_offset 4
	pushl 20(%esp)
	.cfi_adjust_cfa_offset 4
	pushl 20(%esp)
	.cfi_adjust_cfa_offset 4
	call sigtramp
	movl %edi, 4(%esp)
	movl %esi, 8(%esp)
	movl $184, %eax
	int $0x80
	ud2
	END darwin_tramp
