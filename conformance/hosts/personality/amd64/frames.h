/* amd64: where the kernels of the BSDs save registers for a signal, and how they enter
 * its handler. Sources: x86/ucontext.h (FreeBSD), amd64/mcontext.h (NetBSD),
 * amd64/signal.h (OpenBSD). */
#define R(reg, at) { offsetof(struct context, mc.reg), at }

/* ucontext_t: mask, mcontext */
__attribute__((unused)) static const struct layout freebsd_layout = {
	16 + 800, 0, 4, 18,
	{ R(di, 24), R(si, 32), R(dx, 40), R(cx, 48), R(r8, 56), R(r9, 64), R(ax, 72), R(bx, 80), R(bp, 88), R(r10, 96),
	  R(r11, 104), R(r12, 112), R(r13, 120), R(r14, 128), R(r15, 136), R(ip, 176), R(rflags, 192), R(sp, 200) },
};

/* ucontext_t: flags, link, mask, stack, registers */
__attribute__((unused)) static const struct layout netbsd_layout = {
	56 + 728, 16, 4, 18,
	{ R(di, 56), R(si, 64), R(dx, 72), R(cx, 80), R(r8, 88), R(r9, 96), R(r10, 104), R(r11, 112), R(r12, 120), R(r13, 128),
	  R(r14, 136), R(r15, 144), R(bp, 152), R(bx, 160), R(ax, 168), R(ip, 224), R(rflags, 240), R(sp, 248) },
};

/* struct sigcontext */
__attribute__((unused)) static const struct layout openbsd_layout = {
	232, 220, 1, 18,
	{ R(di, 0), R(si, 8), R(dx, 16), R(cx, 24), R(r8, 32), R(r9, 40), R(r10, 48), R(r11, 56), R(r12, 64), R(r13, 72),
	  R(r14, 80), R(r15, 88), R(bp, 96), R(bx, 104), R(ax, 112), R(ip, 168), R(rflags, 184), R(sp, 192) },
};

enum { InfoCode = 2, InfoAddr = 24 };
#define SIGCODE_NUMBER(n) (n)

/* Return address and the context for the trampoline: sp of the handler, or 0. */
static inline uintptr_t entryframe(uintptr_t sp, uintptr_t ret, uintptr_t sig, uintptr_t info, uintptr_t context)
{
	const uintptr_t words[3] = { ret, context, 0 };

	(void)sig, (void)info;
	return put(sp - 24, words, sizeof words) ? sp - 24 : 0;
}

static inline void handlerregs(struct context *c, uintptr_t ret, uintptr_t context)
{
	(void)ret;
	c->mc.r15 = context; /* NetBSD's trampolines find it there */
}

/* Of the flags only those that a program may change. */
static inline void sanitize(struct context *c)
{
	c->mc.rflags = (c->mc.rflags & 0xcd5) | 0x202;
}

/* FreeBSD: sysarch AMD64_SET_FSBASE; a program's entry; a thread's. */
enum { SYSARCH_SETBASE = 129, SYSARCH_POINTER = 1, FREEBSD_TIME64 = 0, FREEBSD_TIMEVAL = 16 };
#define FREEBSD_ENTRY(c, stack) ((c)->mc.di = (stack), (c)->mc.sp = (((stack) - 8) & ~(uint64_t)15) + 8)
#define FREEBSD_FPU(c) ((void)(c))
__attribute__((unused)) static uintptr_t threadsp(uintptr_t top, uintptr_t arg)
{
	(void)arg;
	return (top & ~(uintptr_t)15) - 8; /* as if it was called; nobody knows the return address */
}

enum { NETBSD_NUMBER0 = 0, NETBSD_TIMEVAL = 16, OPENBSD_TIMEVAL = 16 };
