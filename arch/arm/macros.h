	.fpu vfpv3-d16

/* The frame of a function that keeps r4, r5 and fp. */
	.macro FRAME
	push {r4, r5, fp, lr}
	.cfi_def_cfa_offset 16
	.cfi_rel_offset r4, 0
	.cfi_rel_offset r5, 4
	.cfi_rel_offset fp, 8
	.cfi_rel_offset lr, 12
	mov fp, sp
	.cfi_def_cfa_register fp
	.endm

/* Stores the registers that the C ABI preserves in the gobuf at offset at of reg,
 * with tmp as a pointer. */
	.macro PRESERVE tmp, reg, at
	add \tmp, \reg, #\at+gobuf_regs
	stmia \tmp!, {r4-r9, r11}
	vstmia \tmp, {d8-d15}
	.endm
