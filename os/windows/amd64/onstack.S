#include "asm.h"

/* void windows_onstack(uintptr_t sp: rdi, int32_t sig: esi, void *info: rdx, void *ctx:
 * rcx). rbp stays on the stack of the caller, whose r14 sigtramp does not keep. */
	TEXT windows_onstack, 24, FuncDynamic
	pushq %rbp
	.cfi_def_cfa_offset 16
	.cfi_offset rbp, -16
	movq %rsp, %rbp
	.cfi_def_cfa_register rbp
	pushq %r14
	.cfi_offset r14, -24
	SWITCH movq %rdi, %rsp
	movl %esi, %edi
	movq %rdx, %rsi
	movq %rcx, %rdx
	call sigtramp
	movq -8(%rbp), %r14
	.cfi_restore r14
	leave
	.cfi_def_cfa rsp, 8
	ret
	END windows_onstack
