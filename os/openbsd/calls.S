/* System calls: sys/kern/syscalls.master. */
#include "call.h"
#include "site.h"

	CALL exit, 1
	CALL write, 4, again=1
	CALL getentropy, 7
	CALL sigaction, 46
	CALL sigprocmask, 48
	CALL mmap, 49
	CALL setitimer, 69
	CALL munmap, 73
	CALL clock_gettime, 87
	CALL nanosleep, 91
	CALL thrsleep, 94
	CALL thrkill, 119
	CALL sysctl, 202
	CALL sigaltstack, 288
	CALL sched_yield, 298
	CALL getthrid, 299
	CALL thrwakeup, 301
	CALL set_tcb, 329
	CALL leave, 302 /* __threxit: the kernel clears the word when the thread is gone */

/* The brand: sys/exec_elf.h, ELF_NOTE_NAME_OPENBSD. */
	.section .note.openbsd.ident, "a", %note
	.balign 4
	.long 8, 4, 1
	.asciz "OpenBSD"
	.long 0
