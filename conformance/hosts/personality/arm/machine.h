/* arm under qemu-arm: what it saves for a signal (struct sigframe: ucontext). There is no
 * Syscall User Dispatch; but a number in svc that Linux has not got is SIGILL. */
struct context {
	uint32_t flags, link, stack[3];
	struct {
		uint32_t trapno, error, oldmask, r[16], cpsr, fault;
	} mc;
	uint32_t mask[2], unused[30];
	uint64_t regspace[64]; /* of the coprocessors, VFP first */
};

enum { MMAP = __NR_mmap2, CLOCK_GETTIME = __NR_clock_gettime, FUTEX = __NR_futex, NANOSLEEP = __NR_nanosleep, ElfMachine = 40 };
#define PREAD_OFFSET(n) 0, (n), 0
#define MODELS &model_freebsd, &model_netbsd

#define SP(c) ((c)->mc.r[13])
#define PC(c) ((c)->mc.r[15])

enum { SigcodePage = 0x8000, PageSize = 4096, RedZone = 0, FpSize = 304 };

static inline char *fpstate(struct context *c)
{
	return (char *)c->regspace;
}

static inline void fpwritten(struct context *c)
{
	(void)c; /* it is always restored */
}

/* BSD: an error is carry and a positive number, and success is no carry. */
static inline void bsdresult(struct context *c, uintptr_t r, bool error)
{
	c->mc.r[0] = r;
	c->mc.cpsr = (c->mc.cpsr & ~(1u << 29)) | (uint32_t)error << 29;
}

/* The pc of the instruction that made the call. */
static inline uintptr_t callsite(struct context *c)
{
	return c->mc.r[15] - 4;
}

static inline uintptr_t bsdnumber(struct context *c)
{
	return *(uint32_t *)callsite(c) & 0xffffff;
}

/* Where the newer kernels of FreeBSD look for it. */
static inline uintptr_t bsdnumberagain(struct context *c)
{
	return c->mc.r[7];
}

/* Arguments that are in registers; the others are at sp. */
static inline uint32_t bsdargs(struct context *c, uintptr_t *a)
{
	for (uint32_t i = 0; i < 4; i++)
		a[i] = c->mc.r[i];
	return 4;
}
#define BsdStackArgs 0

/* Calls fn(a, b, c) in the image when c is resumed. */
static inline void entercall(struct context *c, uintptr_t fn, uintptr_t sp, uintptr_t x, uintptr_t y, uintptr_t z)
{
	c->mc.r[0] = x, c->mc.r[1] = y, c->mc.r[2] = z;
	c->mc.r[13] = sp;
	c->mc.r[15] = fn;
	c->mc.cpsr &= ~(1u << 5 | 0x0600fc00u); /* ARM state, no IT block */
}

/* Of the calling thread, which will resume c. */
static inline long settls(struct context *c, uintptr_t base)
{
	(void)c;
	return sys(0xf0005, base); /* ARM_set_tls */
}

#define CallSignal 4 /* SIGILL */

static inline bool iscall(struct context *c, int32_t code)
{
	(void)code;
	return *(uint32_t *)callsite(c) >> 24 == 0xef; /* svc, always */
}

static inline void machineinit(char **envp)
{
	(void)envp;
}
