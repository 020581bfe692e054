/* 386: what Linux saves for a signal (struct rt_sigframe_ia32: ucontext). */
struct context {
	uint32_t flags, link, stack[3];
	struct {
		uint16_t gs, gsh, fs, fsh, es, esh, ds, dsh;
		uint32_t di, si, bp, sp, bx, dx, cx, ax, trapno, err, ip;
		uint16_t cs, csh;
		uint32_t eflags, spatsignal;
		uint16_t ss, ssh;
		char *fp;
		uint32_t oldmask, cr2;
	} mc;
	uint32_t mask[2];
};

enum { MMAP = __NR_mmap2, CLOCK_GETTIME = __NR_clock_gettime, FUTEX = __NR_futex, NANOSLEEP = __NR_nanosleep, ElfMachine = 3 };
#define PREAD_OFFSET(n) (n), 0
#define MODELS &model_freebsd, &model_netbsd, &model_openbsd, &model_plan9, &model_darwin

#define SP(c) ((c)->mc.sp)
#define PC(c) ((c)->mc.ip)

enum { SigcodePage = 0x10000, PageSize = 4096, RedZone = 0, FpSize = 112 + 512 };

/* The state of the FPU as FSAVE and then as FXSAVE writes it. */
static inline char *fpstate(struct context *c)
{
	return c->mc.fp;
}

/* It was written: the kernel is to restore it. */
static inline void fpwritten(struct context *c)
{
	uint32_t *sw = (uint32_t *)(c->mc.fp + 112 + 464); /* struct _fpx_sw_bytes */

	if (sw[0] == 0x46505853) /* FP_XSTATE_MAGIC1: the header behind says what is there */
		*(uint32_t *)(c->mc.fp + 112 + 512) |= 3;
}

static inline void fpcontrol(struct context *c, uint16_t cw)
{
	*(uint16_t *)c->mc.fp = *(uint16_t *)(c->mc.fp + 112) = cw;
	fpwritten(c);
}

/* BSD: an error is carry and a positive number, and success is no carry. */
static inline void bsdresult(struct context *c, uintptr_t r, bool error)
{
	c->mc.ax = r;
	c->mc.eflags = (c->mc.eflags & ~1u) | error;
}

static inline uintptr_t bsdnumber(struct context *c)
{
	return c->mc.ax;
}

/* Where else some kernels of an OS look for it. */
#define bsdnumberagain(c) bsdnumber(c)

/* All arguments are behind the word at sp. */
static inline uint32_t bsdargs(struct context *c, uintptr_t *a)
{
	(void)c, (void)a;
	return 0;
}
#define BsdStackArgs 4

/* The pc of the instruction that made the call. */
static inline uintptr_t callsite(struct context *c)
{
	return c->mc.ip - 2;
}

/* Calls fn in the image when c is resumed; its return address and arguments are at sp. */
static inline void entercall(struct context *c, uintptr_t fn, uintptr_t sp, uintptr_t x, uintptr_t y, uintptr_t z)
{
	(void)x, (void)y, (void)z;
	c->mc.ip = fn;
	c->mc.sp = sp;
	c->mc.eflags &= ~0x400u; /* direction */
}

/* Of the calling thread, which will resume c. */
static inline long settls(struct context *c, uintptr_t base)
{
	static uint32_t entry = ~0u; /* what the first thread was given */
	enum { USABLE_PAGES_32BIT = 0x51 };
	uint32_t desc[4] = { entry, base, 0xfffff, USABLE_PAGES_32BIT }; /* struct user_desc */
	long e = sys(__NR_set_thread_area, desc);

	if (e < 0)
		return e;
	entry = desc[0];
	c->mc.gs = (uint16_t)(desc[0] << 3 | 3);
	return 0;
}

#define CallSignal 31 /* SIGSYS */

static inline bool iscall(struct context *c, int32_t code)
{
	(void)c;
	return code == 2; /* SYS_USER_DISPATCH */
}

extern uintptr_t sysentry; /* of machine.S: the kernel's entry, much faster than int $0x80 */
extern char sysslow[];

static inline void machineinit(char **envp)
{
	enum { AT_SYSINFO = 32 };
	uintptr_t *p;

	while (*envp++)
		;
	for (p = (uintptr_t *)envp; p[0] != 0; p += 2)
		if (p[0] == AT_SYSINFO)
			sysentry = p[1];
}
