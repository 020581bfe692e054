	.fpu vfpv3-d16

/* A frame that fp shows, of a function that keeps regs; and that of one that keeps r4
 * and r5. */
	.macro LINK regs:vararg
	push {\regs}
	PUSHED \regs
	mov fp, sp
	.cfi_def_cfa_register fp
	.endm
	.macro FRAME
	LINK r4, r5, fp, lr
	.endm

/* Stores the registers that the C ABI preserves in the gobuf at offset at of reg,
 * with tmp as a pointer. */
	.macro PRESERVE tmp, reg, at
	add \tmp, \reg, #\at+gobuf_regs
	stmia \tmp!, {r4-r9, r11}
	vstmia \tmp, {d8-d15}
	.endm
