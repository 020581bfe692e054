/* System calls: bsd/kern/syscalls.master; osfmk/mach/syscall_sw.h. */
#include "call.h"
#include "trap.h"

	.macro SITE number
	.endm

	CALL exit, Unix+1
	CALL read, Unix+3
	CALL write, Unix+4, again=1
	CALL open, Unix+5
	CALL close, Unix+6
	CALL sigaction, Unix+46
	CALL sigaltstack, Unix+53
	CALL munmap, Unix+73
	CALL setitimer, Unix+83
	CALL mmap, Unix+197
	CALL sysctl, Unix+202
	CALL pthread_kill, Unix+328
	CALL sigmask, Unix+329
	CALL bsdthread_create, Unix+360
	CALL bsdthread_register, Unix+366
	CALL thread_selfusage, Unix+482
	LEAVE Unix+361 /* bsdthread_terminate */

	MACH mach_reply_port, 26
	MACH thread_self, 27
	MACH task_self, 28
	MACH mach_msg, 31
	MACH semaphore_signal, 33
	MACH semaphore_wait, 36
	MACH semaphore_timedwait, 38
	MACH swtch_pri, 59
	MACH mach_wait_until, 90
	MACHDEP set_cthread_self, 3
