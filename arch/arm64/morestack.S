#include "asm.h"
#include "macros.h"

/* A split prologue comes here with
 *	x16	frame / 16 << 12 | argument words
 *	x30	return address in the prologue: 8 bytes before the body
 *	8(sp)	return address of the split function, then its argument words
 * and x0-x8, q0-q7 live. Scratch: x9-x15, x17. */
#define LOAD(value) mov x16, value
#define SHIFT lsl x16, x16, PackFrameShift
#define GO b __morestack
#include "moreentry.h"

/* x29 stays on the old segment and makes the frame. x9 the next segment, x10-x13 scratch.
 * While the function or newstack runs, what it took as arguments is not what the frame
 * outside had: debuggers must not show it there. */
	.macro ARGS insn /* in struct more, or out of it */
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7
	\insn x\n, [sp, #more_regs+8*\n]
	\insn q\n, [sp, #more_regs+80+16*\n]
	.endr
	\insn x8, [sp, #more_regs+64]
	.endm
#define ARGUMENTS x0, x1, x2, x3, x4, x5, x6, x7, 64, 65, 66, 67, 68, 69, 70, 71 /* v0-v7 */
	TEXT __morestack, 16, align=4
	FRAME
.Lretry:
	ldr x9, [x28, #g_stackbase]
	ldr x10, [x28, #g_stackguard0]
	mov x11, #StackPoison /* newstack looks why */
	cmp x10, x11
	b.eq .Lcold
	ldr x9, [x9, #stktop_next]
	cbz x9, .Lcold
	SWITCH mov sp, x9
	cbnz x16, .Lsized
.Lswitch:
	ldr x10, [x9, #stktop_guard]
	str x10, [x28, #g_stackguard0]
	str x9, [x28, #g_stackbase]
	str x29, [x9, #stktop_oldsp]
	ldr x17, [x29, #8]
	add x17, x17, #8
	.cfi_remember_state
	.cfi_undefined ARGUMENTS
	blr x17

/* Return registers live: x0-x7, q0-q7. x9 the segment that is left, then the one before. */
	.globl lessstack
lessstack:
	ldr x9, [x28, #g_stackbase]
	ldr x10, [x9, #stktop_next]
	cbnz x10, .Lfree
	ldr x9, [x9, #stktop_prev]
	str x9, [x28, #g_stackbase]
	ldr x10, [x28, #g_stackguard0]
	mov x11, #StackPoison /* stays poisoned */
	cmp x10, x11
	b.eq 1f
	ldr x10, [x9, #stktop_guard]
	str x10, [x28, #g_stackguard0]
1:	UNFRAME
	ret
	.cfi_restore_state

/* Room for the argument words and the frame. */
.Lsized:
	and x10, x16, #PackArgMask
	sub x12, x9, x10, lsl #3
	and x12, x12, #-16
	SWITCH mov sp, x12
	lsr x11, x16, #PackFrameShift-4 /* bytes, and at most 15 of the words' bits */
	subs x11, x11, #StackSmall
	csel x11, xzr, x11, lo
	sub x12, x12, x11
	ldr x11, [x9, #stktop_guard]
	cmp x12, x11
	b.ls .Lcold
	cbz x10, .Lswitch
	add x11, x29, #MoreRet
2:	ldr x12, [x11, x10, lsl #3]
	sub x10, x10, #1
	str x12, [sp, x10, lsl #3]
	cbnz x10, 2b
	b .Lswitch

/* newstack(more) on g0, then take the split again. x9 m, then g0. What the ABI preserves
 * goes to g->sched: newstack may run other goroutines first. So does an address in the
 * function. */
.Lcold:
	mov sp, x29
	ldr x9, [x29, #8]
	str x9, [x28, #g_sched+gobuf_pc]
	OFM x10, m_curg
	cmp x10, x28
	b.ne .Lbad
	REGS stp, x28, g_sched
	ldr x9, [x9, #m_g0]
	ldr x10, [x9, #g_sched+gobuf_sp]
	sub x10, x10, #MoreRegsSize
	SWITCH mov sp, x10
	stp x29, x16, [sp, #more_oldsp] /* and more_packed */
	ARGS str
	mov x28, x9
	mov x0, sp
	.cfi_remember_state
	.cfi_undefined ARGUMENTS
	bl newstack
	OFM x28, m_curg
.Lrestore:
	ARGS ldr
	ldr x16, [sp, #more_packed]
	b .Lretry
	.globl moreresume
moreresume:
	ldr x29, [sp, #more_oldsp]
	b .Lrestore
	.cfi_restore_state

/* g0 or gsignal: as if the caller of the split function called badmorestack. */
.Lbad:
	ldr x30, [x29, #MoreRet]
	SWITCH add sp, x29, #MoreRet+8 /* both have room of their own for this */
	b badmorestack

/* oldstack() on g0 frees the segment behind the one that is left. */
.Lfree:
	.cfi_undefined ARGUMENTS
	OFM x28, m_g0
	ldr x10, [x28, #g_sched+gobuf_sp]
	SWITCH mov sp, x10
	sub sp, sp, #MoreRegsSize
	ARGS str
	bl oldstack
	ARGS ldr
	OFM x28, m_curg
	b lessstack
	END __morestack
