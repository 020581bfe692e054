#include "asm.h"

/* The entry. The OS's stack is the process's own, and the runtime wants one that other
 * processes see. */
	TEXT plan9_start, 0
	.cfi_undefined eip
	RESUME movl $stack+StackSize, %esp
	jmp _start
	END plan9_start
	.set StackSize, 64 << 10 /* core/start.c: MainStack */
	.local stack
	.comm stack, StackSize, 16

/* int32_t plan9_rfork(int32_t flags, struct m *mp). ecx mp. The child has all registers
 * of the parent, but must not touch that stack, which the parent uses. */
	TEXT plan9_rfork, 4
	movl 8(%esp), %ecx
	movl $19, %eax
	int $64
	testl %eax, %eax
	jz 1f
2:	ret
1:	jecxz 2b
	.cfi_undefined eip
	movl m_g0(%ecx), %eax
	movl %eax, G_OPERAND
	SWITCH movl g_sched+gobuf_sp(%eax), %esp
	pushl $0 /* the return address of a trace that ends here */
	pushl %ecx
	call plan9_thread
	ud2
	END plan9_rfork

/* void plan9_leave(uint32_t *alive). From the store on m's stacks may be another's: also
 * for notes, which find no g any more. */
	TEXT plan9_leave, 4
	movl 4(%esp), %ecx
	RESUME movl $G_OPERAND, %esp
	pushl $0
	pushl $0
	movl $0, G_OPERAND
	movl $0, (%ecx)
	movl $8, %eax
	int $64
	ud2
	END plan9_leave

/* The kernel comes here with 4(esp) struct Ureg, 8(esp) the note's text. eax g. */
	TEXT plan9_note, 4
	.cfi_undefined eip
	movl 4(%esp), %ecx
	movl 8(%esp), %edx
	movl G_OPERAND, %eax
	testl %eax, %eax
	jz 1f
	movl g_m(%eax), %eax
	movl m_gsignal(%eax), %eax
	SWITCH movl g_sched+gobuf_sp(%eax), %esp
1:	pushl %edx
	.cfi_adjust_cfa_offset 4
	pushl %ecx
	.cfi_adjust_cfa_offset 4
	call plan9_handler
	ud2
	END plan9_note
