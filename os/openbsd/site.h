/* The system call that follows is made here, and nowhere else: the kernel's pinning. */
	.macro SITE number
	.pushsection .openbsd.syscalls, "a", %progbits
	.long .Lsite\@, \number
	.popsection
.Lsite\@:
	.endm
