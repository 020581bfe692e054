/* System calls: sys/kern/syscalls.master. */
#include "call.h"

	.set Swi, 0 /* arm: what is added to the numbers */
	.macro SITE number
	.endm

	CALL exit, 1
	CALL write, 4, again=1
	CALL sigaltstack, 53
	CALL munmap, 73
	CALL setitimer, 83
	CALL sysarch, 165
	CALL sysctl, 202
	CALL clock_gettime, 232
	CALL nanosleep, 240
	CALL sched_yield, 331
	CALL sigprocmask, 340
	CALL sigaction, 416
	CALL thr_self, 432
	CALL thr_kill, 433
	CALL umtx_op, 454
	CALL thr_new, 455
	CALL mmap, 477
	LEAVE 431 /* thr_exit */

/* The brand: sys/elf_common.h, NT_FREEBSD_ABI_TAG. */
	.section .note.tag, "a", %note
	.balign 4
	.long 8, 4, 1
	.asciz "FreeBSD"
	.long 1000000 /* 10.0: _umtx_op with a clock */
