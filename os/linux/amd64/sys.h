/* linux/amd64: system calls. rax number and result; rdi rsi rdx r10 r8 r9; the
 * instruction destroys rcx and r11. */
enum {
	SYS_write = 1, SYS_munmap = 11, SYS_rt_sigaction = 13, SYS_rt_sigprocmask = 14,
	SYS_sched_yield = 24, SYS_nanosleep = 35, SYS_setitimer = 38, SYS_getpid = 39, SYS_exit = 60,
	SYS_sigaltstack = 131, SYS_gettid = 186, SYS_futex = 202, SYS_sched_getaffinity = 204,
	SYS_clock_gettime = 228, SYS_exit_group = 231, SYS_tgkill = 234, SYS_getrandom = 318,
};

enum { UcontextSP = 160, UcontextPC = 168 };

static inline NOSPLIT intptr_t linux_syscall4(intptr_t n, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register uintptr_t r10 __asm__("r10") = d;

	__asm__ volatile("syscall" : "+a"(n) : "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
	return n;
}

static inline NOSPLIT intptr_t linux_mmap(uintptr_t size, uintptr_t prot, uintptr_t flags)
{
	register uintptr_t r10 __asm__("r10") = flags;
	register intptr_t r8 __asm__("r8") = -1;
	register uintptr_t r9 __asm__("r9") = 0;
	intptr_t r = 9;

	__asm__ volatile("syscall"
			 : "+a"(r)
			 : "D"(0), "S"(size), "d"(prot), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return r;
}

static inline NOSPLIT void linux_sysinfo(uintptr_t entry)
{
	(void)entry; /* the syscall instruction is always there */
}
