#include "asm.h"
#include "macros.h"

/* Saves the caller's context in the gobuf at reg, but for g and ret; clobbers eax. */
	.macro SAVE reg, at
	movl (%esp), %eax
	movl %eax, \at+gobuf_pc(\reg)
	leal 4(%esp), %eax
	movl %eax, \at+gobuf_sp(\reg)
	PRESERVE \reg, \at
	.endm

/* bool gosave(struct gobuf *b) */
	TEXT gosave, 4
	movl G_OPERAND, %ecx
	movl 4(%esp), %edx
	SAVE %edx, 0
	movl %ecx, gobuf_g(%edx)
	movl $1, gobuf_ret(%edx)
	xorl %eax, %eax
	ret
	END gosave

/* void gogo(struct gobuf *b). Ends in an indirect jump: a ret would be
 * mispredicted. ecx is b. */
	TEXT gogo, 4
	movl 4(%esp), %ecx
	movl gobuf_g(%ecx), %eax
	movl %eax, G_OPERAND
	RESUME movl gobuf_sp(%ecx), %esp
	.cfi_undefined eip
	movl gobuf_regs(%ecx), %ebx
	movl gobuf_regs+4(%ecx), %ebp
	movl gobuf_regs+8(%ecx), %esi
	movl gobuf_regs+12(%ecx), %edi
	movl gobuf_ret(%ecx), %eax
	jmp *gobuf_pc(%ecx)
	END gogo

/* bool mcall(void (*fn)(struct g *)). ecx g, edx g0. */
	TEXT mcall, 8
	movl G_OPERAND, %ecx
	movl g_m(%ecx), %edx
	movl m_g0(%edx), %edx
	cmpl %edx, %ecx
	je badmcall
	SAVE %ecx, g_sched
	movl 4(%esp), %eax
	movl %edx, G_OPERAND
	SUSPEND movl g_sched+gobuf_sp(%edx), %esp
	.cfi_undefined eip
	pushl $0
	pushl %ecx
	call *%eax
	call badmcall
	END mcall

/* void reflectcall(void (*fn)(void), uintptr_t *words, uint32_t n). ebx words,
 * ecx words still to copy. */
	TEXT reflectcall, 12, FuncDynamic, kind=FuncSplit
	movl 12(%esp), %ecx
	leal 64(,%ecx,4), %edx
	movl G_OPERAND, %ecx
	movl (%ecx), %eax
	addl %edx, %eax
	cmpl %eax, %esp
	ja 1f
	leal StackSmall+PackFrameUnit-1(%edx), %eax
	shrl $4, %eax
	shll $PackFrameShift, %eax
	orl $3, %eax
	call morestack11
	ret $0
	.long 1f - . + 3
1:	FRAME
	SWITCH movl 12(%ebp), %ebx /* the check has made room for the words */
	movl 16(%ebp), %ecx
	jecxz 3f
2:	pushl -4(%ebx,%ecx,4)
	loop 2b
3:	call *8(%ebp)
	movl %eax, (%ebx)
	movl %edx, 4(%ebx)
	UNFRAME
	END reflectcall

/* intptr_t asmcgocall(intptr_t (*fn)(void *), void *arg). edx g, which waits on g0's
 * stack; ecx m, then g0. On g0 and gsignal the stack stays. cgocallback relies on the
 * frame: CallbackFrame bytes below the caller's sp. */
	TEXT asmcgocall, 8, FuncDynamic
	LINK
	movl G_OPERAND, %edx
	movl g_m(%edx), %ecx
	cmpl m_curg(%ecx), %edx
	jne 1f
	leal 8(%ebp), %eax /* for traces and for cgocallback */
	movl %eax, g_sched+gobuf_sp(%edx)
	movl 4(%ebp), %eax
	movl %eax, g_sched+gobuf_pc(%edx)
	movl m_g0(%ecx), %ecx
	movl %ecx, G_OPERAND
	SWITCH movl g_sched+gobuf_sp(%ecx), %esp
1:	SWITCH andl $-16, %esp
	subl $8, %esp
	pushl %edx
	pushl 12(%ebp)
	call *8(%ebp)
	popl %ecx
	popl G_OPERAND
	UNLINK
	END asmcgocall
