/* 386: where the kernels of the BSDs save registers for a signal, and how they enter its
 * handler. Sources: x86/ucontext.h (FreeBSD), i386/mcontext.h (NetBSD), i386/signal.h
 * (OpenBSD). */
#define R(reg, at) { offsetof(struct context, mc.reg), at }

/* ucontext_t: mask, mcontext */
__attribute__((unused)) static const struct layout freebsd_layout = {
	16 + 640, 0, 4, 10,
	{ R(di, 36), R(si, 40), R(bp, 44), R(bx, 52), R(dx, 56), R(cx, 60), R(ax, 64), R(ip, 76), R(eflags, 84), R(sp, 88) },
};

/* ucontext_t: flags, link, mask, stack, registers */
__attribute__((unused)) static const struct layout netbsd_layout = {
	36 + 740, 8, 4, 10,
	{ R(di, 52), R(si, 56), R(bp, 60), R(bx, 68), R(dx, 72), R(cx, 76), R(ax, 80), R(ip, 92), R(eflags, 100), R(sp, 104) },
};

/* struct sigcontext */
__attribute__((unused)) static const struct layout openbsd_layout = {
	84, 68, 1, 10,
	{ R(di, 16), R(si, 20), R(bp, 24), R(bx, 28), R(dx, 32), R(cx, 36), R(ax, 40), R(ip, 44), R(eflags, 52), R(sp, 56) },
};

enum { InfoCode = 2, InfoAddr = 12 };
#define SIGCODE_NUMBER(n) (n)

/* Return address and arguments: sp of the handler, or 0. */
static inline uintptr_t entryframe(uintptr_t sp, uintptr_t ret, uintptr_t sig, uintptr_t info, uintptr_t context)
{
	const uintptr_t words[4] = { ret, sig, info, context };

	return put(sp - 16, words, sizeof words) ? sp - 16 : 0;
}

static inline void handlerregs(struct context *c, uintptr_t ret, uintptr_t context)
{
	(void)c, (void)ret, (void)context;
}

/* Of the flags only those that a program may change. */
static inline void sanitize(struct context *c)
{
	c->mc.eflags = (c->mc.eflags & 0xcd5) | 0x202;
}

/* FreeBSD: sysarch I386_SET_GSBASE; a program's entry; a thread's. */
enum { SYSARCH_SETBASE = 10, SYSARCH_POINTER = 1, FREEBSD_TIME64 = 0, FREEBSD_TIMEVAL = 8 };
#define FREEBSD_ENTRY(c, stack) ((c)->mc.sp = (stack))
/* Sums of the FPU have 53 bits (machine/npx.h: __INITIAL_FPUCW_I386__). */
#define FREEBSD_FPU(c) fpcontrol(c, 0x127f)
__attribute__((unused)) static uintptr_t threadsp(uintptr_t top, uintptr_t arg)
{
	const uintptr_t words[2] = { 0, arg };
	uintptr_t sp = ((top - 4) & ~(uintptr_t)15) - 4;

	return put(sp, words, sizeof words) ? sp : 0;
}

enum { NETBSD_NUMBER0 = 0, NETBSD_TIMEVAL = 12, OPENBSD_TIMEVAL = 12 };
