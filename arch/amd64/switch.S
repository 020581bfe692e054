#include "asm.h"
#include "macros.h"

/* Saves the caller's context in the gobuf at reg, but for g and ret; clobbers rax. */
	.macro SAVE reg, at
	movq (%rsp), %rax
	movq %rax, \at+gobuf_pc(\reg)
	leaq 8(%rsp), %rax
	movq %rax, \at+gobuf_sp(\reg)
	PRESERVE \reg, \at
	.endm

/* bool gosave(struct gobuf *b: rdi) */
	TEXT gosave, 8
	SAVE %rdi, 0
	movq %r14, gobuf_g(%rdi)
	movq $1, gobuf_ret(%rdi)
	xorl %eax, %eax
	ret
	END gosave

/* void gogo(struct gobuf *b: rdi). Ends in an indirect jump: a ret would be
 * mispredicted. */
	TEXT gogo, 8
	RESUME movq gobuf_sp(%rdi), %rsp
	.cfi_undefined rip
	movq gobuf_g(%rdi), %r14
	RESTORE %rdi, 0
	movl gobuf_ret(%rdi), %eax
	jmp *gobuf_pc(%rdi)
	END gogo

/* bool mcall(void (*fn)(struct g *): rdi). rcx g0. */
	TEXT mcall, 8
	movq g_m(%r14), %rcx
	movq m_g0(%rcx), %rcx
	cmpq %rcx, %r14
	je badmcall
	SAVE %r14, g_sched
	movq %rdi, %rax
	movq %r14, %rdi
	movq %rcx, %r14
	SUSPEND movq g_sched+gobuf_sp(%rcx), %rsp
	.cfi_undefined rip
	pushq $0
	.cfi_adjust_cfa_offset 8
	call *%rax
	call badmcall
	END mcall

/* void reflectcall(void (*fn)(void): rdi, uintptr_t *words: rsi, uint32_t n: edx).
 * rbx words, rax fn, rcx words that go on the stack. */
	TEXT reflectcall, 32, FuncDynamic, kind=FuncSplit
	movl %edx, %edx
	leaq 64(,%rdx,8), %r11
	movq (%r14), %rax
	addq %r11, %rax
	cmpq %rax, %rsp
	ja 1f
	addl $StackSmall+PackFrameUnit-1, %r11d
	shrl $4, %r11d
	leaq 1f(%rip), %r10
	jmp morestack10
1:	LINK
	pushq %rbx
	.cfi_offset rbx, -24
	pushq %rbx
	SWITCH movq %rsi, %rbx /* the check has made room for the words */
	movq %rdi, %rax
	movl %edx, %ecx
	subl $6, %ecx
	jbe 3f
	leaq (,%rcx,8), %rdx
	subq %rdx, %rsp
	andq $-16, %rsp
2:	movq 5*8(%rbx,%rcx,8), %rdx
	movq %rdx, -8(%rsp,%rcx,8)
	decl %ecx
	jnz 2b
3:	FETCH %rbx, 0, rdi, rsi, rdx, rcx, r8, r9
	call *%rax
	movq %rax, (%rbx)
	movq %rdx, 8(%rbx)
	movq -8(%rbp), %rbx
	UNLINK
	END reflectcall

/* intptr_t asmcgocall(intptr_t (*fn)(void *): rdi, void *arg: rsi). rax fn, rcx m, rdx
 * g, which rbx keeps: that waits on g0's stack, at 8(rsp). On g0 and gsignal the stack
 * stays. cgocallback relies on the frame: CallbackFrame bytes below the caller's sp. */
	TEXT asmcgocall, 16, FuncDynamic
	LINK
	movq %rdi, %rax
	movq %rsi, %rdi
	movq %r14, %rdx
	movq g_m(%rdx), %rcx
	cmpq m_curg(%rcx), %rdx
	jne 1f
	leaq 16(%rbp), %rsi /* for traces and for cgocallback */
	movq %rsi, g_sched+gobuf_sp(%rdx)
	movq 8(%rbp), %rsi
	movq %rsi, g_sched+gobuf_pc(%rdx)
	movq m_g0(%rcx), %r14
	SWITCH movq g_sched+gobuf_sp(%r14), %rsp
1:	SWITCH andq $-16, %rsp
	pushq %rbx
	pushq %rdx
	.cfi_remember_state
	.cfi_escape 0x10, 3, 2, 0x77, 8 /* DW_CFA_expression rbx, DW_OP_breg7 rsp + 8 */
	movq %rdx, %rbx
	call *%rax
	movq %rbx, %r14
	movq 8(%rsp), %rbx
	.cfi_restore_state
	UNLINK
	END asmcgocall
