/*
 * cfa.c - the CFA of each instruction: libdw runs the programs of CFI entries.
 *
 * Depends on cfi.c and libdw. Only the CFA is asked for: where registers are saved is of no
 * use to the analyzer.
 *
 * libdw (0.188) runs a program again for each of its rows, makes room for as many registers as
 * the largest number in it says (16 bytes then ask for 1 GB), and for as many states as are
 * remembered. cfi_safe() tells which programs it may run. A section with others is not used at
 * all, as libdw finds the entry of an address by itself; that costs the CFI check, never a
 * result.
 */
#include "cfi.h"

#include <dwarf.h>
#include <stdlib.h>

enum {
	MAX_REG = 319,		/* arm counts its d registers from 256 */
	MAX_STATES = 64,	/* remembered at a time */
	STATE_STEPS = 30,	/* bytes of a program that take as long as to copy a state of MAX_REG */
	MAX_STEPS = 512 << 20, /* of a section, a second or so; and as many for each byte of it: */
	BYTE_STEPS = 256,
};

/* Operands: r register, u s LEB128, b block, a address, 1 2 4 8 bytes; nil: libdw stops there. */
static const char *const operands[0x40] = {
	[DW_CFA_nop] = "", [DW_CFA_set_loc] = "a", [DW_CFA_advance_loc1] = "1", [DW_CFA_advance_loc2] = "2",
	[DW_CFA_advance_loc4] = "4", [DW_CFA_MIPS_advance_loc8] = "8", [DW_CFA_offset_extended] = "ru",
	[DW_CFA_restore_extended] = "r", [DW_CFA_undefined] = "r", [DW_CFA_same_value] = "r", [DW_CFA_register] = "rr",
	[DW_CFA_remember_state] = "", [DW_CFA_restore_state] = "", [DW_CFA_def_cfa] = "ru", [DW_CFA_def_cfa_register] = "r",
	[DW_CFA_def_cfa_offset] = "u", [DW_CFA_def_cfa_expression] = "b", [DW_CFA_expression] = "rb",
	[DW_CFA_offset_extended_sf] = "rs", [DW_CFA_def_cfa_sf] = "rs", [DW_CFA_def_cfa_offset_sf] = "s",
	[DW_CFA_val_offset] = "ru", [DW_CFA_val_offset_sf] = "rs", [DW_CFA_val_expression] = "rb",
	[DW_CFA_GNU_window_save] = "", [DW_CFA_GNU_args_size] = "u", [DW_CFA_GNU_negative_offset_extended] = "ru",
};

/* Skips an operand; false: too large for libdw, or cut off. */
static bool skip(struct reader *r, char kind, unsigned encoding)
{
	uint64_t v = 0;

	switch (kind) {
	case 'r': v = rd_uleb(r); break;
	case 'u':
	case 's': rd_uleb(r); break;
	case 'b': rd_skip(r, rd_uleb(r)); break;
	case 'a':
		if (!cfi_address(r, r->p, 0, encoding & 0x0f, false, &v))
			return false;
		v = 0;
		break;
	default: rd_skip(r, (uint64_t)(kind - '0'));
	}
	return !r->bad && v <= MAX_REG;
}

bool cfi_safe(struct reader *r, unsigned encoding, uint64_t *steps)
{
	uint64_t rows = 1, cost = rd_left(r);
	unsigned states = 0;

	for (*steps = 0; rd_left(r) > 0; *steps = rows * cost) {
		unsigned op = (unsigned)rd(r, 1);
		const char *kinds = op >> 6 == 0 ? operands[op] : op >> 6 == 2 ? "u" : "";

		if (kinds == NULL)
			return true;
		rows += op >> 6 == 1 || op == DW_CFA_set_loc || (op >= DW_CFA_advance_loc1 && op <= DW_CFA_advance_loc4) || op == DW_CFA_MIPS_advance_loc8;
		if (op == DW_CFA_remember_state) {
			cost += STATE_STEPS;
			if (++states > MAX_STATES)
				return false;
		}
		if (op == DW_CFA_restore_state && states > 0)
			states--;
		for (; *kinds; kinds++)
			if (!skip(r, *kinds, encoding))
				return false;
	}
	return true;
}

static Dwarf_CFI *frames_of(struct elffile *e, const struct section *s)
{
	struct frames *f = &e->frames[cfi_is_eh(s)];

	if (f->refused || f->steps > MAX_STEPS + BYTE_STEPS * s->size)
		return NULL;
	if (!f->tried) {
		Dwarf *dwarf = cfi_is_eh(s) ? NULL : elf_dwarf(e);

		f->tried = true;
		f->cfi = cfi_is_eh(s) ? dwarf_getcfi_elf(e->elf) : dwarf != NULL ? dwarf_getcfi(dwarf) : NULL;
	}
	return f->cfi;
}

struct rows {
	struct cfirow *r;
	size_t n, cap;
};

static void add_row(struct rows *rows, struct cfirow row)
{
	if (rows->n > 0 && rows->r[rows->n - 1].reg == row.reg && rows->r[rows->n - 1].off == row.off)
		return;
	rows->r = mem_grow(rows->r, rows->n, &rows->cap, sizeof *rows->r);
	rows->r[rows->n++] = row;
}

/* The row at pc; *end: where it may change. */
static struct cfirow row_at(const struct image *im, Dwarf_CFI *cfi, addr pc, addr *end)
{
	struct cfirow row = {pc, -1, 0};
	Dwarf_Frame *frame;
	Dwarf_Addr start;
	Dwarf_Op *ops;
	size_t n;

	if (cfi == NULL || dwarf_cfi_addrframe(cfi, pc, &frame) != 0)
		return row;
	dwarf_frame_info(frame, &start, end, NULL);
	if (dwarf_frame_cfa(frame, &ops, &n) == 0 && n == 1 && ops[0].atom == DW_OP_bregx && ops[0].number <= MAX_REG) {
		row.reg = im->arch->fromdwarf((int)ops[0].number);
		row.off = row.reg >= 0 ? (int64_t)ops[0].number2 : 0;
	}
	free(frame);
	return row;
}

struct cfirow *image_cfi(const struct image *im, addr lo, addr hi, size_t *n)
{
	struct elffile *e = im->elf;
	struct rows rows = {0};
	size_t first = 0, last = e->nfdes;
	addr done = lo;

	while (first < last) {
		size_t mid = first + (last - first) / 2;

		if (e->fdes[mid].hi <= lo)
			first = mid + 1;
		else
			last = mid;
	}
	for (; first < e->nfdes && e->fdes[first].lo < hi; first++) {
		const struct fde *f = &e->fdes[first];
		Dwarf_CFI *cfi = frames_of(e, f->section);
		addr pc = f->lo < lo ? lo : f->lo, to = f->hi < hi ? f->hi : hi, end;

		if (pc > done)
			add_row(&rows, (struct cfirow){done, -1, 0});
		for (; pc < to; pc = end) {
			end = to;
			add_row(&rows, row_at(im, cfi, pc, &end));
			if (end <= pc)
				end = to;
		}
		done = to;
	}
	if (rows.n > 0 && done < hi)
		add_row(&rows, (struct cfirow){done, -1, 0});
	*n = rows.n;
	return rows.r;
}
