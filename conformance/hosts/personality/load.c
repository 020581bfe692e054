/* The image: a static ELF file, mapped where it says, and the first thread's stack. */
#include "host.h"

enum {
	W = sizeof(uintptr_t), PHOFF = 24 + W, PHENTSIZE = W == 8 ? 54 : 42, PHNUM = PHENTSIZE + 2,
	PT_LOAD = 1, PT_NOTE = 4, PT_OPENBSD_SYSCALLS = 0x65a3dbe9, PF_X = 1, PF_W = 2, PF_R = 4,
	StackSize = 1 << 20,
};

struct image image;

/* Fields of a program header, whose order is another for each word size. */
static struct segment segment(const char *p)
{
	const uint32_t *w = (const uint32_t *)p;
	const uintptr_t *x = (const uintptr_t *)p;

	if (W == 8)
		return (struct segment){ w[0], w[1], x[1], x[2], x[4], x[5] };
	return (struct segment){ w[0], w[6], x[1], x[2], x[4], x[5] };
}

void mapsegment(int32_t fd, const char *path, const struct segment *s)
{
	enum { PRIVATE_FIXED_ANONYMOUS = 0x32, NOREPLACE = 0x100000, READ_WRITE = 3 };
	uintptr_t lo = s->vaddr & ~(uintptr_t)(PageSize - 1);
	uintptr_t hi = (s->vaddr + s->memsz + PageSize - 1) & ~(uintptr_t)(PageSize - 1);
	uintptr_t prot = (s->flags & PF_R ? 1 : 0) | (s->flags & PF_W ? 2 : 0) | (s->flags & PF_X ? 4 : 0);

	if (sys(MMAP, lo, hi - lo, READ_WRITE, PRIVATE_FIXED_ANONYMOUS | (lo >= image.hi ? NOREPLACE : 0), -1, 0) != (long)lo)
		die(path, "a segment lies where the host is");
	for (uintptr_t n = 0; n < s->filesz;) {
		long r = sys(__NR_pread64, fd, s->vaddr + n, s->filesz - n, PREAD_OFFSET(s->offset + n));
		if (r <= 0)
			die(path, "a segment is not in the file");
		n += (uintptr_t)r;
	}
	sys(__NR_mprotect, lo, hi - lo, prot);
	if (image.lo == 0 || lo < image.lo)
		image.lo = lo;
	if (hi > image.hi)
		image.hi = hi;
}

void load(const char *path)
{
	static char header[PageSize];
	long fd = sys(__NR_open, path, 0, 0);
	const char *p = header;

	if (fd < 0)
		die(path, "cannot be opened");
	long n = sys(__NR_pread64, fd, header, sizeof header, PREAD_OFFSET(0));
	if (n < 64 || header[0] != 0x7f || header[1] != 'E' || header[2] != 'L' || header[3] != 'F' ||
	    header[4] != W / 4 || *(uint16_t *)(header + 16) != 2 || *(uint16_t *)(header + 18) != ElfMachine)
		die(path, "expected a static ELF executable of this arch");
	image.entry = *(uintptr_t *)(header + 24);
	p += *(uintptr_t *)(header + PHOFF);
	for (uint32_t i = *(uint16_t *)(header + PHNUM); i > 0; i--, p += *(uint16_t *)(header + PHENTSIZE)) {
		if (p > header + n - 56)
			die(path, "program headers lie far from the start");
		struct segment s = segment(p);
		if (s.type == PT_LOAD && s.memsz > 0)
			mapsegment((int32_t)fd, path, &s);
		if (s.type == PT_OPENBSD_SYSCALLS) {
			image.pins = (const uint32_t *)s.vaddr;
			image.npins = (uint32_t)(s.filesz / 8);
		}
		if (s.type == PT_NOTE && image.nnotes < nelem(image.notes)) {
			image.notes[image.nnotes] = s.vaddr;
			image.notesize[image.nnotes++] = s.memsz;
		}
	}
	sys(__NR_close, fd);
	if (!model->accept())
		die(path, "no note says that it is of this OS: its kernel would not run it");
}

bool hasnote(const char *name, uint32_t type, uint32_t *desc)
{
	for (uint32_t i = 0; i < image.nnotes; i++) {
		for (uintptr_t p = image.notes[i]; p + 12 <= image.notes[i] + image.notesize[i];) {
			const uint32_t *w = (const uint32_t *)p;
			if (w[2] == type && w[1] >= 4 && same((const char *)(p + 12), name)) {
				*desc = *(const uint32_t *)(p + 12 + ((w[0] + 3) & ~3u));
				return true;
			}
			p += 12 + ((w[0] + 3) & ~3u) + ((w[1] + 3) & ~3u);
		}
	}
	return false;
}

/* argc, the pointers of argv and envp, each ended by 0, and an empty auxiliary vector. */
uintptr_t startstack(char **argv, char **envp)
{
	char *lo = pages(2 * StackSize);
	uintptr_t *p, argc = 0, envc = 0;

	if (!lo)
		die("image", "no memory for its stack");
	lo = (char *)(((uintptr_t)lo + StackSize - 1) & ~(uintptr_t)(StackSize - 1)); /* aligned to its size */
	while (argv[argc])
		argc++;
	while (envp[envc])
		envc++;
	p = (uintptr_t *)(((uintptr_t)lo + StackSize - (argc + envc + 16) * W) & ~(uintptr_t)15);
	p[0] = argc;
	for (uintptr_t i = 0; i <= argc; i++)
		p[1 + i] = (uintptr_t)argv[i];
	for (uintptr_t i = 0; i <= envc; i++)
		p[2 + argc + i] = (uintptr_t)envp[i];
	return (uintptr_t)p;
}
