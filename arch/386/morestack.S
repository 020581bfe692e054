#include "asm.h"
#include "macros.h"

/* A split prologue comes here with
 *	eax	frame / 16 << 12 | argument words
 *	(esp)	return address in the slow path of the prologue: a ret of 3 bytes,
 *		then the distance from there to the body, 32 bits
 *	4(esp)	return address of the split function, then its argument words
 * Scratch: eax, ecx, edx. */
#define LOAD(value) movl $value, %eax
#define SHIFT shll $PackFrameShift, %eax
#define GO jmp __morestack
#include "moreentry.h"

/* ebp stays on the old segment and makes the frame; the word below it is free once
 * esp has left. ecx g, edx the next segment. While the function runs, ecx and edx
 * are not what the frame outside had: debuggers must not show them there. */
	TEXT __morestack, 20, align=1
	LINK
.Lretry:
	movl G_OPERAND, %ecx
	movl g_stackbase(%ecx), %edx
	cmpl $StackPoison, g_stackguard0(%ecx) /* newstack looks why */
	je .Lcold
	movl stktop_next(%edx), %edx
	testl %edx, %edx
	jz .Lcold
	SWITCH movl %edx, %esp
	testl %eax, %eax
	jnz .Lsized
.Lswitch:
	movl stktop_guard(%edx), %eax
	movl %eax, g_stackguard0(%ecx)
	movl %edx, g_stackbase(%ecx)
	movl %ebp, stktop_oldsp(%edx)
	movl 4(%ebp), %eax
	addl 3(%eax), %eax
	.cfi_remember_state
	.cfi_undefined ecx, edx
	call *%eax

/* Return registers live: eax, edx, st0, xmm0. ecx g; eax, kept below ebp, the
 * segment that is left, then the one before. */
	.globl lessstack
lessstack:
	movl G_OPERAND, %ecx
	movl %eax, -4(%ebp)
	movl g_stackbase(%ecx), %eax
	cmpl $0, stktop_next(%eax)
	jne .Lfree
	movl stktop_prev(%eax), %eax
	movl %eax, g_stackbase(%ecx)
	cmpl $StackPoison, g_stackguard0(%ecx) /* stays poisoned */
	je 1f
	movl stktop_guard(%eax), %eax
	movl %eax, g_stackguard0(%ecx)
1:	movl -4(%ebp), %eax
	leave
	.cfi_restore ebp
	.cfi_def_cfa esp, 4
	ret
	.cfi_restore_state

/* Room for the argument words and the frame; ebx, kept below ebp, is scratch. */
.Lsized:
	movl %ebx, -4(%ebp)
	.cfi_remember_state
	.cfi_offset ebx, -12
	movl %eax, %ebx
	andl $PackArgMask, %ebx
	shll $2, %ebx
	subl %ebx, %esp
	andl $-16, %esp
	movl %eax, %ebx
	shrl $PackFrameShift-4, %ebx /* bytes, and at most 15 of the words' bits */
	subl $StackSmall, %ebx
	jae 1f
	xorl %ebx, %ebx
1:	negl %ebx
	leal -CallSize(%esp,%ebx), %ebx
	cmpl stktop_guard(%edx), %ebx
	movl -4(%ebp), %ebx
	jbe .Lcold
	andl $PackArgMask, %eax
	jz .Lswitch
2:	movl MoreRet(%ebp,%eax,4), %ebx
	movl %ebx, -4(%esp,%eax,4)
	decl %eax
	jnz 2b
	movl -4(%ebp), %ebx
	jmp .Lswitch
	.cfi_restore_state

/* newstack(more) on g0, then take the split again. ecx g, edx m, ebx g0. What the
 * ABI preserves goes to g->sched: newstack may run other goroutines first. So does
 * an address in the function. */
.Lcold:
	movl %ebp, %esp
	movl 4(%ebp), %edx
	movl %edx, g_sched+gobuf_pc(%ecx)
	movl g_m(%ecx), %edx
	cmpl m_curg(%edx), %ecx
	jne .Lbad
	PRESERVE %ecx, g_sched
	movl m_g0(%edx), %ebx
	SWITCH movl g_sched+gobuf_sp(%ebx), %esp
	subl $MoreRegsSize, %esp
	movl %ebp, more_oldsp(%esp)
	movl %eax, more_packed(%esp)
	movl %ebx, G_OPERAND
	pushl %esp
	.cfi_remember_state
	.cfi_undefined ebx
	call newstack
	movl g_m(%ebx), %ecx
	movl m_curg(%ecx), %ecx
	movl %ecx, G_OPERAND
	movl g_sched+gobuf_regs(%ecx), %ebx
	.cfi_restore_state
	addl $4, %esp
.Lrestore:
	movl more_packed(%esp), %eax
	jmp .Lretry
	.globl moreresume
moreresume:
	movl more_oldsp(%esp), %ebp
	jmp .Lrestore

/* g0 or gsignal: as if the caller of the split function called badmorestack. */
.Lbad:
	SWITCH leal MoreRet(%ebp), %esp /* both have room of their own for this */
	.cfi_remember_state
	movl (%ebp), %ebp
	.cfi_restore ebp
	.cfi_def_cfa esp, 4
	jmp badmorestack
	.cfi_restore_state

/* oldstack() on g0 frees the segment behind the one that is left. The core is
 * built without vector and FP registers, so only integers need saving: eax is
 * below ebp, edx goes to g0's stack. */
.Lfree:
	.cfi_undefined ecx, edx
	movl g_m(%ecx), %eax
	movl m_g0(%eax), %eax
	movl %eax, G_OPERAND
	SWITCH movl g_sched+gobuf_sp(%eax), %esp
	pushl %edx
	call oldstack
	popl %edx
	movl G_OPERAND, %ecx
	movl g_m(%ecx), %ecx
	movl m_curg(%ecx), %ecx
	movl %ecx, G_OPERAND
	movl -4(%ebp), %eax
	jmp lessstack
	END __morestack
