/* amd64: what Linux saves for a signal (struct rt_sigframe: ucontext). */
struct context {
	uint64_t flags, link, stack[3];
	struct {
		uint64_t r8, r9, r10, r11, r12, r13, r14, r15, di, si, bp, bx, dx, ax, cx, sp, ip, rflags;
		uint16_t cs, gs, fs, ss;
		uint64_t err, trapno, oldmask, cr2;
		char *fp;
		uint64_t reserved[8];
	} mc;
	uint32_t mask[2];
};

enum { MMAP = __NR_mmap, CLOCK_GETTIME = __NR_clock_gettime, FUTEX = __NR_futex, NANOSLEEP = __NR_nanosleep, ElfMachine = 62 };
#define PREAD_OFFSET(n) (n)
#define MODELS &model_freebsd, &model_netbsd, &model_openbsd, &model_plan9, &model_darwin

#define SP(c) ((c)->mc.sp)
#define PC(c) ((c)->mc.ip)

enum { SigcodePage = 0x10000, PageSize = 4096, RedZone = 128, FpSize = 512 };

/* The x87 and SSE state: what a signal frame of a BSD keeps of it. */
static inline char *fpstate(struct context *c)
{
	return c->mc.fp;
}

/* It was written: the kernel is to restore it. */
static inline void fpwritten(struct context *c)
{
	uint32_t *sw = (uint32_t *)(c->mc.fp + 464); /* struct _fpx_sw_bytes */

	if (sw[0] == 0x46505853) /* FP_XSTATE_MAGIC1: the header behind says what is there */
		*(uint64_t *)(c->mc.fp + 512) |= 3;
}

/* BSD: an error is carry and a positive number, and success is no carry. */
static inline void bsdresult(struct context *c, uintptr_t r, bool error)
{
	c->mc.ax = r;
	c->mc.rflags = (c->mc.rflags & ~(uint64_t)1) | error;
}

static inline uintptr_t bsdnumber(struct context *c)
{
	return c->mc.ax;
}

/* Where else some kernels of an OS look for it. */
#define bsdnumberagain(c) bsdnumber(c)

/* Arguments that are in registers; the others are behind the word at sp. */
static inline uint32_t bsdargs(struct context *c, uintptr_t *a)
{
	a[0] = c->mc.di, a[1] = c->mc.si, a[2] = c->mc.dx, a[3] = c->mc.r10, a[4] = c->mc.r8, a[5] = c->mc.r9;
	return 6;
}
#define BsdStackArgs 8

/* The pc of the instruction that made the call. */
static inline uintptr_t callsite(struct context *c)
{
	return c->mc.ip - 2;
}

/* Calls fn(a, b, c) in the image when c is resumed, with its return address at sp. */
static inline void entercall(struct context *c, uintptr_t fn, uintptr_t sp, uintptr_t x, uintptr_t y, uintptr_t z)
{
	c->mc.ip = fn;
	c->mc.sp = sp;
	c->mc.di = x, c->mc.si = y, c->mc.dx = z;
	c->mc.rflags &= ~(uint64_t)0x400; /* direction */
}

/* Of the calling thread, which will resume c. */
static inline long settls(struct context *c, uintptr_t base)
{
	(void)c;
	return sys(__NR_arch_prctl, 0x1002 /* ARCH_SET_FS */, base);
}

#define CallSignal 31 /* SIGSYS */

static inline bool iscall(struct context *c, int32_t code)
{
	(void)c;
	return code == 2; /* SYS_USER_DISPATCH */
}

static inline void machineinit(char **envp)
{
	(void)envp;
}
