/* amd64: Plan 9's a.out, its system calls, and struct Ureg (sys/include/ureg.h). */
enum { AoutMagic = 0x8a97, AoutHeader = 40, UTZERO = 0x200000, SegAlign = 0x200000 };
#define USTKTOP 0x7ffffffff000
enum { UregSize = 184, CallLength = 0, FirstArg = 8, NsecReturns = 1, VlongWords = 1 };

#define R(reg, at) { offsetof(struct context, mc.reg), at }
static const struct {
	uint16_t host, image;
} ureg[] = { R(ax, 0), R(bx, 8), R(cx, 16), R(dx, 24), R(si, 32), R(di, 40), R(bp, 48), R(r8, 56), R(r9, 64), R(r10, 72),
	R(r11, 80), R(r12, 88), R(r13, 96), R(r14, 104), R(r15, 112), R(ip, 144), R(rflags, 160), R(sp, 168) };

static inline uintptr_t callnumber(struct context *c)
{
	return c->mc.bp;
}

/* Of the registers the kernels keep sp, and each some others: 9k bp, 9front r14 and r15.
 * Who relies on more than that is wrong. */
static inline void setresult(struct context *c, uintptr_t r)
{
	uint64_t lost = 0xdeadbeefdeadbeef;

	c->mc.ax = r;
	c->mc.bx = c->mc.dx = c->mc.si = c->mc.di = c->mc.bp = lost;
	c->mc.r8 = c->mc.r9 = c->mc.r10 = c->mc.r12 = c->mc.r13 = c->mc.r14 = c->mc.r15 = lost;
}

static inline void enternote(struct context *c, uintptr_t fn, uintptr_t sp, uintptr_t ureg)
{
	c->mc.ip = fn;
	c->mc.sp = sp;
	c->mc.bp = ureg; /* the argument that has a register */
}

/* Of the flags only those that a program may change. */
static inline void safeflags(struct context *c)
{
	c->mc.rflags = (c->mc.rflags & 0xcd5) | 0x202;
}
