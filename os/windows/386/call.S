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
