/* Stores the registers that the C ABI preserves in the gobuf at offset at of reg. */
	.macro PRESERVE reg, at
	movq %rbx, \at+gobuf_regs(\reg)
	movq %rbp, \at+gobuf_regs+8(\reg)
	movq %r12, \at+gobuf_regs+16(\reg)
	movq %r13, \at+gobuf_regs+24(\reg)
	movq %r15, \at+gobuf_regs+32(\reg)
	.endm

/* And takes them from there. */
	.macro RESTORE reg, at
	movq \at+gobuf_regs(\reg), %rbx
	movq \at+gobuf_regs+8(\reg), %rbp
	movq \at+gobuf_regs+16(\reg), %r12
	movq \at+gobuf_regs+24(\reg), %r13
	movq \at+gobuf_regs+32(\reg), %r15
	.endm

/* reg = what settlsg left. G_FAR: it is at an address of more than 32 bits. */
#ifdef G_FAR
#define LOADG(reg) movabsq $G_OPERAND, reg; movq (reg), reg
#else
#define LOADG(reg) movq G_OPERAND, reg
#endif

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
