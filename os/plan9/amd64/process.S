#include "system.h"

/* The entry. The OS's stack is the process's own, and the runtime wants one that other
 * processes see. */
	TEXT plan9_start, 0
	.cfi_undefined rip
	RESUME leaq stack+StackSize(%rip), %rsp
	jmp _start
	END plan9_start
	.set StackSize, 64 << 10 /* core/start.c: MainStack */
	.local stack
	.comm stack, StackSize, 16

/* int32_t plan9_rfork(int32_t flags: edi, struct m *mp: rsi). The child has no register
 * of the parent's but rsp, and must not touch that stack, which the parent uses: mp is in
 * a word of the stack segment, of which it has a copy. */
	TEXT plan9_rfork, 24
	PRESERVE %r14, g_sched
	movabsq $G_OPERAND, %rax
	movq %rsi, 8(%rax)
	pushq %rdi
	.cfi_adjust_cfa_offset 8
	SYSTEM 19
	testl %eax, %eax
	jz 1f
	.cfi_remember_state
2:	BACK 1
	.cfi_restore_state
1:	movabsq $G_OPERAND, %rdx
	movq 8(%rdx), %rdi
	testq %rdi, %rdi
	jz 2b
	.cfi_undefined rip
	movq m_g0(%rdi), %r14
	movq %r14, (%rdx)
	SWITCH movq g_sched+gobuf_sp(%r14), %rsp
	xorl %ebp, %ebp
	pushq $0
	pushq $0 /* the return address of a trace that ends here */
	call plan9_thread
	ud2
	END plan9_rfork

/* void plan9_leave(uint32_t *alive: rdi). From the store on m's stacks may be another's:
 * also for notes, which find no g any more. */
	TEXT plan9_leave, 8
	movabsq $G_OPERAND, %rax
	RESUME movq %rax, %rsp
	pushq $0
	pushq $0
	movq $0, (%rax)
	movl $0, (%rdi)
	movl $8, %ebp
	syscall
	ud2
	END plan9_leave

/* The kernel comes here with 8(rsp) struct Ureg, 16(rsp) the note's text. r14 g. */
	TEXT plan9_note, 8
	.cfi_undefined rip
	movq 8(%rsp), %rdi
	movq 16(%rsp), %rsi
	LOADG(%r14)
	testq %r14, %r14
	jz 1f
	movq g_m(%r14), %r14
	movq m_gsignal(%r14), %r14
	SWITCH movq g_sched+gobuf_sp(%r14), %rsp
1:	andq $-16, %rsp
	call plan9_handler
	ud2
	END plan9_note
