#include "asm.h"
#include "macros.h"

/* void cgocallback(void (*fn)(void *): x0, void *arg: x1). Foreign code calls it on g0's
 * stack, and may use x28: g0 comes from thread-local storage. On a thread that is not the
 * runtime's it is nil, and needm gives it one in x28. x29 stays on that stack; x2 g0's
 * sched.sp; x3, x9 scratch. */
	TEXT cgocallback, CallbackFrame
	stp x28, xzr, [sp, #-16]!
	.cfi_adjust_cfa_offset 16
	.cfi_rel_offset x28, 0
	FRAME
	LOADG x28
	cbz x28, 2f
1:	ldr x2, [x28, #g_sched+gobuf_sp]
	stp x0, x1, [sp, #-32]! /* struct callback */
	str x2, [sp, #callback_oldsp]
	mov x3, sp
	str x3, [x28, #g_sched+gobuf_sp]
	OFM x3, m_curg
	mov x9, sp
	cbz x3, 3f /* no goroutine: cgocallbackg says so */
	mov x28, x3
	ldr x9, [x3, #g_sched+gobuf_sp]
	sub x9, x9, #CallbackFrame
3:	SWITCH mov sp, x9
	bl cgocallbackg
	add x3, sp, #CallbackFrame /* as asmcgocall left them, for the next one */
	str x3, [x28, #g_sched+gobuf_sp]
	ldr x3, [x3, #-8]
	str x3, [x28, #g_sched+gobuf_pc]
	OFM x3, m_g0
	ldr x2, [x29, #callback_oldsp-32]
	str x2, [x3, #g_sched+gobuf_sp]
	sub sp, x29, #32
	tbz x2, #0, 4f /* ForeignSp */
	bl dropm
4:	.cfi_remember_state
	UNFRAME 32
	ldp x28, xzr, [sp], #16
	.cfi_adjust_cfa_offset -16
	.cfi_restore x28
	ret
	.cfi_restore_state
2:	stp x0, x1, [sp, #-16]!
	bl needm
	ldp x0, x1, [sp], #16
	b 1b
	END cgocallback
