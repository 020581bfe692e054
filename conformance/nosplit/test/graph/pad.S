/* pad.S - a landing pad without a symbol: behind a nop its CFI has the frame of who calls. */
	.text
	.globl _start
	.type _start, @function
_start:
	.cfi_startproc
1:	jmp 1b
	.cfi_endproc
	.size _start, . - _start
	.p2align 4
	.cfi_startproc
	nop
#ifdef __x86_64__
	.cfi_def_cfa_offset 160
	mov %rax, %rdi
	call _start
#else
	.cfi_def_cfa_offset 160
	mov %eax, %edi
	call _start
#endif
	.cfi_endproc
	.section .note.GNU-stack, "", @progbits
