/* Stores the registers that the C ABI preserves in the gobuf at offset at of reg. */
	.macro PRESERVE reg, at
	movq %rbx, \at+gobuf_regs(\reg)
	movq %rbp, \at+gobuf_regs+8(\reg)
	movq %r12, \at+gobuf_regs+16(\reg)
	movq %r13, \at+gobuf_regs+24(\reg)
	movq %r15, \at+gobuf_regs+32(\reg)
	.endm

/* The frame of a function that keeps rbp. */
	.macro LINK
	pushq %rbp
	.cfi_def_cfa_offset 16
	.cfi_offset rbp, -16
	movq %rsp, %rbp
	.cfi_def_cfa_register rbp
	.endm
	.macro UNLINK
	leave
	.cfi_def_cfa rsp, 8
	ret
	.endm
