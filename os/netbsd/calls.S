/* System calls: sys/kern/syscalls.master. */
#include "call.h"

	.set Swi, 0xa00000 /* arm: what is added to the numbers */
	.macro SITE number
	.endm

	CALL exit, 1
	CALL write, 4, again=1
	CALL munmap, 73
	CALL mmap, 197
	CALL sysctl, 202
	CALL sigaltstack, 281
	CALL sigprocmask, 293
	CALL getcontext, 307
	CALL lwp_create, 309
	CALL lwp_self, 311
	CALL lwp_setprivate, 317
	CALL lwp_kill, 318
	CALL lwp_unpark, 321
	CALL sigaction_sigtramp, 340
	CALL sched_yield, 350
	CALL setitimer, 425
	CALL clock_gettime, 427
	CALL nanosleep, 430
	CALL lwp_park50, 434
	CALL lwp_park60, 478
	LEAVE 310 /* _lwp_exit */

/* The brand: sys/exec_elf.h, ELF_NOTE_TYPE_NETBSD_TAG. */
	.section .note.netbsd.ident, "a", %note
	.balign 4
	.long 7, 4, 1
	.ascii "NetBSD\0\0"
	.long 600000000 /* 6.0: times of 64 bits */
