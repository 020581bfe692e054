/*
 * program.c - the functions of a linked program, by its symbol table, and its code. Aliases
 * count once; one without a size (assembly of libgcc) ends where the next starts. What lies
 * between two functions belongs to none.
 */
#include "trace.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((noreturn)) static void die(const char *path, const char *what)
{
	fprintf(stderr, "trace: %s: %s\n", path, what);
	exit(2);
}

static int bystart(const void *a, const void *b)
{
	const struct function *f = a, *g = b;

	if (f->start != g->start)
		return f->start < g->start ? -1 : 1;
	return strcmp(f->name, g->name);
}

static void symbols(struct program *p, Elf *elf, Elf_Scn *scn, const GElf_Shdr *sh)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t n = sh->sh_entsize ? sh->sh_size / sh->sh_entsize : 0;
	GElf_Sym sym;

	p->functions = calloc(n + 1, sizeof *p->functions);
	for (size_t i = 0; i < n; i++) {
		if (gelf_getsym(data, (int)i, &sym) == NULL || GELF_ST_TYPE(sym.st_info) != STT_FUNC || sym.st_shndx == SHN_UNDEF)
			continue;
		struct function *f = &p->functions[p->nfunctions++];
		f->start = p->machine == MACH_ARM ? sym.st_value & ~(uint64_t)1 : sym.st_value;
		f->end = f->start + sym.st_size;
		f->name = elf_strptr(elf, sh->sh_link, sym.st_name);
	}
}

/* Sorts, drops aliases, cuts what overlaps, and finds whose part X.cold is. */
static void settle(struct program *p)
{
	size_t n = 0;

	qsort(p->functions, p->nfunctions, sizeof *p->functions, bystart);
	for (size_t i = 0; i < p->nfunctions; i++) {
		struct function *f = &p->functions[i];
		if (n > 0 && p->functions[n - 1].start == f->start) {
			if (f->end > p->functions[n - 1].end)
				p->functions[n - 1].end = f->end;
			continue;
		}
		if (n > 0 && p->functions[n - 1].end > f->start)
			p->functions[n - 1].end = f->start;
		p->functions[n++] = *f;
	}
	p->nfunctions = n;
	for (size_t i = 0; i < n; i++) {
		if (p->functions[i].end == p->functions[i].start)
			p->functions[i].end = i + 1 < n ? p->functions[i + 1].start : UINT64_MAX;
		const char *cold = strstr(p->functions[i].name, ".cold");
		if (cold == NULL)
			continue;
		size_t len = (size_t)(cold - p->functions[i].name);
		for (size_t j = 0; j < n; j++)
			if (strlen(p->functions[j].name) == len && memcmp(p->functions[j].name, p->functions[i].name, len) == 0)
				p->functions[i].whole = &p->functions[j];
	}
}

void program_read(struct program *p, const char *path)
{
	int fd = open(path, O_RDONLY);
	Elf *elf;
	Elf_Scn *scn = NULL;
	GElf_Ehdr eh;
	GElf_Phdr ph;
	GElf_Shdr sh;
	size_t size, nph;

	elf_version(EV_CURRENT);
	if (fd < 0 || (elf = elf_begin(fd, ELF_C_READ, NULL)) == NULL || gelf_getehdr(elf, &eh) == NULL)
		die(path, "cannot be read as ELF");
	switch (eh.e_machine) {
	case EM_X86_64: p->machine = MACH_AMD64; break;
	case EM_386: p->machine = MACH_386; break;
	case EM_ARM: p->machine = MACH_ARM; break;
	default: die(path, "expected a program of amd64, 386 or arm");
	}
	p->entry = p->machine == MACH_ARM ? eh.e_entry & ~(uint64_t)1 : eh.e_entry;
	while ((scn = elf_nextscn(elf, scn)) != NULL)
		if (gelf_getshdr(scn, &sh) != NULL && sh.sh_type == SHT_SYMTAB)
			symbols(p, elf, scn, &sh);
	if (p->nfunctions == 0)
		die(path, "has no function symbols");
	settle(p);
	elf_getphdrnum(elf, &nph);
	for (size_t i = 0; i < nph; i++)
		if (gelf_getphdr(elf, (int)i, &ph) != NULL && ph.p_type == PT_LOAD && (ph.p_flags & PF_X)) {
			p->textstart = ph.p_vaddr;
			p->textend = ph.p_vaddr + ph.p_filesz;
			p->text = (const uint8_t *)elf_rawfile(elf, &size) + ph.p_offset;
		}
	if (p->text == NULL)
		die(path, "has no code");
}

struct function *program_function(struct program *p, uint64_t pc)
{
	size_t lo = 0, hi = p->nfunctions;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (p->functions[mid].start <= pc)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 && pc < p->functions[lo - 1].end ? &p->functions[lo - 1] : NULL;
}
