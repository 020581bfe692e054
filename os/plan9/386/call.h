/* 386: eax number, arguments where a function has them. The kernel keeps all registers. */
#include "asm.h"

	.macro CALL name, number, words
	TEXT plan9_\name, 4
	movl $\number, %eax
	int $64
	ret
	END plan9_\name
	.endm

	.macro GONE name, number
	TEXT plan9_\name, 4
	movl $\number, %eax
	int $64
	ud2
	END plan9_\name
	.endm
