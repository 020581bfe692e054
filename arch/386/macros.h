/* push with its CFI, and the frame of a function that keeps ebp, and of one that keeps ebx too. */
	.macro PUSH reg
	pushl %\reg
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset \reg, 0
	.endm
	.macro LINK
	PUSH ebp
	movl %esp, %ebp
	.cfi_def_cfa_register ebp
	.endm
	.macro UNLINK
	leave
	.cfi_def_cfa esp, 4
	ret
	.endm
	.macro FRAME
	LINK
	pushl %ebx
	.cfi_offset ebx, -12
	.endm
	.macro UNFRAME
	movl -4(%ebp), %ebx
	UNLINK
	.endm

/* Stores the registers that the C ABI preserves in the gobuf at offset at of reg. */
	.macro PRESERVE reg, at
	movl %ebx, \at+gobuf_regs(\reg)
	movl %ebp, \at+gobuf_regs+4(\reg)
	movl %esi, \at+gobuf_regs+8(\reg)
	movl %edi, \at+gobuf_regs+12(\reg)
	.endm
