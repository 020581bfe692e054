/*
 * hostile.s - small programs that would cost libdw 1 GB or minutes, were they handed to it.
 *
 * CASE 1: CFI of a register 2^27 - 1. 2: of 20,000 rows, each with all instructions before it.
 * 3: 10,000 states that are remembered. 4: a line table of 60,000 files in a directory whose
 * name has 60,000 bytes. 5: one whose header is longer than the unit.
 */
	.text
	.globl	_start
	.type	_start, %function
_start:
	.cfi_startproc
	.if	CASE == 1
	.cfi_escape 0x07, 0xff, 0xff, 0xff, 0x3f
	.endif
	.if	CASE == 2
	.rept	20000
	.cfi_escape 0x41, 0x0e, 0x10
	.endr
	.endif
	.if	CASE == 3
	.cfi_escape 0x07, 0xff, 0x03
	.rept	10000
	.cfi_escape 0x0a
	.endr
	.endif
	.rept	30000
	nop
	.endr
	.cfi_endproc
	.size	_start, . - _start

	.if	CASE >= 4
	.section .debug_line, "", %progbits
	.long	2f - 1f
1:	.short	4
	.if	CASE == 4
	.long	4f - 3f
	.else
	.long	0x7fffff00
	.endif
3:	.byte	1, 1, 1, 0xfb, 14, 13
	.byte	0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1
	.if	CASE == 4
	.fill	60000, 1, 0x64
	.byte	0, 0
	.rept	60000
	.byte	0x61, 0, 1, 0, 0
	.endr
	.else
	.byte	0, 0x61, 0, 0, 0, 0
	.endif
	.byte	0
4:	.byte	0, 5, 2
	.long	_start
	.byte	0x20, 2, 0x10, 0, 1, 1
2:
	.endif
