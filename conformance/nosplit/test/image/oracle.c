/*
 * oracle.c - CFA rows and source lines of a file as elfutils sees them, printed as imagedump
 * prints them. For files that are trusted: see image.h for why nosplit itself does without.
 *
 * Usage: oracle cfi FILE RANGES | oracle lines FILE, with lo-hi pairs (hex) of code on stdin
 * for cfi, addresses for lines.
 */
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../nosplit.h"

static const struct arch *arch;

/* The CFA at pc as a register and an offset; *end: where it may change. */
static bool cfa(Dwarf_CFI *cfi, Dwarf_Addr pc, Dwarf_Addr *end, int *reg, int64_t *off)
{
	Dwarf_Frame *frame;
	Dwarf_Addr start;
	Dwarf_Op *ops;
	size_t n;

	*reg = -1;
	*off = 0;
	if (cfi == NULL || dwarf_cfi_addrframe(cfi, pc, &frame) != 0)
		return false;
	if (dwarf_frame_info(frame, &start, end, NULL) < 0 || *end <= pc)
		*end = pc + 1;
	if (dwarf_frame_cfa(frame, &ops, &n) == 0 && n == 1) {
		if (ops[0].atom == DW_OP_bregx) {
			*reg = arch->fromdwarf((int)ops[0].number);
			*off = (int64_t)ops[0].number2;
		} else if (ops[0].atom >= DW_OP_breg0 && ops[0].atom <= DW_OP_breg31) {
			*reg = arch->fromdwarf(ops[0].atom - DW_OP_breg0);
			*off = (int64_t)ops[0].number;
		}
	}
	if (*reg < 0)
		*off = 0;
	free(frame);
	return true;
}

static void cfi(Elf *elf, Dwarf *dwarf)
{
	Dwarf_CFI *eh = dwarf_getcfi_elf(elf), *debug = dwarf != NULL ? dwarf_getcfi(dwarf) : NULL;
	unsigned long long lo, hi;

	while (scanf("%llx %llx", &lo, &hi) == 2) {
		Dwarf_Addr pc = lo;
		int last = -2;
		int64_t lastoff = 0;

		while (pc < hi) {
			Dwarf_Addr end = pc + 1;
			int64_t off;
			int reg;

			if (!cfa(eh, pc, &end, &reg, &off))
				cfa(debug, pc, &end, &reg, &off);
			if ((reg != last || off != lastoff) && (last != -2 || reg >= 0))
				printf("%08" PRIx64 " %d %" PRId64 "\n", (uint64_t)pc, reg, off), last = reg, lastoff = off;
			pc = end;
		}
	}
}

static void lines(Dwarf *dwarf)
{
	unsigned long long a;

	while (scanf("%llx", &a) == 1) {
		Dwarf_Off off = 0, next;
		Dwarf_CU *cu = NULL;
		Dwarf_Lines *table;
		size_t n, i;
		const char *best = NULL;
		int line = 0;

		while (dwarf != NULL && dwarf_next_lines(dwarf, off, &next, &cu, NULL, NULL, &table, &n) == 0) {
			for (i = 0; i + 1 < n && best == NULL; i++) {
				Dwarf_Line *l = dwarf_onesrcline(table, i), *m = dwarf_onesrcline(table, i + 1);
				Dwarf_Addr from, to;
				bool last;

				dwarf_lineaddr(l, &from);
				dwarf_lineaddr(m, &to);
				dwarf_lineendsequence(l, &last);
				if (last || a < from || a >= to)
					continue;
				dwarf_lineno(l, &line);
				best = dwarf_linesrc(l, NULL, NULL);
			}
			off = next;
		}
		printf("%llx %s:%d\n", a, best != NULL ? best : "?", line);
	}
}

int main(int argc, char **argv)
{
	int fd = argc == 3 ? open(argv[2], O_RDONLY) : -1;
	unsigned char ident[20];
	Dwarf *dwarf;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = fd >= 0 ? elf_begin(fd, ELF_C_READ, NULL) : NULL;
	if (elf == NULL || pread(fd, ident, sizeof ident, 0) != sizeof ident)
		fatal("usage: oracle cfi|lines FILE");
	arch = arch_of(ident[18] | ident[19] << 8, ident[4]);
	dwarf = dwarf_begin_elf(elf, DWARF_C_READ, NULL);
	if (strcmp(argv[1], "cfi") == 0)
		cfi(elf, dwarf);
	else
		lines(dwarf);
	return 0;
}
