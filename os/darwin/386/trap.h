/* 386: the class of a call is in the interrupt (osfmk/i386/idt.s), and the numbers of Mach
 * traps are negative. They and machine-dependent calls have no carry: they return a
 * kern_return_t. */
	.set Unix, 0

	.macro TRAP name, vector, number
	TEXT darwin_\name, 4
	movl $\number, %eax
	int $\vector
	ret
	END darwin_\name
	.endm

	.macro MACH name, number
	TRAP \name, 0x81, -\number
	.endm

	.macro MACHDEP name, number
	TRAP \name, 0x82, \number
	.endm
