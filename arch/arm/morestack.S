#include "asm.h"
#include "macros.h"

/* A split prologue comes here with
 *	ip	frame / 16 << 12 | argument words
 *	lr	return address in the prologue: 4 bytes before the body
 *	[sp]	return address of the split function, then its argument words
 * and r0-r3, d0-d7 live. Scratch: ip, lr. */
#define LOAD(value) mov ip, $(value) /* # would make a string */
#define SHIFT lsl ip, ip, #PackFrameShift
#define GO b __morestack
#include "moreentry.h"

/* fp stays on the old segment and makes the frame. r4 the next segment, r5
 * scratch; both are restored by lessstack. While the function or newstack runs,
 * what it took as arguments is not what the frame outside had: debuggers must
 * not show it there. */
#define ARGUMENTS r0, r1, r2, r3, d0, d1, d2, d3, d4, d5, d6, d7
	TEXT __morestack, 16, align=4
	FRAME
.Lretry:
	ldr r4, [r10, #g_stackbase]
	ldr lr, [r10, #g_stackguard0]
	cmp lr, #StackPoison /* newstack looks why */
	beq .Lcold
	ldr r4, [r4, #stktop_next]
	cmp r4, #0
	beq .Lcold
	SWITCH mov sp, r4
	cmp ip, #0
	bne .Lsized
.Lswitch:
	ldr r5, [r4, #stktop_guard]
	str r5, [r10, #g_stackguard0]
	str r4, [r10, #g_stackbase]
	str fp, [r4, #stktop_oldsp]
	ldr ip, [fp, #12]
	add ip, ip, #4
	.cfi_remember_state
	.cfi_undefined ARGUMENTS
	blx ip

/* Return registers live: r0-r3, d0-d7. r4 the segment that is left, then the one
 * before. */
	.globl lessstack
lessstack:
	ldr r4, [r10, #g_stackbase]
	ldr r5, [r4, #stktop_next]
	cmp r5, #0
	bne .Lfree
	ldr r4, [r4, #stktop_prev]
	str r4, [r10, #g_stackbase]
	ldr ip, [r10, #g_stackguard0]
	cmp ip, #StackPoison /* stays poisoned */
	ldrne r5, [r4, #stktop_guard]
	strne r5, [r10, #g_stackguard0]
	mov sp, fp
	pop {r4, r5, fp, pc}
	.cfi_restore_state

/* Room for the argument words and the frame. */
.Lsized:
	ubfx r5, ip, #0, #PackFrameShift
	sub lr, r4, r5, lsl #2
	bic lr, lr, #15
	SWITCH mov sp, lr
	lsr r5, ip, #PackFrameShift-4 /* bytes, and at most 15 of the words' bits */
	subs r5, r5, #StackSmall
	movlo r5, #0
	sub lr, lr, r5
	ldr r5, [r4, #stktop_guard]
	cmp lr, r5
	bls .Lcold
	ubfx ip, ip, #0, #PackFrameShift
	cmp ip, #0
	beq .Lswitch
	add r5, fp, #MoreRet
2:	ldr lr, [r5, ip, lsl #2]
	subs ip, ip, #1
	str lr, [sp, ip, lsl #2]
	bne 2b
	b .Lswitch

/* newstack(more) on g0, then take the split again. r4 m, then g0. What the ABI
 * preserves goes to g->sched: newstack may run other goroutines first. */
.Lcold:
	mov sp, fp
	ldr r4, [r10, #g_m]
	ldr r5, [r4, #m_curg]
	cmp r5, r10
	bne .Lbad
	PRESERVE lr, r10, g_sched
	ldr r4, [r4, #m_g0]
	ldr r5, [r4, #g_sched+gobuf_sp]
	sub r5, r5, #MoreRegsSize
	SWITCH mov sp, r5
	str fp, [sp, #more_oldsp]
	str ip, [sp, #more_packed]
	add ip, sp, #more_regs
	stmia ip!, {r0-r3}
	vstmia ip, {d0-d7}
	mov r10, r4
	mov r0, sp
	.cfi_remember_state
	.cfi_undefined ARGUMENTS
	bl newstack
	ldr r4, [r10, #g_m]
	ldr r10, [r4, #m_curg]
.Lrestore:
	add ip, sp, #more_regs
	ldmia ip!, {r0-r3}
	vldmia ip, {d0-d7}
	ldr ip, [sp, #more_packed]
	b .Lretry
	.globl moreresume
moreresume:
	ldr fp, [sp, #more_oldsp]
	b .Lrestore
	.cfi_restore_state

/* g0 or gsignal: as if the caller of the split function called badmorestack. */
.Lbad:
	ldr r4, [fp, #12]
	str r4, [r10, #g_sched+gobuf_pc]
	.cfi_remember_state
	pop {r4, r5, fp, lr}
	.cfi_def_cfa sp, 0
	.cfi_restore r4, r5, fp, lr
	SWITCH ldr lr, [sp], #4 /* both have room of their own for this */
	b badmorestack
	.cfi_restore_state

/* oldstack() on g0 frees the segment behind the one that is left. The core is
 * built without FP registers, so only integers need saving. */
.Lfree:
	.cfi_undefined ARGUMENTS
	ldr r4, [r10, #g_m]
	ldr r10, [r4, #m_g0]
	SWITCH ldr sp, [r10, #g_sched+gobuf_sp]
	push {r0-r3}
	bl oldstack
	pop {r0-r3}
	ldr r10, [r4, #m_curg]
	b lessstack
	END __morestack
