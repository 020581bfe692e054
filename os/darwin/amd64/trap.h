/* amd64: the class of a call is in its number (osfmk/mach/i386/syscall_sw.h). Mach traps
 * and machine-dependent calls have no carry: they return a kern_return_t. */
	.set Unix, 0x2000000

	.macro TRAP name, number
	TEXT darwin_\name, 8
	movl $\number, %eax
	movq %rcx, %r10
	syscall
	ret
	END darwin_\name
	.endm

	.macro MACH name, number
	TRAP \name, 0x1000000+\number
	.endm

	.macro MACHDEP name, number
	TRAP \name, 0x3000000+\number
	.endm
