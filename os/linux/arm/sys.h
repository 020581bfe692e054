/* linux/arm, EABI: system calls. r7 number; r0-r5 arguments, r0 result. */
enum {
	SYS_exit = 1, SYS_write = 4, SYS_getpid = 20, SYS_munmap = 91, SYS_setitimer = 104,
	SYS_sched_yield = 158, SYS_nanosleep = 162, SYS_rt_sigaction = 174, SYS_rt_sigprocmask = 175,
	SYS_sigaltstack = 186, SYS_gettid = 224, SYS_futex = 240, SYS_sched_getaffinity = 242,
	SYS_exit_group = 248, SYS_clock_gettime = 263, SYS_tgkill = 268, SYS_getrandom = 384,
	SYS_set_tls = 0xf0005,
};

enum { UcontextSP = 84, UcontextPC = 92 };

static inline NOSPLIT intptr_t linux_syscall4(intptr_t n, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register intptr_t r7 __asm__("r7") = n;
	register uintptr_t r0 __asm__("r0") = a, r1 __asm__("r1") = b, r2 __asm__("r2") = c, r3 __asm__("r3") = d;

	__asm__ volatile("svc 0" : "+r"(r0) : "r"(r7), "r"(r1), "r"(r2), "r"(r3) : "memory");
	return (intptr_t)r0;
}

static inline NOSPLIT intptr_t linux_mmap(uintptr_t size, uintptr_t prot, uintptr_t flags)
{
	register uintptr_t r0 __asm__("r0") = 0, r1 __asm__("r1") = size, r2 __asm__("r2") = prot;
	register uintptr_t r3 __asm__("r3") = flags, r4 __asm__("r4") = ~(uintptr_t)0, r5 __asm__("r5") = 0;
	register uintptr_t r7 __asm__("r7") = 192; /* mmap2 */

	__asm__ volatile("svc 0" : "+r"(r0) : "r"(r7), "r"(r1), "r"(r2), "r"(r3), "r"(r4), "r"(r5) : "memory");
	return (intptr_t)r0;
}

static inline NOSPLIT void linux_sysinfo(uintptr_t entry)
{
	(void)entry; /* not on arm */
}
