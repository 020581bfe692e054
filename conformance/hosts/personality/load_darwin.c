/* Mach-O as the kernel of Darwin loads it (bsd/kern/mach_loader.c): static, one arch. And
 * the page by which programs know the time (osfmk/i386/commpage, rtclock.c). */
#include "darwin.h"

enum {
	W = sizeof(uintptr_t), LC_SEGMENT = W == 8 ? 0x19 : 1, LC_UNIXTHREAD = 5, MH_EXECUTE = 2,
	Magic = W == 8 ? (int)0xfeedfacf : (int)0xfeedface, CpuType = W == 8 ? 0x1000007 : 7, HeaderSize = W == 8 ? 32 : 28,
	Flavour = W == 8 ? 4 : 1, PcWord = W == 8 ? 16 : 10, ThreadWords = W == 8 ? 21 : 16,
};
#define COMMPAGE ((uintptr_t)(W == 8 ? 0x7fffffe00000 : 0xffff0000))

/* At 0x50 of the page. */
struct commtime {
	uint64_t base;
	uint32_t scale, shift;
	uint64_t ns;
	uint32_t generation;
};
static volatile struct commtime *commtime;
static struct mutex commlock;

static uint64_t counter(void)
{
	uint32_t lo, hi;

	__asm__ volatile("lfence; rdtsc" : "=a"(lo), "=d"(hi));
	return (uint64_t)hi << 32 | lo;
}

static uint64_t scaled(uint64_t ticks)
{
	ticks <<= commtime->shift;
	return (ticks >> 32) * commtime->scale + ((ticks & 0xffffffff) * commtime->scale >> 32);
}

static int64_t at(uint64_t now)
{
	return (int64_t)(commtime->ns + scaled(now - commtime->base));
}

int64_t absolutetime(void)
{
	int64_t ns;

	acquire(&commlock);
	ns = at(counter());
	release(&commlock);
	return ns;
}

static void settime(uint64_t base, uint64_t ns)
{
	uint32_t generation = commtime->generation;

	__atomic_store_n(&commtime->generation, 0, __ATOMIC_SEQ_CST);
	commtime->base = base;
	commtime->ns = ns;
	__atomic_store_n(&commtime->generation, generation + 1 ? generation + 1 : 1, __ATOMIC_SEQ_CST);
}

/* A ns more, so that no rounding goes back. */
void retime(uint64_t since)
{
	uint64_t now;

	acquire(&commlock);
	now = counter();
	settime(now - since, (uint64_t)at(now) - scaled(since) + 1);
	release(&commlock);
}

static uint64_t linuxtime(void)
{
	long ts[2];

	sys(CLOCK_GETTIME, 1, ts);
	return (uint64_t)ts[0] * 1000000000 + (uint64_t)ts[1];
}

/* What the counter counts in a second, from a few ms. Nothing depends on how exact that is:
 * the model has no other monotonic clock. */
static void measure(void)
{
	const long ts[2] = { 0, 3000000 };
	uint64_t ns = linuxtime(), ticks = counter();

	sys(NANOSLEEP, ts, 0);
	ticks = counter() - ticks;
	ns = linuxtime() - ns;
	while (ns >= ticks) { /* a counter of less than 1 GHz */
		ticks <<= 1;
		commtime->shift++;
	}
	commtime->scale = (uint32_t)((ns << 32) / ticks);
	settime(counter(), linuxtime());
}

/* Where Linux has its stack is chance, so again. */
static void commpage(const char *path)
{
	enum { PROT_RW = 3, PRIVATE_ANON_FIXED_NOREPLACE = 0x100032, ADDR_NO_RANDOMIZE = 0x40000 };

	if (sys(MMAP, COMMPAGE, PageSize, PROT_RW, PRIVATE_ANON_FIXED_NOREPLACE, -1, 0) != (long)COMMPAGE) {
		if (!(sys(__NR_personality, 0xffffffff) & ADDR_NO_RANDOMIZE))
			sys(__NR_execve, "/proc/self/exe", hostargv, hostenvp);
		die(path, "the page of the clock lies where Linux has its stack");
	}
	commtime = (volatile struct commtime *)(COMMPAGE + 0x50);
	measure();
	monotonic = absolutetime;
}

/* struct segment_command of either size, behind the command and its size */
static void mapcommand(int32_t fd, const char *path, const char *p)
{
	const uintptr_t *w = (const uintptr_t *)(p + 24);
	uint32_t prot = ((const uint32_t *)(w + 4))[1];
	struct segment s = { 0, (prot & 1 ? 4 : 0) | (prot & 2) | (prot & 4 ? 1 : 0), w[2], w[0], w[3], w[1] };

	if ((s.vaddr | s.memsz | s.offset) & (PageSize - 1) || s.filesz > s.memsz)
		die(path, "a segment is not of whole pages, or has more bytes in the file than in memory");
	if (s.vaddr == 0 && (prot != 0 || s.filesz != 0))
		die(path, "a segment lies at address 0, and is no __PAGEZERO");
	if (prot != 0 && s.memsz > 0)
		mapsegment(fd, path, &s);
}

void machoload(const char *path)
{
	static uint32_t header[PageSize / 4];
	const char *p = (const char *)header + HeaderSize, *end;
	long fd = sys(__NR_open, path, 0, 0), n;
	uint32_t left;

	if (fd < 0)
		die(path, "cannot be opened");
	n = sys(__NR_pread64, fd, header, sizeof header, PREAD_OFFSET(0));
	if (n < HeaderSize || header[0] != (uint32_t)Magic || header[1] != CpuType || header[3] != MH_EXECUTE)
		die(path, "expected a Mach-O executable of this arch");
	end = p + header[5];
	if (end > (const char *)header + n)
		die(path, "its commands lie far from the start");
	commpage(path);
	for (left = header[4]; left > 0; left--) {
		const uint32_t *c = (const uint32_t *)p;
		if (end - p < 8 || c[1] < 8 || c[1] > (uintptr_t)(end - p))
			die(path, "a command is not within the others");
		if (c[0] == LC_SEGMENT)
			mapcommand((int32_t)fd, path, p);
		if (c[0] == LC_UNIXTHREAD && c[2] == Flavour && c[1] == 16 + ThreadWords * W)
			image.entry = ((const uintptr_t *)(c + 4))[PcWord];
		p += c[1];
	}
	sys(__NR_close, fd);
	if (image.entry - image.lo >= image.hi - image.lo)
		die(path, "no LC_UNIXTHREAD of this arch with an entry in a segment");
}
