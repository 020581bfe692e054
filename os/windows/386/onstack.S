#include "asm.h"
#include "macros.h"

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
