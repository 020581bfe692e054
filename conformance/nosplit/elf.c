/*
 * elf.c - the ELF container: headers, segments, sections, symbols; read by libelf.
 *
 * Depends on libelf and the file's bytes. Promises that after elf_read() every segment and
 * section lies in the file, string tables end in a NUL, tables have entries of the right size,
 * links lead to sections of the right type, and segments do not overlap: the other files need
 * not look again. What is not so is refused here, with one line. Most of these checks are for
 * the analyzer's sake, some for libelf's (0.188): it takes section headers that are cut off for
 * none at all, whatever size their entries have for the right one, and inflates a compressed
 * string table of any size when it is asked for a name in it.
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

static size_t entry_bytes(const struct elffile *e, Elf_Type type)
{
	return gelf_fsize(e->elf, type, 1, EV_CURRENT);
}

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
	if (e->n < (e->is64 ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr)))
		return image_bad(im, "ELF header: cut off after %zu bytes: copy or build the file again", e->n);
	elf_version(EV_CURRENT);
	e->elf = elf_memory((char *)e->copy, e->n);
	if (e->elf == NULL || elf_kind(e->elf) != ELF_K_ELF)
		return image_bad(im, "ELF header: program or section headers are behind the end of the file (0x%zx bytes): it is cut off: copy or build it again", e->n);
	return true;
}

static bool read_header(struct image *im, GElf_Ehdr *h)
{
	struct elffile *e = im->elf;

	if (gelf_getehdr(e->elf, h) == NULL)
		return image_bad(im, "ELF header: %s: the file is damaged", elf_errmsg(-1));
	if (h->e_type == ET_REL)
		return image_bad(im, "a relocatable object, whose calls have no targets yet: link it, nosplit reads linked programs");
	if (h->e_type == ET_CORE)
		return image_bad(im, "a core dump: name the program that dumped it");
	if (h->e_type != ET_EXEC && h->e_type != ET_DYN)
		return image_bad(im, "ELF header: type is %d where 2 (program) or 3 (PIE, shared object) is meant: the file is damaged", h->e_type);
	im->arch = arch_of(h->e_machine, e->is64 ? ELFCLASS64 : ELFCLASS32);
	if (im->arch == NULL)
		return image_bad(im, "ELF header: machine %u (%d-bit) is unknown: nosplit reads amd64, 386, arm and arm64", h->e_machine, e->is64 ? 64 : 32);
	if (h->e_machine != EM_ARM && im->bigendian)
		return image_bad(im, "ELF header: %s in big-endian byte order, which there is not: the file is damaged", im->arch->name);
	if (h->e_phnum != 0 && h->e_phentsize != entry_bytes(e, ELF_T_PHDR))
		return image_bad(im, "ELF header: program headers of %u bytes where %zu are meant: the file is damaged", h->e_phentsize, entry_bytes(e, ELF_T_PHDR));
	if (h->e_shoff != 0 && h->e_shentsize != entry_bytes(e, ELF_T_SHDR))
		return image_bad(im, "ELF header: section headers of %u bytes where %zu are meant: the file is damaged", h->e_shentsize, entry_bytes(e, ELF_T_SHDR));
	e->type = h->e_type;
	e->flags = h->e_flags;
	im->entry = h->e_entry;
	im->pie = h->e_type == ET_DYN;
	return true;
}

/* More of them than the header has room for are counted in section 0, which libelf minds. */
static bool read_counts(struct image *im, const GElf_Ehdr *h, size_t *phnum, size_t *shnum)
{
	struct elffile *e = im->elf;

	if (elf_getshdrnum(e->elf, shnum) != 0 ||
		(h->e_shoff != 0 && !within(h->e_shoff, (h->e_shnum ? h->e_shnum : 1) * entry_bytes(e, ELF_T_SHDR), e->n)))
		return image_bad(im, "section headers at 0x%" PRIx64 ": %u of them run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", h->e_shoff, h->e_shnum, e->n);
	if (elf_getphdrnum(e->elf, phnum) != 0 || (*phnum != 0 && !within(h->e_phoff, *phnum * entry_bytes(e, ELF_T_PHDR), e->n)))
		return image_bad(im, "program headers at 0x%" PRIx64 ": %u of them run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", h->e_phoff, h->e_phnum, e->n);
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

static bool read_segments(struct image *im, size_t phnum)
{
	struct elffile *e = im->elf;
	bool code = false;
	size_t i;

	e->segs = mem_alloc(phnum * sizeof *e->segs);
	for (i = 0; i < phnum; i++) {
		struct segment s;
		GElf_Phdr p;

		if (gelf_getphdr(e->elf, (int)i, &p) == NULL)
			return image_bad(im, "program header %zu: %s: the file is damaged", i, elf_errmsg(-1));
		s = (struct segment){p.p_vaddr, p.p_filesz, p.p_memsz, p.p_offset, p.p_flags};
		if (p.p_type == PT_GNU_RELRO)
			ranges_add(&e->readonly, s.addr, s.memsz);
		if (p.p_type != PT_LOAD)
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

/* What libelf makes of a section of this type, if it is a table that is read; or ELF_T_BYTE. */
static Elf_Type entry_type(uint32_t type)
{
	switch (type) {
	case SHT_SYMTAB:
	case SHT_DYNSYM: return ELF_T_SYM;
	case SHT_REL: return ELF_T_REL;
	case SHT_RELA: return ELF_T_RELA;
	case SHT_DYNAMIC: return ELF_T_DYN;
	default: return ELF_T_BYTE;
	}
}

static bool check_section(struct image *im, size_t i)
{
	struct elffile *e = im->elf;
	struct section *s = &e->secs[i];
	Elf_Type type = entry_type(s->type);
	uint64_t size = type == ELF_T_BYTE ? 0 : entry_bytes(e, type), top = e->is64 ? UINT64_MAX : UINT32_MAX;
	const struct segment *g;

	if ((s->flags & SHF_ALLOC) && s->size > 0 && s->size - 1 > top - s->addr)
		return image_bad(im, "section %zu (%.40s): 0x%" PRIx64 " bytes at address 0x%" PRIx64 " run past the end of memory: the file is damaged", i, s->name, s->size, s->addr);
	if (s->type == SHT_STRTAB && s->size > 0 && (s->data[s->size - 1] != 0 || (s->flags & SHF_COMPRESSED)))
		return image_bad(im, "section %zu (%.40s): the string table does not end with a NUL: the file is damaged", i, s->name);
	if (size != 0 && s->size > 0 && type != ELF_T_DYN && (s->entsize != size || s->size % size != 0))
		return image_bad(im, "section %zu (%.40s): 0x%" PRIx64 " bytes in entries of %" PRIu64 " where %" PRIu64 " are meant: the file is damaged", i, s->name, s->size, s->entsize, size);
	if ((s->type == SHT_SYMTAB || s->type == SHT_DYNSYM) && (s->link >= e->nsecs || e->secs[s->link].type != SHT_STRTAB))
		return image_bad(im, "section %zu (%.40s): its string table is section %u, which is none: the file is damaged", i, s->name, s->link);
	if ((s->type == SHT_REL || s->type == SHT_RELA) && (s->flags & SHF_ALLOC) && s->link != 0 &&
		(s->link >= e->nsecs || (e->secs[s->link].type != SHT_DYNSYM && e->secs[s->link].type != SHT_SYMTAB)))
		return image_bad(im, "section %zu (%.40s): its symbol table is section %u, which is none: the file is damaged", i, s->name, s->link);
	s->table = size != 0 && s->size > 0 ? elf_getdata(s->scn, NULL) : NULL;
	if (size != 0 && s->size > 0 && type != ELF_T_DYN && s->table == NULL)
		return image_bad(im, "section %zu (%.40s): %s: the file is damaged", i, s->name, elf_errmsg(-1));
	if (!(s->flags & SHF_EXECINSTR) || !(s->flags & SHF_ALLOC) || s->type == SHT_NOBITS || s->size == 0)
		return true;
	/* What is analyzed must be what runs: the loader looks at segments only. */
	g = elf_segment(im, s->addr);
	if (g == NULL || !within(s->addr - g->addr, s->size, g->filesz) || s->off - g->off != s->addr - g->addr)
		return image_bad(im, "section %zu (%.40s): its code at address 0x%" PRIx64 " is not what the program headers load there: the file is damaged", i, s->name, s->addr);
	return true;
}

static bool read_section(struct image *im, size_t i, GElf_Shdr *h)
{
	struct elffile *e = im->elf;
	struct section *s = &e->secs[i];

	s->name = "";
	s->scn = elf_getscn(e->elf, i);
	if (gelf_getshdr(s->scn, h) == NULL)
		return image_bad(im, "section %zu: %s: the file is damaged", i, elf_errmsg(-1));
	if (i == 0 || h->sh_type == SHT_NULL)
		return true;
	*s = (struct section){.name = "", .scn = s->scn, .addr = h->sh_addr, .off = h->sh_offset, .size = h->sh_size,
		.flags = h->sh_flags, .entsize = h->sh_entsize, .type = h->sh_type, .link = h->sh_link, .info = h->sh_info};
	if (s->type == SHT_NOBITS)
		return true;
	if (!within(s->off, s->size, e->n))
		return image_bad(im, "section %zu: 0x%" PRIx64 " bytes at offset 0x%" PRIx64 " run past the end of the file (0x%zx bytes): it is cut off: copy or build it again", i, s->size, s->off, e->n);
	s->data = e->bytes + s->off;
	return true;
}

static bool read_sections(struct image *im, size_t shnum)
{
	struct elffile *e = im->elf;
	uint32_t *name = mem_alloc(shnum * sizeof *name);
	const struct section *names;
	size_t i, strings = 0;
	bool good = true;

	e->secs = mem_alloc(shnum * sizeof *e->secs);
	e->nsecs = shnum;
	for (i = 0; i < shnum && good; i++) {
		GElf_Shdr h;

		good = read_section(im, i, &h);
		name[i] = h.sh_name;
	}
	if (good && shnum > 0 && elf_getshdrstrndx(e->elf, &strings) != 0)
		good = image_bad(im, "ELF header: section names: %s: the file is damaged", elf_errmsg(-1));
	if (good && strings != 0) {
		names = strings < e->nsecs ? &e->secs[strings] : NULL;
		if (names == NULL || names->type != SHT_STRTAB || names->size == 0 || names->data[names->size - 1] != 0 || (names->flags & SHF_COMPRESSED))
			good = image_bad(im, "ELF header: section names are in section %zu, which is no string table: the file is damaged", strings);
		for (i = 1; i < e->nsecs && good; i++) {
			if (e->secs[i].type == SHT_NULL)
				continue;
			e->secs[i].name = elf_strptr(e->elf, strings, name[i]);
			if (e->secs[i].name == NULL)
				good = image_bad(im, "section %zu: its name is at 0x%x of 0x%" PRIx64 " bytes of names: the file is damaged", i, name[i], names->size);
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
		if (strcmp(s->name, ".got.plt") == 0 || (strcmp(s->name, ".got") == 0 && im->got == 0))
			im->got = s->addr;
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
	size_t phnum, shnum;
	GElf_Ehdr h;

	if (!read_ident(im) || !read_header(im, &h) || !read_counts(im, &h, &phnum, &shnum) ||
		!read_segments(im, phnum) || !read_sections(im, shnum))
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
	return symtab == NULL || symtab->table == NULL ? 0 : symtab->table->d_size / entry_bytes(im->elf, ELF_T_SYM);
}

bool elf_symbol(const struct image *im, const struct section *symtab, size_t i, struct symbol *sym)
{
	GElf_Sym g;

	if (symtab->table == NULL || gelf_getsym(symtab->table, (int)i, &g) == NULL)
		return false;
	sym->name = g.st_name != 0 ? elf_strptr(im->elf->elf, symtab->link, g.st_name) : "";
	if (sym->name == NULL)
		return false;
	sym->value = g.st_value;
	sym->size = g.st_size;
	sym->shndx = g.st_shndx;
	sym->type = GELF_ST_TYPE(g.st_info);
	sym->bind = GELF_ST_BIND(g.st_info);
	sym->visibility = GELF_ST_VISIBILITY(g.st_other);
	/* Comparing such names again and again is how a small file could take hours. */
	if (strnlen(sym->name, MAX_NAME + 1) > MAX_NAME)
		sym->name = "";
	return true;
}
