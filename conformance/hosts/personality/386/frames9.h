/* 386: Plan 9's a.out, its system calls, and struct Ureg (sys/include/ureg.h). */
enum { AoutMagic = 0x1eb, AoutHeader = 32, UTZERO = 0x1000, SegAlign = 0x1000 };
#define USTKTOP 0xdffff000
enum { UregSize = 76, CallLength = 2, FirstArg = 4, NsecReturns = 0, VlongWords = 2 };

#define R(reg, at) { offsetof(struct context, mc.reg), at }
static const struct {
	uint16_t host, image;
} ureg[] = { R(di, 0), R(si, 4), R(bp, 8), R(bx, 16), R(dx, 20), R(cx, 24), R(ax, 28), R(ip, 56), R(eflags, 64), R(sp, 68) };

static inline uintptr_t callnumber(struct context *c)
{
	return c->mc.ax;
}

static inline void setresult(struct context *c, uintptr_t r)
{
	c->mc.ax = r;
}

static inline void enternote(struct context *c, uintptr_t fn, uintptr_t sp, uintptr_t ureg)
{
	(void)ureg;
	c->mc.ip = fn;
	c->mc.sp = sp;
}

/* Of the flags only those that a program may change. */
static inline void safeflags(struct context *c)
{
	c->mc.eflags = (c->mc.eflags & 0xcd5) | 0x202;
}
