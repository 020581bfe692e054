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

/* ucontext32, and behind it, aligned for the FPU, mcontext32: exception, registers, FPU (Darwin: mach/i386/_structs.h) */
__attribute__((unused)) static const struct layout darwin_layout = {
	44 + 84, 4, 1, 10,
	{ R(ax, 56), R(bx, 60), R(cx, 64), R(dx, 68), R(di, 72), R(si, 76), R(bp, 80), R(sp, 84), R(eflags, 92), R(ip, 96) },
};
enum { DarwinPointer = 28, DarwinTarget = 44 };

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

/* Darwin: the trampoline is called with handler, style, signal, info, context. */
enum { UC_FLAVOR = 30, DARWIN_TIMEVAL = 8, DarwinUnix = 0 };
__attribute__((unused)) static bool darwin_enter(struct context *c, uintptr_t where, const struct action *a, int32_t sig, uintptr_t info, uintptr_t context)
{
	const uintptr_t words[6] = { (uintptr_t)-1, a->handler, a->flags & SaInfo ? UC_FLAVOR : 1, (uintptr_t)sig, info, context };
	uintptr_t sp = ((where - sizeof words) & ~(uintptr_t)15) - 4;

	entercall(c, a->trampoline, sp, 0, 0, 0);
	return put(sp, words, sizeof words);
}

/* Of a thread: the sp that it is given is no good, for edi has the stack. */
__attribute__((unused)) static void darwin_threadregs(struct context *c, uintptr_t start, const uintptr_t *a, uintptr_t port)
{
	entercall(c, start, a[2] - 16, 0, 0, 0);
	c->mc.ax = a[3], c->mc.bx = port, c->mc.cx = a[0], c->mc.dx = a[1], c->mc.di = a[2], c->mc.si = a[4];
}

/* The class of a call: 1 Mach, 2 Unix, 3 machine-dependent; and its number. */
__attribute__((unused)) static uint32_t darwin_class(struct context *c, uint32_t *number)
{
	uint8_t vector = 0;

	get(&vector, PC(c) - 1, 1);
	*number = vector == 0x81 ? -c->mc.ax : c->mc.ax;
	return vector == 0x80 ? 2 : vector == 0x81 ? 1 : 3;
}

/* Whether a fault is a call, and then behind it: Linux has no gates for these interrupts. */
__attribute__((unused)) static bool darwin_iscall(struct context *c)
{
	uint8_t insn[2];

	if (!get(insn, PC(c), sizeof insn) || insn[0] != 0xcd || (insn[1] != 0x81 && insn[1] != 0x82))
		return false;
	PC(c) += 2;
	return true;
}

static inline long darwin_settls(struct context *c, uintptr_t base)
{
	return settls(c, base);
}

/* Results in two registers; one of 64 bits. */
#define DARWIN_RESULTS(c, r1, r2) ((c)->mc.ax = (uintptr_t)(r1), (c)->mc.dx = (uintptr_t)(r2))
#define DARWIN_RESULT64(c, r) DARWIN_RESULTS(c, r, (r) >> 32)
#define DARWIN_KERN_RETURN(c, r) ((c)->mc.ax = (r))
#define DARWIN_SUCCESS(c) ((c)->mc.eflags &= ~1u)
