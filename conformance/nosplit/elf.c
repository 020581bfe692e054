/*
 * elf.c - the ELF container: headers, segments, sections, symbols.
 *
 * Depends on the file's bytes alone. Promises that after elf_read() every segment and section
 * lies in the file, string tables end in a NUL, tables have entries of the right size, links
 * lead to sections of the right type, and segments do not overlap: the other files need not
 * look again. What is not so is refused here, with one line.
 */
#include "image.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_NAME = 4096 }; /* a symbol with a longer one counts as without name */

/* Whether [off, off + size) lies in n bytes. */
static bool within(uint64_t off, uint64_t size, uint64_t n)
{
	return off <= n && size <= n - off;
}

struct counts {
	uint64_t phoff, shoff;
	uint64_t phnum, shnum, shstrndx;
};

static bool read_ident(struct image *im)
{
	struct elffile *e = im->elf;
	const uint8_t *b = e->bytes;

	if (e->n < EI_NIDENT || memcmp(b, ELFMAG, SELFMAG) != 0)
		return image_bad(im, "no ELF file (it does not begin as one): name a linked program");
	if (b[EI_CLASS] != ELFCLASS32 && b[EI_CLASS] != ELFCLASS64)
		return image_bad(im, "ELF header: class is %d where 1 (32-bit) or 2 (64-bit) is meant: the file is damaged", b[EI_CLASS]);
	if (b[EI_DATA] != ELFDATA2LSB && b[EI_DATA] != ELFDATA2MSB)
		return image_bad(im, "ELF header: byte order is %d where 1 (little) or 2 (big) is meant: the file is damaged", b[EI_DATA]);
	if (b[EI_VERSION] != EV_CURRENT)
		return image_bad(im, "ELF header: version is %d where 1 is meant: the file is damaged", b[EI_VERSION]);
	e->is64 = b[EI_CLASS] == ELFCLASS64;
	im->bigendian = b[EI_DATA] == ELFDATA2MSB;
	return true;
}

static bool read_header(struct image *im, struct counts *c)
{
	struct elffile *e = im->elf;
	struct reader r = {e->bytes + EI_NIDENT, e->bytes + e->n, im->bigendian, false, e->is64 ? 8 : 4};
	unsigned machine, phentsize, shentsize;

	e->type = (int)rd(&r, 2);
	machine = (unsigned)rd(&r, 2);
	rd(&r, 4);
	im->entry = rd_word(&r);
	c->phoff = rd_word(&r);
	c->shoff = rd_word(&r);
	e->flags = (uint32_t)rd(&r, 4);
	rd(&r, 2);
	phentsize = (unsigned)rd(&r, 2);
	c->phnum = rd(&r, 2);
	shentsize = (unsigned)rd(&r, 2);
	c->shnum = rd(&r, 2);
	c->shstrndx = rd(&r, 2);
	if (r.bad)
		return image_bad(im, "ELF header: cut off after %zu bytes: copy or build the file again", e->n);
	if (e->type == ET_REL)
		return image_bad(im, "a relocatable object, whose calls have no targets yet: link it, nosplit reads linked programs");
	if (e->type == ET_CORE)
		return image_bad(im, "a core dump: name the program that dumped it");
	if (e->type != ET_EXEC && e->type != ET_DYN)
		return image_bad(im, "ELF header: type is %d where 2 (program) or 3 (PIE, shared object) is meant: the file is damaged", e->type);
	im->arch = arch_of((int)machine, e->is64 ? ELFCLASS64 : ELFCLASS32);
	if (im->arch == NULL)
		return image_bad(im, "ELF header: machine %u (%d-bit) is unknown: nosplit reads amd64, 386 and arm", machine, e->is64 ? 64 : 32);
	if (machine != EM_ARM && im->bigendian)
		return image_bad(im, "ELF header: %s in big-endian byte order, which there is not: the file is damaged", im->arch->name);
	if (c->phnum != 0 && phentsize != (e->is64 ? 56 : 32))
		return image_bad(im, "ELF header: program headers of %u bytes where %d are meant: the file is damaged", phentsize, e->is64 ? 56 : 32);
	if (c->shoff != 0 && shentsize != (e->is64 ? 64 : 40))
		return image_bad(im, "ELF header: section headers of %u bytes where %d are meant: the file is damaged", shentsize, e->is64 ? 64 : 40);
	im->pie = e->type == ET_DYN;
	return true;
}

static void read_section(struct reader *r, struct section *s, uint32_t *name)
{
	*name = (uint32_t)rd(r, 4);
	s->type = (uint32_t)rd(r, 4);
	s->flags = rd_word(r);
	s->addr = rd_word(r);
	s->off = rd_word(r);
	s->size = rd_word(r);
	s->link = (uint32_t)rd(r, 4);
	s->info = (uint32_t)rd(r, 4);
	rd_word(r);
	s->entsize = rd_word(r);
}

/* Section 0 holds the counts that do not fit in the header. */
static bool read_counts(struct image *im, struct counts *c)
{
	struct elffile *e = im->elf;
	uint64_t shsize = e->is64 ? 64 : 40, phsize = e->is64 ? 56 : 32;
	struct section zero = {0};
	uint32_t name;

	if (c->shoff != 0) {
		struct reader r = {e->bytes, e->bytes + e->n, im->bigendian, false, e->is64 ? 8 : 4};

		if (!within(c->shoff, shsize, e->n))
			return image_bad(im, "section headers at 0x%" PRIx64 " are behind the end of the file (0x%zx bytes): it is cut off: copy or build it again", c->shoff, e->n);
		r.p += c->shoff;
		read_section(&r, &zero, &name);
		if (c->shnum == 0)
			c->shnum = zero.size;
		if (c->shstrndx == SHN_XINDEX)
			c->shstrndx = zero.link;
		if (c->phnum == PN_XNUM)
			c->phnum = zero.info;
		if (c->shnum > (e->n - c->shoff) / shsize)
			return image_bad(im, "section headers at 0x%" PRIx64 ": %" PRIu64 " of them run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", c->shoff, c->shnum, e->n);
	} else {
		c->shnum = 0;
	}
	if (c->phnum != 0 && (c->phoff > e->n || c->phnum > (e->n - c->phoff) / phsize))
		return image_bad(im, "program headers at 0x%" PRIx64 ": %" PRIu64 " of them run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", c->phoff, c->phnum, e->n);
	return true;
}

static int by_segment(const void *x, const void *y)
{
	const struct segment *a = x, *b = y;

	return a->addr < b->addr ? -1 : a->addr > b->addr;
}

static bool check_segment(struct image *im, size_t i, const struct segment *s)
{
	struct elffile *e = im->elf;
	uint64_t top = e->is64 ? UINT64_MAX : UINT32_MAX;

	if (!within(s->off, s->filesz, e->n))
		return image_bad(im, "program header %zu: 0x%" PRIx64 " bytes at offset 0x%" PRIx64 " run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", i, s->filesz, s->off, e->n);
	if (s->filesz > s->memsz)
		return image_bad(im, "program header %zu: 0x%" PRIx64 " bytes in the file are more than 0x%" PRIx64 " in memory: the file is damaged", i, s->filesz, s->memsz);
	if (s->memsz > 0 && s->memsz - 1 > top - s->addr)
		return image_bad(im, "program header %zu: 0x%" PRIx64 " bytes at address 0x%" PRIx64 " run past the end of memory: the file is damaged", i, s->memsz, s->addr);
	return true;
}

static bool read_segments(struct image *im, const struct counts *c)
{
	struct elffile *e = im->elf;
	struct reader r = {e->bytes + (c->phnum ? c->phoff : 0), e->bytes + e->n, im->bigendian, false, e->is64 ? 8 : 4};
	bool code = false;
	size_t i;

	e->segs = mem_alloc(c->phnum * sizeof *e->segs);
	for (i = 0; i < c->phnum; i++) {
		struct segment s = {0};
		uint32_t type = (uint32_t)rd(&r, 4);

		if (e->is64)
			s.flags = (uint32_t)rd(&r, 4);
		s.off = rd_word(&r);
		s.addr = rd_word(&r);
		rd_word(&r);
		s.filesz = rd_word(&r);
		s.memsz = rd_word(&r);
		if (!e->is64)
			s.flags = (uint32_t)rd(&r, 4);
		rd_word(&r);
		if (type == PT_GNU_RELRO)
			ranges_add(&e->readonly, s.addr, s.memsz);
		if (type != PT_LOAD)
			continue;
		if (!check_segment(im, i, &s))
			return false;
		code |= (s.flags & PF_X) && s.filesz > 0;
		if (!(s.flags & PF_W))
			ranges_add(&e->readonly, s.addr, s.memsz);
		if (s.memsz > 0)
			e->segs[e->nsegs++] = s;
	}
	qsort(e->segs, e->nsegs, sizeof *e->segs, by_segment);
	for (i = 1; i < e->nsegs; i++)
		if (e->segs[i].addr - e->segs[i - 1].addr < e->segs[i - 1].memsz)
			return image_bad(im, "two segments overlap at address 0x%" PRIx64 ": the file is damaged", e->segs[i].addr);
	if (!code)
		return image_bad(im, "no executable segment with bytes in the file: if this is a separate debug file, name the program");
	return true;
}

/* Size of an entry that a table of this type must have, or 0. */
static uint64_t entry_size(const struct elffile *e, uint32_t type)
{
	switch (type) {
	case SHT_SYMTAB:
	case SHT_DYNSYM: return e->is64 ? 24 : 16;
	case SHT_REL: return e->is64 ? 16 : 8;
	case SHT_RELA: return e->is64 ? 24 : 12;
	default: return 0;
	}
}

static bool check_section(struct image *im, size_t i)
{
	struct elffile *e = im->elf;
	const struct section *s = &e->secs[i];
	uint64_t size = entry_size(e, s->type), top = e->is64 ? UINT64_MAX : UINT32_MAX;
	const struct segment *g;

	if ((s->flags & SHF_ALLOC) && s->size > 0 && s->size - 1 > top - s->addr)
		return image_bad(im, "section %zu (%.40s): 0x%" PRIx64 " bytes at address 0x%" PRIx64 " run past the end of memory: the file is damaged", i, s->name, s->size, s->addr);
	if (s->type == SHT_STRTAB && s->size > 0 && s->data[s->size - 1] != 0)
		return image_bad(im, "section %zu (%.40s): the string table does not end with a NUL: the file is damaged", i, s->name);
	if (size != 0 && s->size > 0 && (s->entsize != size || s->size % size != 0))
		return image_bad(im, "section %zu (%.40s): 0x%" PRIx64 " bytes in entries of %" PRIu64 " where %" PRIu64 " are meant: the file is damaged", i, s->name, s->size, s->entsize, size);
	if ((s->type == SHT_SYMTAB || s->type == SHT_DYNSYM) && (s->link >= e->nsecs || e->secs[s->link].type != SHT_STRTAB))
		return image_bad(im, "section %zu (%.40s): its string table is section %u, which is none: the file is damaged", i, s->name, s->link);
	if ((s->type == SHT_REL || s->type == SHT_RELA) && (s->flags & SHF_ALLOC) && s->link != 0 &&
		(s->link >= e->nsecs || (e->secs[s->link].type != SHT_DYNSYM && e->secs[s->link].type != SHT_SYMTAB)))
		return image_bad(im, "section %zu (%.40s): its symbol table is section %u, which is none: the file is damaged", i, s->name, s->link);
	if (!(s->flags & SHF_EXECINSTR) || !(s->flags & SHF_ALLOC) || s->type == SHT_NOBITS || s->size == 0)
		return true;
	/* What is analyzed must be what runs: the loader looks at segments only. */
	g = elf_segment(im, s->addr);
	if (g == NULL || !within(s->addr - g->addr, s->size, g->filesz) || s->off - g->off != s->addr - g->addr)
		return image_bad(im, "section %zu (%.40s): its code at address 0x%" PRIx64 " is not what the program headers load there: the file is damaged", i, s->name, s->addr);
	return true;
}

static bool read_sections(struct image *im, const struct counts *c)
{
	struct elffile *e = im->elf;
	struct reader r = {e->bytes + (c->shnum ? c->shoff : 0), e->bytes + e->n, im->bigendian, false, e->is64 ? 8 : 4};
	const struct section *names;
	uint32_t *name;
	bool good = true;
	size_t i;

	e->secs = mem_alloc(c->shnum * sizeof *e->secs);
	e->nsecs = c->shnum;
	name = mem_alloc(c->shnum * sizeof *name);
	for (i = 0; i < c->shnum && good; i++) {
		struct section *s = &e->secs[i];

		read_section(&r, s, &name[i]);
		s->name = "";
		if (i == 0 || s->type == SHT_NULL) {
			memset(s, 0, sizeof *s);
			s->name = "";
		} else if (s->type != SHT_NOBITS && !within(s->off, s->size, e->n)) {
			good = image_bad(im, "section %zu: 0x%" PRIx64 " bytes at offset 0x%" PRIx64 " run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", i, s->size, s->off, e->n);
		} else if (s->type != SHT_NOBITS) {
			s->data = e->bytes + s->off;
		}
	}
	if (good && c->shstrndx != 0) {
		names = c->shstrndx < e->nsecs ? &e->secs[c->shstrndx] : NULL;
		if (names == NULL || names->type != SHT_STRTAB || names->size == 0 || names->data[names->size - 1] != 0)
			good = image_bad(im, "ELF header: section names are in section %" PRIu64 ", which is no string table: the file is damaged", c->shstrndx);
		for (i = 1; i < e->nsecs && good; i++) {
			if (e->secs[i].type == SHT_NULL)
				continue;
			if (name[i] >= names->size)
				good = image_bad(im, "section %zu: its name is at 0x%x of 0x%" PRIx64 " bytes of names: the file is damaged", i, name[i], names->size);
			else
				e->secs[i].name = (const char *)names->data + name[i];
		}
	}
	for (i = 1; i < e->nsecs && good; i++)
		good = check_section(im, i);
	free(name);
	return good;
}

static void find_ranges(struct image *im)
{
	struct elffile *e = im->elf;
	size_t i;

	for (i = 1; i < e->nsecs; i++) {
		const struct section *s = &e->secs[i];

		/* Thread-local zeroes have addresses that other sections have too. */
		if (!(s->flags & SHF_ALLOC) || s->size == 0 || (s->type == SHT_NOBITS && (s->flags & SHF_TLS)))
			continue;
		if ((s->flags & SHF_EXECINSTR) && s->data != NULL) {
			ranges_add(&e->exec, s->addr, s->size);
			if (strncmp(s->name, ".plt", 4) == 0 || strcmp(s->name, ".iplt") == 0)
				ranges_add(&e->stubs, s->addr, s->size);
		}
		if (!(s->flags & SHF_WRITE) || strncmp(s->name, ".data.rel.ro", 12) == 0)
			ranges_add(&e->readonly, s->addr, s->size);
		if (strcmp(s->name, ".got.plt") == 0 || (strcmp(s->name, ".got") == 0 && e->got == 0))
			e->got = s->addr;
	}
	if (e->exec.n == 0) /* without section headers, data between the code counts as code */
		for (i = 0; i < e->nsegs; i++)
			if (e->segs[i].flags & PF_X)
				ranges_add(&e->exec, e->segs[i].addr, e->segs[i].filesz);
	ranges_merge(&e->exec);
	ranges_merge(&e->readonly);
	ranges_merge(&e->stubs);
	for (i = 0; i < e->exec.n; i++)
		im->textbytes += e->exec.r[i].hi - e->exec.r[i].lo;
}

bool elf_read(struct image *im)
{
	struct counts c;

	if (!read_ident(im) || !read_header(im, &c) || !read_counts(im, &c) || !read_segments(im, &c) || !read_sections(im, &c))
		return false;
	find_ranges(im);
	return true;
}

const struct segment *elf_segment(const struct image *im, addr a)
{
	const struct elffile *e = im->elf;
	size_t lo = 0, hi = e->nsegs;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (e->segs[mid].addr <= a)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0 || a - e->segs[lo - 1].addr >= e->segs[lo - 1].memsz)
		return NULL;
	return &e->segs[lo - 1];
}

bool elf_bigcode(const struct image *im)
{
	return im->bigendian && !(im->elf->flags & EF_ARM_BE8);
}

const struct section *elf_section(const struct image *im, const char *name)
{
	const struct elffile *e = im->elf;
	size_t i;

	for (i = 1; i < e->nsecs; i++)
		if (e->secs[i].data != NULL && strcmp(e->secs[i].name, name) == 0)
			return &e->secs[i];
	return NULL;
}

struct reader elf_reader(const struct image *im, const struct section *s)
{
	return (struct reader){s->data, s->data + s->size, im->bigendian, false, im->elf->is64 ? 8 : 4};
}

size_t elf_nsyms(const struct image *im, const struct section *symtab)
{
	return symtab == NULL || symtab->data == NULL ? 0 : symtab->size / (im->elf->is64 ? 24 : 16);
}

bool elf_symbol(const struct image *im, const struct section *symtab, size_t i, struct symbol *sym)
{
	const struct section *strings = &im->elf->secs[symtab->link];
	struct reader r = elf_reader(im, symtab);
	uint32_t name;
	uint8_t info, other;

	rd_skip(&r, (uint64_t)i * symtab->entsize);
	name = (uint32_t)rd(&r, 4);
	if (!im->elf->is64) {
		sym->value = rd(&r, 4);
		sym->size = rd(&r, 4);
	}
	info = (uint8_t)rd(&r, 1);
	other = (uint8_t)rd(&r, 1);
	sym->shndx = (uint16_t)rd(&r, 2);
	if (im->elf->is64) {
		sym->value = rd(&r, 8);
		sym->size = rd(&r, 8);
	}
	sym->type = ELF64_ST_TYPE(info);
	sym->bind = ELF64_ST_BIND(info);
	sym->visibility = ELF64_ST_VISIBILITY(other);
	sym->name = "";
	if (r.bad || (name != 0 && name >= strings->size))
		return false;
	if (name != 0)
		sym->name = (const char *)strings->data + name;
	/* Comparing such names again and again is how a small file could take hours. */
	if (strnlen(sym->name, MAX_NAME + 1) > MAX_NAME)
		sym->name = "";
	return true;
}
