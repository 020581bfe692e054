/* ring.S - a circle of 200 jumps, of which the last one alone is deep. */
#if defined __arm__ || defined __aarch64__
#define JUMP b
#define FUNC %function
#ifdef __arm__
	.syntax unified
	.arm
#endif
#else
#define JUMP jmp
#define FUNC @function
#endif
	.altmacro
	.macro ring n, next
	.globl ring\n
	.type ring\n, FUNC
ring\n:
	.if \n == 199
#ifdef __arm__
	cmp r0, #0
	beq deep
#elif defined __aarch64__
	cbz x0, deep
#else
	test %eax, %eax
	je deep
#endif
	.endif
	JUMP ring\next
	.size ring\n, . - ring\n
	.endm
	.text
	.globl _start
	.type _start, FUNC
_start:
	JUMP ring0
	.size _start, . - _start
	.set i, 0
	.rept 199
	ring %i, %i+1
	.set i, i + 1
	.endr
	ring 199, 0
	.type deep, FUNC
deep:
#ifdef __arm__
	sub sp, sp, #1000
	add sp, sp, #1000
	bx lr
#elif defined __aarch64__
	sub sp, sp, #1008
	add sp, sp, #1008
	ret
#elif defined(__x86_64__)
	sub $1000, %rsp
	add $1000, %rsp
	ret
#else
	sub $1000, %esp
	add $1000, %esp
	ret
#endif
	.size deep, . - deep
	.section .note.GNU-stack, "", %progbits
