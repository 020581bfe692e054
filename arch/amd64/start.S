#include "asm.h"
#include "macros.h"

/* void _start(void): the OS leaves argc, argv, envp and auxv at rsp. */
	TEXT _start, 16
	.cfi_undefined rip
	movq %rsp, %rdi
	xorl %ebp, %ebp
	andq $-16, %rsp
	pushq $0
	pushq $0 /* the return address of a trace that ends here */
	call rtstart
	ud2
	END _start

/* The kernel enters on the signal stack: rdi sig, rsi info, rdx ctx. The
 * interrupted code may have been foreign, so g comes from thread-local storage;
 * sigreturn restores r14. */
	TEXT sigtramp, 16
	LOADG(%r14)
	testq %r14, %r14
	jz badsignal
	movq g_m(%r14), %rax
	movq m_gsignal(%rax), %r14
	subq $8, %rsp
	.cfi_adjust_cfa_offset 8
	call sighandler
	addq $8, %rsp
	.cfi_adjust_cfa_offset -8
	ret
	END sigtramp
