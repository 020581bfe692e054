#include "asm.h"

/* The entry: the kernel has argc, argv and envp at rdi, and sp somewhere below. */
	TEXT freebsd_start, 0
	.cfi_undefined rip
	RESUME movq %rdi, %rsp
	jmp _start
	END freebsd_start
