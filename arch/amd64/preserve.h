/* Stores the registers that the C ABI preserves in the gobuf at offset at of reg. */
	.macro PRESERVE reg, at
	movq %rbx, \at+gobuf_regs(\reg)
	movq %rbp, \at+gobuf_regs+8(\reg)
	movq %r12, \at+gobuf_regs+16(\reg)
	movq %r13, \at+gobuf_regs+24(\reg)
	movq %r15, \at+gobuf_regs+32(\reg)
	.endm
