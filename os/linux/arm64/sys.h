/* linux/arm64: system calls. x8 number; x0-x5 arguments, x0 result. */
enum {
	SYS_write = 64, SYS_exit = 93, SYS_exit_group = 94, SYS_futex = 98, SYS_nanosleep = 101,
	SYS_setitimer = 103, SYS_clock_gettime = 113, SYS_sched_getaffinity = 123, SYS_sched_yield = 124,
	SYS_tgkill = 131, SYS_sigaltstack = 132, SYS_rt_sigaction = 134, SYS_rt_sigprocmask = 135,
	SYS_getpid = 172, SYS_gettid = 178, SYS_munmap = 215, SYS_getrandom = 278,
};

enum { UcontextSP = 432, UcontextPC = 440 };

static inline NOSPLIT intptr_t linux_syscall4(intptr_t n, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register intptr_t x8 __asm__("x8") = n;
	register uintptr_t x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c, x3 __asm__("x3") = d;

	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
	return (intptr_t)x0;
}

static inline NOSPLIT intptr_t linux_mmap(uintptr_t size, uintptr_t prot, uintptr_t flags)
{
	register uintptr_t x0 __asm__("x0") = 0, x1 __asm__("x1") = size, x2 __asm__("x2") = prot;
	register uintptr_t x3 __asm__("x3") = flags, x4 __asm__("x4") = ~(uintptr_t)0, x5 __asm__("x5") = 0;
	register uintptr_t x8 __asm__("x8") = 222; /* mmap */

	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return (intptr_t)x0;
}

static inline NOSPLIT void linux_sysinfo(uintptr_t entry)
{
	(void)entry; /* not on arm64 */
}
