/* amd64: a function for each system call. */
#include "system.h"

	.macro CALL name, number, words
	TEXT plan9_\name, 8*(\words)+16
	PRESERVE %r14, g_sched
	.set i, 4
	.irp reg, rcx, rdx, rsi, rdi
	.if i <= \words
	pushq %\reg
	.cfi_adjust_cfa_offset 8
	.endif
	.set i, i - 1
	.endr
	SYSTEM \number
	BACK \words
	END plan9_\name
	.endm

	.macro GONE name, number
	TEXT plan9_\name, 24
	pushq %rdi
	.cfi_adjust_cfa_offset 8
	pushq $0
	.cfi_adjust_cfa_offset 8
	movl $\number, %ebp
	syscall
	ud2
	END plan9_\name
	.endm
