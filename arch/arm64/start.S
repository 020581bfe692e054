#include "asm.h"
#include "macros.h"

/* void _start(void): the OS leaves argc, argv, envp and auxv at sp. */
	TEXT _start, 16
	.cfi_undefined x30
	mov x0, sp
	mov x29, #0
	stp x0, xzr, [sp, #-16]! /* the return address of a trace that ends here */
	.cfi_adjust_cfa_offset 16
	bl rtstart
	udf #0
	END _start

/* The kernel enters on the signal stack: x0 sig, x1 info, x2 ctx. The interrupted code may
 * have been foreign, so g comes from thread-local storage; sigreturn restores x28. */
	TEXT sigtramp, 16
	LOADG x3
	cbz x3, 1f
	FRAME
	ldr x3, [x3, #g_m]
	ldr x28, [x3, #m_gsignal]
	bl sighandler
	UNFRAME
	ret
1:	b badsignal
	END sigtramp
