#include "asm.h"
#include "macros.h"

/* Saves the caller's context in the gobuf at offset at of reg, but for g and ret; clobbers r3. */
	.macro SAVE reg, at
	str lr, [\reg, #\at+gobuf_pc]
	str sp, [\reg, #\at+gobuf_sp]
	PRESERVE r3, \reg, \at
	.endm

/* bool gosave(struct gobuf *b: r0) */
	TEXT gosave, 0
	SAVE r0, 0
	mov r3, #1
	str r10, [r0, #gobuf_g]
	str r3, [r0, #gobuf_ret]
	mov r0, #0
	bx lr
	END gosave

/* void gogo(struct gobuf *b: r0). r2 pc; lr is 0 so that traces of a new
 * goroutine end. */
	TEXT gogo, 0
	ldr r10, [r0, #gobuf_g]
	RESUME ldr sp, [r0, #gobuf_sp]
	.cfi_undefined lr
	ldr r2, [r0, #gobuf_pc]
	add r1, r0, #gobuf_regs
	ldmia r1!, {r4-r9, r11}
	vldmia r1, {d8-d15}
	ldr r0, [r0, #gobuf_ret]
	mov lr, #0
	bx r2
	END gogo

/* bool mcall(void (*fn)(struct g *): r0). r1 g0, r2 fn. */
	TEXT mcall, 8
	ldr r1, [r10, #g_m]
	ldr r1, [r1, #m_g0]
	cmp r1, r10
	beq badmcall
	SAVE r10, g_sched
	mov r2, r0
	mov r0, r10
	mov r10, r1
	SUSPEND ldr sp, [r1, #g_sched+gobuf_sp]
	.cfi_undefined lr
	mov r3, #0
	push {r2, r3}
	.cfi_adjust_cfa_offset 8
	blx r2
	bl badmcall
	END mcall

/* void reflectcall(void (*fn)(void): r0, uintptr_t *words: r1, uint32_t n: r2).
 * r4 words, r5 fn, ip words that go on the stack. */
	TEXT reflectcall, 16, FuncDynamic, kind=FuncSplit
	mov r3, #64
	add r3, r3, r2, lsl #2
	ldr ip, [r10]
	add ip, ip, r3
	cmp sp, ip
	bhi 1f
	add ip, r3, #StackSmall+PackFrameUnit-1
	lsr ip, ip, #4
	str lr, [sp, #-4]!
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset lr, 0
	bl morestack10
	ldr pc, [sp], #4
	.cfi_adjust_cfa_offset -4
	.cfi_restore lr
1:	FRAME
	SWITCH mov r4, r1 /* the check has made room for the words */
	mov r5, r0
	subs ip, r2, #4
	bls 3f
	sub lr, sp, ip, lsl #2
	bic lr, lr, #15
	mov sp, lr
	add lr, r4, #12
2:	ldr r0, [lr, ip, lsl #2]
	subs ip, ip, #1
	str r0, [sp, ip, lsl #2]
	bne 2b
3:	ldmia r4, {r0-r3}
	blx r5
	stmia r4, {r0, r1}
	mov sp, fp
	pop {r4, r5, fp, pc}
	END reflectcall

/* intptr_t asmcgocall(intptr_t (*fn)(void *): r0, void *arg: r1). r2 fn, r3 m. On g0
 * and gsignal the stack stays; foreign code preserves r10. cgocallback relies on the
 * frame: CallbackFrame bytes below the caller's sp. */
	TEXT asmcgocall, 8, FuncDynamic
	LINK fp, lr
	mov r2, r0
	mov r0, r1
	ldr r3, [r10, #g_m]
	ldr ip, [r3, #m_curg]
	cmp ip, r10
	bne 1f
	add r1, fp, #8 /* for traces and for cgocallback */
	str r1, [r10, #g_sched+gobuf_sp]
	str lr, [r10, #g_sched+gobuf_pc]
	ldr r10, [r3, #m_g0]
	SWITCH ldr sp, [r10, #g_sched+gobuf_sp]
	blx r2
	ldr r3, [r10, #g_m]
	ldr r10, [r3, #m_curg]
	mov sp, fp
	pop {fp, pc}
1:	SWITCH mov sp, fp
	blx r2
	mov sp, fp
	pop {fp, pc}
	END asmcgocall
