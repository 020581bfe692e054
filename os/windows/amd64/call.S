#include "asm.h"

/* intptr_t windows_call(uintptr_t fn: rdi, uintptr_t a: rsi, b: rdx, c: rcx, d: r8, e: r9).
 * The Microsoft convention: rcx, rdx, r8, r9, then 40(rsp) at its entry; the four words
 * below that are the callee's. */
	TEXT windows_call, 64, FuncDynamic
	pushq %rbp
	.cfi_def_cfa_offset 16
	.cfi_offset rbp, -16
	movq %rsp, %rbp
	.cfi_def_cfa_register rbp
	SWITCH andq $-16, %rsp
	subq $48, %rsp
	movq %r9, 32(%rsp)
	movq %r8, %r9
	movq %rcx, %r8
	movq %rsi, %rcx
	call *%rdi
	leave
	.cfi_def_cfa rsp, 8
	ret
	END windows_call
