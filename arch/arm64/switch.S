#include "asm.h"
#include "macros.h"

/* Saves the caller's context in the gobuf at offset at of reg, but for g and ret; clobbers x17. */
	.macro SAVE reg, at
	mov x17, sp
	str x17, [\reg, #\at+gobuf_sp]
	str x30, [\reg, #\at+gobuf_pc]
	REGS stp, \reg, \at
	.endm

/* bool gosave(struct gobuf *b: x0) */
	TEXT gosave, 0
	SAVE x0, 0
	mov x3, #1
	str x28, [x0, #gobuf_g]
	str x3, [x0, #gobuf_ret]
	mov x0, #0
	ret
	END gosave

/* void gogo(struct gobuf *b: x0). x2 pc; x30 is 0 so that traces of a new goroutine end. */
	TEXT gogo, 0
	ldr x28, [x0, #gobuf_g]
	ldr x17, [x0, #gobuf_sp]
	RESUME mov sp, x17
	.cfi_undefined x30
	ldr x2, [x0, #gobuf_pc]
	REGS ldp, x0, 0
	ldr x0, [x0, #gobuf_ret]
	mov x30, #0
	br x2
	END gogo

/* bool mcall(void (*fn)(struct g *): x0). x1 g0, x2 fn. */
	TEXT mcall, 16
	OFM x1, m_g0
	cmp x1, x28
	b.eq badmcall
	SAVE x28, g_sched
	mov x2, x0
	mov x0, x28
	mov x28, x1
	ldr x17, [x1, #g_sched+gobuf_sp]
	SUSPEND mov sp, x17
	.cfi_undefined x30
	stp x2, xzr, [sp, #-16]!
	.cfi_adjust_cfa_offset 16
	blr x2
	bl badmcall
	END mcall

/* void reflectcall(void (*fn)(void): x0, uintptr_t *words: x1, uint32_t n: w2).
 * x19 words, x20 fn, x10 words that go on the stack. */
	TEXT reflectcall, 32, FuncDynamic, kind=FuncSplit
	ubfiz x9, x2, #3, #32
	add x9, x9, #64
	ldr x16, [x28]
	add x16, x16, x9
	cmp sp, x16
	b.hi 1f
	add x16, x9, #StackSmall+PackFrameUnit-1
	lsr x16, x16, #4
	stp x16, x30, [sp, #-16]!
	.cfi_adjust_cfa_offset 16
	.cfi_rel_offset x30, 8
	bl morestack10
	ldp x16, x30, [sp], #16
	.cfi_adjust_cfa_offset -16
	.cfi_restore x30
	ret
1:	stp x19, x20, [sp, #-16]!
	.cfi_adjust_cfa_offset 16
	.cfi_rel_offset x19, 0
	.cfi_rel_offset x20, 8
	FRAME
	SWITCH mov x19, x1 /* the check has made room for the words */
	mov x20, x0
	subs w10, w2, #8
	b.ls 3f
	sub x9, sp, x10, lsl #3
	and sp, x9, #-16
	add x9, x19, #56
2:	ldr x11, [x9, x10, lsl #3]
	sub x10, x10, #1
	str x11, [sp, x10, lsl #3]
	cbnz x10, 2b
3:	.irp n, 0, 1, 2, 3, 4, 5, 6, 7
	ldr x\n, [x19, #8*\n]
	.endr
	blr x20
	stp x0, x1, [x19]
	UNFRAME 32
	ldp x19, x20, [sp], #16
	.cfi_adjust_cfa_offset -16
	.cfi_restore x19
	.cfi_restore x20
	ret
	END reflectcall

/* intptr_t asmcgocall(intptr_t (*fn)(void *): x0, void *arg: x1). x2 fn, x9 m. On g0
 * and gsignal the stack stays; foreign code preserves x28. cgocallback relies on the
 * frame: CallbackFrame bytes below the caller's sp. */
	TEXT asmcgocall, 16, FuncDynamic
	FRAME
	mov x2, x0
	mov x0, x1
	OFM x10, m_curg
	cmp x10, x28
	b.ne 1f
	add x1, x29, #16 /* for traces and for cgocallback */
	str x1, [x28, #g_sched+gobuf_sp]
	str x30, [x28, #g_sched+gobuf_pc]
	ldr x28, [x9, #m_g0]
	ldr x17, [x28, #g_sched+gobuf_sp]
	SWITCH mov sp, x17
	blr x2
	OFM x28, m_curg
	b 2f
1:	SWITCH mov sp, x29
	blr x2
2:	UNFRAME
	ret
	END asmcgocall
