@ Calls too far for a branch, to the other mode, and through a PLT: the linker makes the stubs.
	.syntax unified
	.arch	armv7-a
	.arm
	.global	_start
	.type	_start, %function
_start:
	bl	farm
	bl	fthumb
	bl	ext
	b	fthumb
	.thumb
	.type	tcall, %function
tcall:
	bl	farm
	b.w	farm
	b.w	fthumb
	b.w	ext

	.section .far, "ax"
	.arm
	.global	farm
	.type	farm, %function
farm:	bx	lr
	.thumb
	.global	fthumb
	.type	fthumb, %function
fthumb:	bx	lr
