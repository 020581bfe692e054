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

/* ucontext64, and behind it mcontext64: exception, registers, FPU (Darwin: mach/i386/_structs.h) */
__attribute__((unused)) static const struct layout darwin_layout = {
	64 + 192, 4, 1, 18,
	{ R(ax, 80), R(bx, 88), R(cx, 96), R(dx, 104), R(di, 112), R(si, 120), R(bp, 128), R(sp, 136), R(r8, 144), R(r9, 152),
	  R(r10, 160), R(r11, 168), R(r12, 176), R(r13, 184), R(r14, 192), R(r15, 200), R(ip, 208), R(rflags, 216) },
};
enum { DarwinPointer = 48, DarwinTarget = 64 };

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

/* Darwin: the trampoline is called with handler, style, signal, info, context. */
enum { UC_FLAVOR = 30, DARWIN_TIMEVAL = 16, DarwinUnix = 0x2000000 };
__attribute__((unused)) static bool darwin_enter(struct context *c, uintptr_t where, const struct action *a, int32_t sig, uintptr_t info, uintptr_t context)
{
	const uintptr_t ret = (uintptr_t)-1;

	entercall(c, a->trampoline, where - 8, a->handler, a->flags & SaInfo ? UC_FLAVOR : 1, (uintptr_t)sig);
	c->mc.cx = info;
	c->mc.r8 = context;
	return put(where - 8, &ret, sizeof ret);
}

/* Of a thread: the sp that it is given is no good, for r8 has the stack. */
__attribute__((unused)) static void darwin_threadregs(struct context *c, uintptr_t start, const uintptr_t *a, uintptr_t port)
{
	entercall(c, start, a[2] - 128, a[3], port, a[0]);
	c->mc.cx = a[1];
	c->mc.r8 = a[2];
	c->mc.r9 = a[4];
}

/* The class of a call: 1 Mach, 2 Unix, 3 machine-dependent; and its number. */
__attribute__((unused)) static uint32_t darwin_class(struct context *c, uint32_t *number)
{
	*number = (uint32_t)c->mc.ax & 0xffffff;
	return (uint32_t)c->mc.ax >> 24;
}

/* Whether a fault is a call, and then behind it. */
static inline bool darwin_iscall(struct context *c)
{
	(void)c;
	return false; /* they come by syscall */
}

static inline long darwin_settls(struct context *c, uintptr_t base)
{
	(void)c;
	return sys(__NR_arch_prctl, 0x1001 /* ARCH_SET_GS */, base);
}

/* Results in two registers; one of 64 bits. */
#define DARWIN_RESULTS(c, r1, r2) ((c)->mc.ax = (uintptr_t)(r1), (c)->mc.dx = (uintptr_t)(r2))
#define DARWIN_RESULT64(c, r) ((c)->mc.ax = (r))
#define DARWIN_KERN_RETURN(c, r) ((c)->mc.ax = (r))
#define DARWIN_SUCCESS(c) ((c)->mc.rflags &= ~(uint64_t)1)
