#include "asm.h"

/* void _start(void): the OS leaves argc, argv, envp and auxv at esp. */
	TEXT _start, 16
	.cfi_undefined eip
	movl %esp, %eax
	xorl %ebp, %ebp
	andl $-16, %esp
	subl $16, %esp
	movl $0, 12(%esp) /* the return address of a trace that ends here */
	movl %eax, (%esp)
	call rtstart
	ud2
	END _start

/* The kernel enters on the signal stack: 4(esp) sig, info, ctx. ebx keeps g. */
	TEXT sigtramp, 20
	pushl %ebx
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset ebx, 0
	movl G_OPERAND, %ebx
	movl g_m(%ebx), %eax
	movl m_gsignal(%eax), %eax
	movl %eax, G_OPERAND
	.rept 3
	pushl 16(%esp)
	.cfi_adjust_cfa_offset 4
	.endr
	call sighandler
	addl $12, %esp
	.cfi_adjust_cfa_offset -12
	movl %ebx, G_OPERAND
	popl %ebx
	.cfi_adjust_cfa_offset -4
	.cfi_restore ebx
	ret
	END sigtramp
