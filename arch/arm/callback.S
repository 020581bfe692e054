#include "asm.h"
#include "macros.h"

/* void cgocallback(void (*fn)(void *): r0, void *arg: r1). Foreign code calls it on
 * g0's stack, and may use r10: g0 comes from thread-local storage. On a thread that
 * is not the runtime's it is nil, and needm gives it one in r10. fp stays on that
 * stack; r2 g0's sched.sp; r3 scratch. */
	TEXT cgocallback, CallbackFrame
	LINK r4, r10, fp, lr
	mrc p15, 0, r3, c13, c0, 3
	ldr ip, 3f
	ldr r10, [r3, ip]
	cmp r10, #0
	beq 2f
1:	ldr r2, [r10, #g_sched+gobuf_sp]
	push {r0-r3} /* struct callback */
	str sp, [r10, #g_sched+gobuf_sp]
	ldr r3, [r10, #g_m]
	ldr r3, [r3, #m_curg]
	cmp r3, #0 /* no goroutine: cgocallbackg says so */
	movne r10, r3
	ldrne r3, [r10, #g_sched+gobuf_sp]
	subne r3, r3, #CallbackFrame
	SWITCH movne sp, r3
	bl cgocallbackg
	add r3, sp, #CallbackFrame /* as asmcgocall left them, for the next one */
	str r3, [r10, #g_sched+gobuf_sp]
	ldr r3, [r3, #-4]
	str r3, [r10, #g_sched+gobuf_pc]
	ldr r3, [r10, #g_m]
	ldr r3, [r3, #m_g0]
	ldr r2, [fp, #callback_oldsp-16]
	str r2, [r3, #g_sched+gobuf_sp]
	sub sp, fp, #16
	tst r2, #ForeignSp
	blne dropm
	mov sp, fp
	pop {r4, r10, fp, pc}
2:	push {r0, r1}
	bl needm
	pop {r0, r1}
	b 1b
3:	.word G_OPERAND
	END cgocallback
