/*
 * cfa.c - the CFA of each instruction: runs the programs of CFI entries.
 *
 * Depends on cfi.c. Only the CFA is followed: where registers are saved is of no use to the
 * analyzer. A program is run once for all of a function's rows, and with bounds on what it may
 * ask for, which is why it is not libdw (0.188) that runs it: that does it again for each row.
 * A program that goes wrong has no rows from there on; that costs the CFI check, never a result.
 */
#include "cfi.h"

#include <dwarf.h>
#include <stdlib.h>

enum {
	MAX_REG = 319,		/* arm counts its d registers from 256 */
	MAX_STATES = 64,	/* remembered at a time */
	MAX_BYTES = 64 << 20,	/* run for an image, a second or so: an entry may hold for many functions */
};

/* Operands: r register, u s LEB128, b block, a address, 1 2 4 8 bytes; nil: no such instruction. */
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

struct cfa {
	enum { CFA_NONE, CFA_REGISTER, CFA_EXPRESSION } rule;
	uint64_t reg; /* DWARF's */
	int64_t off;
};

struct program {
	struct reader r;
	const struct cie *cie;
	const struct section *section;
	struct cfa now, saved[MAX_STATES];
	unsigned nsaved;
	addr loc;
};

/* Mostly a byte. */
static uint64_t uleb(struct reader *r)
{
	return r->p < r->end && *r->p < 0x80 ? *r->p++ : rd_uleb(r);
}

/* An expression that is a register and an offset is as good as a rule. */
static struct cfa expression(struct reader *r, uint64_t n)
{
	struct reader e = *r;
	struct cfa c = {.rule = CFA_EXPRESSION};

	rd_skip(r, n);
	if (r->bad)
		return c;
	e.end = r->p;
	if (rd(&e, 1) != DW_OP_bregx)
		return c;
	c.reg = rd_uleb(&e);
	c.off = rd_sleb(&e);
	if (!e.bad && rd_left(&e) == 0)
		c.rule = CFA_REGISTER;
	return c;
}

/* Reads the operands of op; a location, or the register of a rule, is in *first. */
static bool read_operands(struct program *p, unsigned op, uint64_t *first, uint64_t *second)
{
	struct reader *r = &p->r;
	const char *kinds = operands[op];
	uint64_t v[2] = {0};
	unsigned i;

	if (kinds == NULL)
		return false;
	for (i = 0; kinds[i]; i++) {
		switch (kinds[i]) {
		case 'r':
		case 'u': v[i] = uleb(r); break;
		case 's': v[i] = (uint64_t)rd_sleb(r); break;
		case 'b':
			if (op == DW_CFA_def_cfa_expression)
				p->now = expression(r, rd_uleb(r));
			else
				rd_skip(r, rd_uleb(r));
			break;
		case 'a':
			if (!cfi_address(r, p->section->data, p->section->addr, p->cie->encoding, true, &v[i]))
				return false;
			break;
		default: v[i] = rd(r, (unsigned)(kinds[i] - '0'));
		}
	}
	*first = v[0];
	*second = v[1];
	return !r->bad;
}

/* One instruction, which is there; it *moves if rows begin behind it, at loc. False: it is none. */
static bool step(struct program *p, bool *moves)
{
	unsigned op = *p->r.p++;
	uint64_t first = op & 0x3f, second = 0;
	bool sf = op == DW_CFA_def_cfa_sf || op == DW_CFA_def_cfa_offset_sf;
	int64_t scale = sf ? p->cie->dataalign : 1;

	*moves = op >> 6 == 1;
	if (*moves) {
		p->loc += first * p->cie->codealign;
		return !p->r.bad;
	}
	if (op >> 6 == 2)
		uleb(&p->r);
	if (op >> 6 != 0)
		return !p->r.bad;
	if (!read_operands(p, op, &first, &second))
		return false;
	switch (op) {
	case DW_CFA_set_loc:
		*moves = true;
		p->loc = first;
		break;
	case DW_CFA_advance_loc1:
	case DW_CFA_advance_loc2:
	case DW_CFA_advance_loc4:
	case DW_CFA_MIPS_advance_loc8:
		*moves = true;
		p->loc += first * p->cie->codealign;
		break;
	case DW_CFA_def_cfa:
	case DW_CFA_def_cfa_sf:
		p->now = (struct cfa){CFA_REGISTER, first, (int64_t)(second * (uint64_t)scale)};
		break;
	case DW_CFA_def_cfa_register:
		p->now.reg = first;
		return p->now.rule == CFA_REGISTER && !p->r.bad;
	case DW_CFA_def_cfa_offset:
	case DW_CFA_def_cfa_offset_sf:
		p->now.off = (int64_t)(first * (uint64_t)scale);
		return p->now.rule == CFA_REGISTER && !p->r.bad;
	case DW_CFA_remember_state:
		if (p->nsaved == MAX_STATES)
			return false;
		p->saved[p->nsaved++] = p->now;
		break;
	case DW_CFA_restore_state:
		if (p->nsaved == 0)
			return false;
		p->now = p->saved[--p->nsaved];
		break;
	}
	return !p->r.bad;
}

struct rows {
	struct cfirow *r;
	size_t n, cap;
};

static void add_row(struct rows *rows, struct cfirow row)
{
	if (rows->n > 0 && rows->r[rows->n - 1].reg == row.reg && rows->r[rows->n - 1].off == row.off && rows->r[rows->n - 1].atcalls == row.atcalls)
		return;
	rows->r = mem_grow(rows->r, rows->n, &rows->cap, sizeof *rows->r);
	rows->r[rows->n++] = row;
}

static void add_rule(struct rows *rows, const struct image *im, addr pc, const struct cfa *c, bool atcalls)
{
	struct cfirow row = {pc, -1, 0, atcalls};

	if (c->rule == CFA_REGISTER && c->reg <= MAX_REG)
		row.reg = im->arch->fromdwarf((int)c->reg);
	if (row.reg >= 0)
		row.off = c->off;
	add_row(rows, row);
}

/* The rows of f at [pc, to). */
static void run(struct rows *rows, const struct image *im, const struct fde *f, addr pc, addr to)
{
	struct elffile *e = im->elf;
	struct program p; /* what it saves is not worth to be cleared */
	bool good = true, moves = false;

	p.cie = &e->cies[f->cie];
	p.section = p.cie->section;
	p.loc = f->lo;
	p.now = (struct cfa){CFA_NONE, 0, 0};
	p.nsaved = 0;
	p.r = p.cie->program;
	while (good && rd_left(&p.r) > 0)
		good = step(&p, &moves) && !moves; /* a CIE's program has no rows */
	p.r.p = f->program;
	p.r.end = f->end;
	while (good && rd_left(&p.r) > 0 && pc < to) {
		good = step(&p, &moves);
		if (!good || !moves || p.loc <= pc)
			continue;
		add_rule(rows, im, pc, &p.now, p.cie->atcalls);
		pc = p.loc;
	}
	e->cfibytes += (uint64_t)(p.r.p - f->program);
	if (!good)
		add_row(rows, (struct cfirow){pc, -1, 0, false});
	else if (pc < to)
		add_rule(rows, im, pc, &p.now, p.cie->atcalls);
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
		addr pc = f->lo < lo ? lo : f->lo, to = f->hi < hi ? f->hi : hi;

		if (pc > done)
			add_row(&rows, (struct cfirow){done, -1, 0, false});
		if (e->cfibytes < MAX_BYTES)
			run(&rows, im, f, pc, to);
		else
			add_row(&rows, (struct cfirow){pc, -1, 0, false});
		done = to;
	}
	if (rows.n > 0 && done < hi)
		add_row(&rows, (struct cfirow){done, -1, 0, false});
	*n = rows.n;
	return rows.r;
}
