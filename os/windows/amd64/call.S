#include "asm.h"
#include "macros.h"

/* intptr_t windows_call(uintptr_t call[8]: rdi). The Microsoft convention: rcx, rdx, r8, r9, then the stack above four words that are the callee's.
 * rax scratch. */
	TEXT windows_call, 80, FuncDynamic
	LINK
	SWITCH andq $-16, %rsp
	subq $64, %rsp
	.irp at, 32, 40, 48
	movq 8+\at(%rdi), %rax
	movq %rax, \at(%rsp)
	.endr
	movq 8(%rdi), %rcx
	movq 16(%rdi), %rdx
	movq 24(%rdi), %r8
	movq 32(%rdi), %r9
	call *(%rdi)
	UNLINK
	END windows_call
