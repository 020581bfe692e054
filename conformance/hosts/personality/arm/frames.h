/* arm: where the kernels of FreeBSD and NetBSD save registers for a signal, and how they
 * enter its handler. Sources: arm/ucontext.h (FreeBSD), arm/mcontext.h (NetBSD). */
#define R(n, at) { offsetof(struct context, mc.r[n]), (at) + 4 * (n) }
#define REGS(at)                                                                                     \
	{ R(0, at), R(1, at), R(2, at), R(3, at), R(4, at), R(5, at), R(6, at), R(7, at), R(8, at), R(9, at),   \
	  R(10, at), R(11, at), R(12, at), R(13, at), R(14, at), R(15, at), { offsetof(struct context, mc.cpsr), (at) + 64 } }

/* ucontext_t: mask, mcontext */
__attribute__((unused)) static const struct layout freebsd_layout = { 16 + 80, 0, 4, 17, REGS(16) };

/* ucontext_t: flags, link, mask, stack, registers */
__attribute__((unused)) static const struct layout netbsd_layout = { 36 + 340, 8, 4, 17, REGS(36) };

enum { InfoCode = 2, InfoAddr = 12 };
#define SIGCODE_NUMBER(n) (0xef000000 | (n))

/* For the kernel's trampoline: sp of the handler, or 0. */
static inline uintptr_t entryframe(uintptr_t sp, uintptr_t ret, uintptr_t sig, uintptr_t info, uintptr_t context)
{
	const uintptr_t words[2] = { context, 0 };

	(void)ret, (void)sig, (void)info;
	return put(sp - 8, words, sizeof words) ? sp - 8 : 0;
}

static inline void handlerregs(struct context *c, uintptr_t ret, uintptr_t context)
{
	c->mc.r[14] = ret;
	c->mc.r[5] = context; /* NetBSD's trampolines find it there */
}

/* Of the flags only those that a program may change. */
static inline void sanitize(struct context *c)
{
	c->mc.cpsr = (c->mc.cpsr & 0xff0fffe0) | 0x10;
}

/* FreeBSD: sysarch ARM_SET_TP; a program's entry; a thread's. */
enum { SYSARCH_SETBASE = 2, SYSARCH_POINTER = 0, FREEBSD_TIME64 = 1, FREEBSD_TIMEVAL = 16 };
#define FREEBSD_ENTRY(c, stack) ((c)->mc.r[13] = (stack))
#define FREEBSD_FPU(c) ((void)(c))
__attribute__((unused)) static uintptr_t threadsp(uintptr_t top, uintptr_t arg)
{
	(void)arg;
	return top & ~(uintptr_t)7;
}

enum { NETBSD_NUMBER0 = 0xa00000, NETBSD_TIMEVAL = 16 };
