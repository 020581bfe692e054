#include "asm.h"

/* Where a thread begins (bsdthread_register): rcx the argument, r8 the stack, and rsp
 * somewhere below. */
	TEXT darwin_start, 0
	.cfi_undefined rip
	RESUME movq %r8, %rsp
	movq %rcx, %rdi
	xorl %ebp, %ebp
	call bsd_thread
	ud2
	END darwin_start

/* What the kernel calls for a signal: rdi the handler, sigtramp; rsi the style of its
 * arguments, rdx sig, rcx info, r8 ctx. sigreturn(ctx, style) restores all registers. */
	TEXT darwin_tramp, 0
	.cfi_undefined rip
	movl %esi, %r12d
	movq %r8, %rbx
	movl %edx, %edi
	movq %rcx, %rsi
	movq %r8, %rdx
	subq $8, %rsp
	.cfi_adjust_cfa_offset 8
	call sigtramp
	movq %rbx, %rdi
	movl %r12d, %esi
	movl $0x2000000 + 184, %eax
	syscall
	ud2
	END darwin_tramp
