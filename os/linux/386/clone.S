#include "asm.h"
#include "macros.h"

	.macro POP reg
	popl %\reg
	.cfi_adjust_cfa_offset -4
	.cfi_restore \reg
	.endm

/* intptr_t linux_clone(uintptr_t flags, void *sp, uint32_t *cleartid, struct m
 * *mp). The kernel wants them in ebx, ecx, edi; ebp hands mp to the child, which
 * has all registers of the parent but esp. Not through AT_SYSINFO: that entry
 * returns by the stack, and the child has another one. */
	TEXT linux_clone, 8
	PUSH ebx
	PUSH edi
	PUSH ebp
	movl 16(%esp), %ebx
	movl 20(%esp), %ecx
	movl 24(%esp), %edi
	movl 28(%esp), %ebp
	movl $120, %eax
	int $0x80
	testl %eax, %eax
	jz 1f
	POP ebp
	POP edi
	POP ebx
	ret
1:	.cfi_undefined eip
	SWITCH pushl $0 /* the return address of a trace that ends here */
	pushl %ebp
	call linux_thread
	ud2
	END linux_clone

/* Pushes as much as the kernel's own entry does (ecx, edx, ebp: vdso32/system_call.S),
 * in whose place the stack analyzer counts it. */
	TEXT linux_int80, 16
	FRAME
	pushl %ebx
	int $0x80
	UNFRAME
	END linux_int80

	TEXT linux_restorer, 0
	movl $173, %eax
	int $0x80
	ud2
	END linux_restorer
