#include "asm.h"
#include "macros.h"

/* intptr_t windows_call(uintptr_t call[8]: rdi). The Microsoft convention: rcx, rdx, r8,
 * r9, then the stack, above four words that are the callee's. */
	TEXT windows_call, 80, FuncDynamic
	LINK
	SWITCH andq $-16, %rsp
	.irp at, 56, 56, 48, 40 /* the first one fills up to 16 bytes */
	pushq \at(%rdi)
	.endr
	subq $32, %rsp
	FETCH %rdi, 8, rcx, rdx, r8, r9
	call *(%rdi)
	UNLINK
	END windows_call

/* void windows_onstack(uintptr_t sp: rdi, int32_t sig: esi, void *info: rdx, void *ctx:
 * rcx). rbp stays on the stack of the caller, whose r14 sigtramp does not keep. */
	TEXT windows_onstack, 24, FuncDynamic
	LINK
	pushq %r14
	.cfi_offset r14, -24
	SWITCH movq %rdi, %rsp
	movl %esi, %edi
	movq %rdx, %rsi
	movq %rcx, %rdx
	call sigtramp
	movq -8(%rbp), %r14
	.cfi_restore r14
	UNLINK
	END windows_onstack
