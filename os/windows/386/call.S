#include "asm.h"
#include "macros.h"

/* intptr_t windows_call(uintptr_t call[8]). eax call. The function pops what it takes, and
 * the frame's end pops the rest. */
	TEXT windows_call, 36, FuncDynamic
	LINK
	SWITCH andl $-16, %esp
	movl 8(%ebp), %eax
	.irp at, 28, 24, 20, 16, 12, 8, 4
	pushl \at(%eax)
	.endr
	call *(%eax)
	UNLINK
	END windows_call

/* void windows_onstack(uintptr_t sp, int32_t sig, void *info, void *ctx). ebp stays on the
 * stack of the caller, whose ebx sigtramp does not keep. */
	TEXT windows_onstack, 8, FuncDynamic
	FRAME
	SWITCH movl 8(%ebp), %esp
	pushl 20(%ebp)
	pushl 16(%ebp)
	pushl 12(%ebp)
	call sigtramp
	UNFRAME
	END windows_onstack
