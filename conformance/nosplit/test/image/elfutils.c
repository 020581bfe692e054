/*
 * elfutils.c - what libelf and libdw say of a file, in the form of imagedump: an oracle.
 *
 * Depends on a file of its own, opened anew: nothing that image.c keeps away from the libraries
 * is kept from them here, so it is for good files alone.
 */
#include "elfutils.h"

#include <dwarf.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct file {
	int fd;
	Elf *elf;
	Dwarf *dwarf;
	Dwarf_CFI *cfi[2];
};

static struct file open_file(const struct image *im)
{
	struct file f = { .fd = open(im->path, O_RDONLY) };

	elf_version(EV_CURRENT);
	f.elf = f.fd < 0 ? NULL : elf_begin(f.fd, ELF_C_READ, NULL);
	if (f.elf == NULL)
		fatal("%s: libelf does not open it", im->path);
	f.cfi[0] = dwarf_getcfi_elf(f.elf);
	f.dwarf = dwarf_begin_elf(f.elf, DWARF_C_READ, NULL);
	f.cfi[1] = f.dwarf != NULL ? dwarf_getcfi(f.dwarf) : NULL;
	return f;
}

static void close_file(struct file *f)
{
	if (f->cfi[0] != NULL)
		dwarf_cfi_end(f->cfi[0]);
	if (f->dwarf != NULL)
		dwarf_end(f->dwarf);
	elf_end(f->elf);
	close(f->fd);
}

/* The CFA at pc as a register and a distance, or -1 and 0. */
static void cfa(const struct image *im, struct file *f, addr pc, int *reg, int64_t *off)
{
	Dwarf_Frame *frame = NULL;
	Dwarf_Op *ops;
	size_t n;

	*reg = -1;
	*off = 0;
	for (int i = 0; i < 2 && frame == NULL; i++)
		if (f->cfi[i] != NULL && dwarf_cfi_addrframe(f->cfi[i], pc, &frame) != 0)
			frame = NULL;
	if (frame == NULL)
		return;
	if (dwarf_frame_cfa(frame, &ops, &n) == 0 && n == 1) {
		bool bregx = ops[0].atom == DW_OP_bregx;

		if (bregx || (ops[0].atom >= DW_OP_breg0 && ops[0].atom <= DW_OP_breg31)) {
			*reg = im->arch->fromdwarf(bregx ? (int)ops[0].number : ops[0].atom - DW_OP_breg0);
			*off = *reg < 0 ? 0 : (int64_t)(bregx ? ops[0].number2 : ops[0].number);
		}
	}
	free(frame);
}

void elfutils_cfi(struct image *im)
{
	struct file f = open_file(im);
	unsigned long long pc;

	while (scanf("%llx", &pc) == 1) {
		int64_t off;
		int reg;

		cfa(im, &f, pc, &reg, &off);
		printf("%08llx %d %" PRId64 "\n", pc, reg, off);
	}
	close_file(&f);
}

void elfutils_funcs(struct image *im)
{
	struct file f = open_file(im);
	Elf_Scn *scn = NULL;

	while ((scn = elf_nextscn(f.elf, scn)) != NULL) {
		GElf_Shdr sh;
		GElf_Sym sym;
		Elf_Data *data = elf_getdata(scn, NULL);

		if (gelf_getshdr(scn, &sh) == NULL || (sh.sh_type != SHT_SYMTAB && sh.sh_type != SHT_DYNSYM) || data == NULL)
			continue;
		for (int i = 0; gelf_getsym(data, i, &sym) != NULL; i++) {
			unsigned type = GELF_ST_TYPE(sym.st_info);

			if ((type == STT_FUNC || type == STT_GNU_IFUNC) && sym.st_shndx != SHN_UNDEF && sym.st_shndx != SHN_ABS)
				printf("%" PRIx64 " %s\n", sym.st_value & ~(addr)im->arch->thumb, elf_strptr(f.elf, sh.sh_link, sym.st_name));
		}
	}
	close_file(&f);
}

void elfutils_lines(struct image *im)
{
	struct file f = open_file(im);
	unsigned long long a;

	while (scanf("%llx", &a) == 1) {
		Dwarf_Die die;
		Dwarf_Line *line = f.dwarf != NULL && dwarf_addrdie(f.dwarf, a, &die) != NULL ? dwarf_getsrc_die(&die, a) : NULL;
		const char *name = line != NULL ? dwarf_linesrc(line, NULL, NULL) : NULL;
		int n = 0;

		if (name != NULL)
			dwarf_lineno(line, &n);
		printf("%s:%d\n", name != NULL ? name : "??", n);
	}
	close_file(&f);
}
