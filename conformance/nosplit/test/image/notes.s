/* A program that says of itself all that a program can; W is the directive of a word. */
	.text
	.globl	_start, f
	.type	_start, %function
_start:	nop
	nop
spot:	nop
	.size	_start, .-_start
	.type	f, %function
f:	nop
	nop
	.size	f, .-f
	.type	g, %function
g:	nop
	.size	g, .-g
h:	nop
	.section .nosplit, "", %progbits
