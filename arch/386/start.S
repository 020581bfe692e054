#include "asm.h"

/* void _start(void): the OS leaves argc, argv, envp and auxv at esp. */
	TEXT _start, 8
	.cfi_undefined eip
	movl %esp, %eax
	xorl %ebp, %ebp
	andl $-16, %esp
	pushl $0 /* the return address of a trace that ends here */
	pushl %eax
	call rtstart
	ud2
	END _start

/* The kernel enters on the signal stack: 4(esp) sig, info, ctx. ebx keeps g; sigreturn restores the registers. */
	TEXT sigtramp, 16
	movl G_OPERAND, %ebx
	testl %ebx, %ebx
	jz badsignal
	movl g_m(%ebx), %eax
	movl m_gsignal(%eax), %eax
	movl %eax, G_OPERAND
	.rept 3
	pushl 12(%esp)
	.cfi_adjust_cfa_offset 4
	.endr
	call sighandler
	addl $12, %esp
	.cfi_adjust_cfa_offset -12
	movl %ebx, G_OPERAND
	ret
	END sigtramp
