/* reg = what settlsg left. */
	.macro LOADG reg
	mrs \reg, tpidr_el0
	add \reg, \reg, #:tprel_hi12:G_OPERAND, lsl #12
	ldr \reg, [\reg, #:tprel_lo12_nc:G_OPERAND]
	.endm

/* dst = a word of the running m; x9 m. */
	.macro OFM dst, word
	ldr x9, [x28, #g_m]
	ldr \dst, [x9, #\word]
	.endm

/* A frame that x29 shows, and its end. */
	.macro FRAME
	stp x29, x30, [sp, #-16]!
	.cfi_adjust_cfa_offset 16
	.cfi_rel_offset x29, 0
	.cfi_rel_offset x30, 8
	mov x29, sp
	.cfi_def_cfa_register x29
	.endm
	.macro UNFRAME bytes=16 /* up to the caller's sp */
	mov sp, x29
	.cfi_def_cfa sp, \bytes
	ldp x29, x30, [sp], #16
	.cfi_adjust_cfa_offset -16
	.cfi_restore x29
	.cfi_restore x30
	.endm

/* What the C ABI preserves, in the gobuf at offset at of reg; insn is stp or ldp. */
	.macro REGS insn, reg, at
	\insn x19, x20, [\reg, #\at+gobuf_regs]
	\insn x21, x22, [\reg, #\at+gobuf_regs+16]
	\insn x23, x24, [\reg, #\at+gobuf_regs+32]
	\insn x25, x26, [\reg, #\at+gobuf_regs+48]
	\insn x27, x29, [\reg, #\at+gobuf_regs+64]
	\insn d8, d9, [\reg, #\at+gobuf_regs+80]
	\insn d10, d11, [\reg, #\at+gobuf_regs+96]
	\insn d12, d13, [\reg, #\at+gobuf_regs+112]
	\insn d14, d15, [\reg, #\at+gobuf_regs+128]
	.endm
