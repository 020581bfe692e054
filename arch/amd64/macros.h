/* Registers to the words from offset at of base on, and from there. */
	.macro STORE base, at, regs:vararg
	.set where, \at
	.irp r, \regs
	movq %\r, where(\base)
	.set where, where + 8
	.endr
	.endm
	.macro FETCH base, at, regs:vararg
	.set where, \at
	.irp r, \regs
	movq where(\base), %\r
	.set where, where + 8
	.endr
	.endm

/* Stores the registers that the C ABI preserves in the gobuf at offset at of reg. */
	.macro PRESERVE reg, at
	STORE \reg, \at+gobuf_regs, rbx, rbp, r12, r13, r15
	.endm

/* And takes them from there. */
	.macro RESTORE reg, at
	FETCH \reg, \at+gobuf_regs, rbx, rbp, r12, r13, r15
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
