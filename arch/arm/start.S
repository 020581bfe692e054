#include "asm.h"
#include "macros.h"

/* void _start(void): the OS leaves argc, argv, envp and auxv at sp. */
	TEXT _start, 8
	.cfi_undefined lr
	mov r0, sp
	mov fp, #0
	bic ip, sp, #7
	mov sp, ip
	mov r1, #0 /* the return address of a trace that ends here */
	push {r0, r1}
	bl rtstart
	udf #0
	END _start

/* The kernel enters on the signal stack: r0 sig, r1 info, r2 ctx. The interrupted
 * code may have been foreign, so g comes from thread-local storage; sigreturn
 * restores r10. */
	TEXT sigtramp, 8
	mrc p15, 0, r3, c13, c0, 3
	ldr ip, 1f
	ldr r3, [r3, ip]
	cmp r3, #0
	beq badsignal
	LINK fp, lr
	ldr r3, [r3, #g_m]
	ldr r10, [r3, #m_gsignal]
	bl sighandler
	pop {fp, pc}
1:	.word G_OPERAND
	END sigtramp
