#include "asm.h"
#include "macros.h"

/* intptr_t windows_call(uintptr_t fn, uintptr_t a, b, c, d, e). fn pops what it takes, and
 * the frame's end pops the rest. */
	TEXT windows_call, 32, FuncDynamic
	LINK
	SWITCH andl $-16, %esp
	.irp at, 28, 24, 20, 16, 12
	pushl \at(%ebp)
	.endr
	call *8(%ebp)
	UNLINK
	END windows_call
