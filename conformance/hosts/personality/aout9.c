/* Plan 9's images: a.out(6), as exec(2) maps it, and memory that processes share. */
#include "plan9.h"

enum { PROT_RW = 3, PROT_RX = 5, SHARED_ANON = 0x21, PRIVATE_ANON = 0x22, FIXED = 0x10, NORESERVE = 0x4000, NOREPLACE = 0x100000 };
enum { PoolSize = 256 << 20 };

uintptr_t heaplow, heaphigh = 0x60000000; /* below the host */

static void map(const char *path, uintptr_t lo, uintptr_t hi, int32_t flags)
{
	if (sys(MMAP, lo, hi - lo, PROT_RW, flags | FIXED | NOREPLACE | NORESERVE, -1, 0) != (long)lo)
		die(path, "a segment lies where the host is");
}

static void readall(int32_t fd, const char *path, uintptr_t to, uintptr_t n, uintptr_t offset)
{
	for (uintptr_t got = 0; got < n;) {
		long r = sys(__NR_pread64, fd, to + got, n - got, PREAD_OFFSET(offset + got));
		if (r <= 0)
			die(path, "a segment is not in the file");
		got += (uintptr_t)r;
	}
}

/* Linux's own stack may lie where Plan 9's has to: where it does is chance, so again. */
static void stacksegment(const char *path)
{
	enum { ADDR_NO_RANDOMIZE = 0x40000 };
	uintptr_t lo = USTKTOP - USTKSIZE;

	if (sys(MMAP, lo, USTKSIZE, PROT_RW, PRIVATE_ANON | FIXED | NOREPLACE | NORESERVE, -1, 0) == (long)lo)
		return;
	if (!(sys(__NR_personality, 0xffffffff) & ADDR_NO_RANDOMIZE))
		sys(__NR_execve, "/proc/self/exe", hostargv, hostenvp);
	die(path, "the stack lies where Linux has its own");
}

/* A segment of the host's in pages that the processes to come share, in place of its own. */
static void share(uintptr_t lo, uintptr_t hi)
{
	enum { MAYMOVE_FIXED = 3 };
	long p = sys(MMAP, 0, hi - lo, PROT_RW, SHARED_ANON, -1, 0);

	memcpy((void *)p, (void *)lo, hi - lo);
	if (sys(__NR_mremap, p, hi - lo, hi - lo, MAYMOVE_FIXED, lo) != (long)lo)
		die("host", "its data cannot be shared");
}

static void sharedata(void)
{
	enum { W = sizeof(uintptr_t), PHOFF = 24 + W, PHNUM = W == 8 ? 56 : 44, PhdrSize = W == 8 ? 56 : 32, PF_W = 2, PT_LOAD = 1 };
	extern const char __ehdr_start[]; /* of the linker: the program's own ELF header */
	const char *p = __ehdr_start + *(const uintptr_t *)(__ehdr_start + PHOFF);
	long pool;

	for (uint32_t i = *(const uint16_t *)(__ehdr_start + PHNUM); i > 0; i--, p += PhdrSize) {
		const uint32_t *w = (const uint32_t *)p;
		const uintptr_t *x = (const uintptr_t *)p;
		if (w[0] == PT_LOAD && w[W == 8 ? 1 : 6] & PF_W)
			share(x[2] & ~(uintptr_t)(PageSize - 1), (x[2] + x[5] + PageSize - 1) & ~(uintptr_t)(PageSize - 1));
	}
	pool = sys(MMAP, 0, PoolSize, PROT_RW, SHARED_ANON | NORESERVE, -1, 0);
	if (pool < 0 && pool > -4096)
		die("host", "no memory to share");
	mode.poolend = (char *)pool + PoolSize;
	mode.pool = (char *)pool;
}

static uint32_t big(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

void aoutload(const char *path)
{
	unsigned char h[AoutHeader];
	long fd = sys(__NR_open, path, 0, 0);
	uintptr_t text, data, bss;

	if (fd < 0)
		die(path, "cannot be opened");
	stacksegment(path);
	sharedata();
	readall((int32_t)fd, path, (uintptr_t)h, sizeof h, 0);
	if (big(h) != AoutMagic)
		die(path, "expected a Plan 9 executable of this arch");
	text = UTZERO + AoutHeader + big(h + 4);
	image.entry = AoutHeader == 40 ? big(h + 36) : big(h + 20);
	if (image.entry < UTZERO + AoutHeader || image.entry >= text)
		die(path, "the entry is not in the text");
	image.lo = UTZERO;
	image.hi = (text + SegAlign - 1) & ~(uintptr_t)(SegAlign - 1);
	data = big(h + 8);
	bss = big(h + 12);
	map(path, UTZERO, image.hi, SHARED_ANON);
	readall((int32_t)fd, path, UTZERO, text - UTZERO, 0);
	sys(__NR_mprotect, UTZERO, image.hi - UTZERO, PROT_RX);
	/* All that brk may ever reach: it cannot be given to all processes later. */
	map(path, image.hi, heaphigh, SHARED_ANON);
	readall((int32_t)fd, path, image.hi, data, text - UTZERO);
	heaplow = image.hi + data + bss;
	sys(__NR_close, fd);
}
