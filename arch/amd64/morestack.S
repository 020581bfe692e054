#include "asm.h"
#include "macros.h"

/* A split prologue jumps here with
 *	r11	frame / 16 << 12 | argument words
 *	r10	the body of the function, behind its check
 *	(rsp)	return address of the split function, then its argument words
 * and argument registers live. Scratch: rax. */
#define LOAD(value) movl $value, %r11d
#define SHIFT shll $PackFrameShift, %r11d
#define GO jmp __morestack
#include "moreentry.h"

/* rbp stays on the old segment and makes the frame; rbx is the new segment, also
 * while the function runs. While it or newstack runs, what it took as arguments is
 * not what the frame outside had: debuggers must not show it there. */
#define ARGUMENTS rdi, rsi, rdx, rcx, r8, r9, xmm0, xmm1, xmm2, xmm3, xmm4, xmm5, xmm6, xmm7
	TEXT __morestack, 24, align=1
	pushq %rbp
	.cfi_def_cfa_offset 16
	.cfi_offset rbp, -16
	movq %rsp, %rbp
	.cfi_def_cfa_register rbp
	pushq %rbx
	.cfi_offset rbx, -24
.Lretry:
	movq g_stackbase(%r14), %rbx
	cmpq $StackPoison, g_stackguard0(%r14) /* newstack looks why */
	je .Lcold
	movq stktop_next(%rbx), %rbx
	testq %rbx, %rbx
	jz .Lcold
	SWITCH movq %rbx, %rsp
	testl %r11d, %r11d
	jnz .Lsized
.Lswitch:
	movq stktop_guard(%rbx), %rax
	movq %rax, g_stackguard0(%r14)
	movq %rbx, g_stackbase(%r14)
	movq %rbp, stktop_oldsp(%rbx)
	.cfi_remember_state
	.cfi_undefined ARGUMENTS
	call *%r10

/* Return registers live: rax, rdx, xmm0-1, st0-1. rbx the segment that is left, then
 * the one before. The ret pairs with the call of the function's caller. */
	.globl lessstack
lessstack:
	cmpq $0, stktop_next(%rbx)
	jne .Lfree
	movq stktop_prev(%rbx), %rbx
	movq %rbx, g_stackbase(%r14)
	cmpq $StackPoison, g_stackguard0(%r14) /* stays poisoned */
	je 1f
	movq stktop_guard(%rbx), %rcx
	movq %rcx, g_stackguard0(%r14)
1:	movq -8(%rbp), %rbx
	.cfi_restore rbx
	leave
	.cfi_restore rbp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_restore_state

/* Room for the argument words and the frame. */
.Lsized:
	movl %r11d, %eax
	andl $PackArgMask, %eax
	shll $3, %eax
	subq %rax, %rsp
	andq $-16, %rsp
	movl %r11d, %eax
	shrl $PackFrameShift-4, %eax /* bytes, and at most 15 of the words' bits */
	subl $StackSmall, %eax
	jae 1f
	xorl %eax, %eax
1:	negq %rax
	leaq -CallSize(%rsp,%rax), %rax
	cmpq stktop_guard(%rbx), %rax
	jbe .Lcold
	andl $PackArgMask, %r11d
	jz .Lswitch
2:	movq MoreRet(%rbp,%r11,8), %rax
	movq %rax, -8(%rsp,%r11,8)
	decl %r11d
	jnz 2b
	jmp .Lswitch

/* newstack(more) on g0, then take the split again. rbx m, rax g0. What the ABI
 * preserves goes to g->sched: newstack may run other goroutines first. So does an
 * address in the function. */
.Lcold:
	leaq -8(%rbp), %rsp
	movq %r10, g_sched+gobuf_pc(%r14)
	movq g_m(%r14), %rbx
	cmpq m_curg(%rbx), %r14
	jne .Lbad
	PRESERVE %r14, g_sched
	movq m_g0(%rbx), %rax
	SWITCH movq g_sched+gobuf_sp(%rax), %rsp
	subq $MoreRegsSize, %rsp
	movq %rbp, more_oldsp(%rsp)
	movq %r11, more_packed(%rsp)
	STORE %rsp, more_regs, rdi, rsi, rdx, rcx, r8, r9, r10
	.irp i, 0, 1, 2, 3, 4, 5, 6, 7
	movups %xmm\i, more_regs+56+16*\i(%rsp)
	.endr
	movq %rax, %r14
	movq %rsp, %rdi
	.cfi_remember_state
	.cfi_undefined ARGUMENTS
	call newstack
	movq g_m(%r14), %rax
	movq m_curg(%rax), %r14
.Lrestore:
	FETCH %rsp, more_regs, rdi, rsi, rdx, rcx, r8, r9, r10
	.irp i, 0, 1, 2, 3, 4, 5, 6, 7
	movups more_regs+56+16*\i(%rsp), %xmm\i
	.endr
	movq more_packed(%rsp), %r11
	jmp .Lretry
	.globl moreresume
moreresume:
	movq more_oldsp(%rsp), %rbp
	jmp .Lrestore
	.cfi_restore_state

/* g0 or gsignal: as if the caller of the split function called badmorestack. */
.Lbad:
	SWITCH leaq MoreRet(%rbp), %rsp /* both have room of their own for this */
	.cfi_remember_state
	movq -8(%rbp), %rbx
	.cfi_restore rbx
	movq (%rbp), %rbp
	.cfi_restore rbp
	.cfi_def_cfa rsp, 8
	jmp badmorestack
	.cfi_restore_state

/* oldstack() on g0 frees the segment behind the one that is left. The core is
 * built without vector and FP registers, so only integers need saving. */
.Lfree:
	.cfi_undefined ARGUMENTS
	movq g_m(%r14), %rcx
	movq m_g0(%rcx), %r14
	SWITCH movq g_sched+gobuf_sp(%r14), %rsp
	pushq %rax
	pushq %rdx
	call oldstack
	popq %rdx
	popq %rax
	movq g_m(%r14), %rcx
	movq m_curg(%rcx), %r14
	jmp lessstack
	END __morestack
