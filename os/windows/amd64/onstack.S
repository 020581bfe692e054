#include "asm.h"
#include "macros.h"

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
