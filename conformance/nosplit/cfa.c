/*
 * cfa.c - the CFA of each instruction: the programs of CFI entries, run.
 *
 * Depends on cfi.c. Takes time linear in the length of the programs. Only the CFA is followed:
 * where registers are saved is of no use to the analyzer.
 */
#include "cfi.h"

#include <stdlib.h>

enum { MAX_STATES = 1024 }; /* remember_state without restore_state */

struct cfa { /* of the program being run */
	int64_t off;
	uint64_t reg;
	bool expression;
};

struct run {
	const struct image *im;
	struct reader r;
	const uint8_t *data;
	addr base;
	struct cie cie;
	addr loc;
	struct cfa cfa;
	struct cfa *states;
	size_t nstates, capstates;
	/* rows so far; a row holds from its pc until the next */
	struct cfirow *rows;
	size_t nrows, caprows;
	addr lo, hi; /* rows outside are not kept */
};

static struct cfirow row_of(const struct run *run, addr pc)
{
	struct cfirow row = {pc, -1, 0};

	if (!run->cfa.expression && run->cfa.reg < 256)
		row.reg = run->im->arch->fromdwarf((int)run->cfa.reg);
	if (row.reg >= 0)
		row.off = run->cfa.off;
	else
		row.reg = -1;
	return row;
}

static void add_row(struct run *run, struct cfirow row)
{
	if (run->nrows > 0) {
		struct cfirow *last = &run->rows[run->nrows - 1];

		if (last->reg == row.reg && last->off == row.off)
			return;
		if (last->pc == row.pc) {
			*last = row;
			return;
		}
	}
	run->rows = mem_grow(run->rows, run->nrows, &run->caprows, sizeof *run->rows);
	run->rows[run->nrows++] = row;
}

/* What held from run->loc up to next. */
static void flush_row(struct run *run, addr next)
{
	addr pc = run->loc < run->lo ? run->lo : run->loc;

	if (next > run->lo && pc < run->hi && next > run->loc)
		add_row(run, row_of(run, pc));
}

/* False: the rest cannot be followed. */
static bool advance(struct run *run, addr to)
{
	if (to < run->loc)
		return false;
	flush_row(run, to);
	run->loc = to;
	return to < run->hi;
}

static bool step_extended(struct run *run, unsigned op)
{
	struct reader *r = &run->r;
	uint64_t v;

	switch (op) {
	case 0x00: return true; /* nop */
	case 0x01: /* set_loc */
		return cfi_address(r, run->data, run->base, run->cie.encoding, true, &v) && advance(run, v);
	case 0x02: return advance(run, run->loc + rd(r, 1) * run->cie.codealign);
	case 0x03: return advance(run, run->loc + rd(r, 2) * run->cie.codealign);
	case 0x04: return advance(run, run->loc + rd(r, 4) * run->cie.codealign);
	case 0x05: /* offset_extended */
	case 0x09: /* register */
	case 0x14: /* val_offset */
	case 0x2f: /* GNU_negative_offset_extended */
		rd_uleb(r);
		rd_uleb(r);
		return true;
	case 0x11: /* offset_extended_sf */
	case 0x15: /* val_offset_sf */
		rd_uleb(r);
		rd_sleb(r);
		return true;
	case 0x06: /* restore_extended */
	case 0x07: /* undefined */
	case 0x08: /* same_value */
	case 0x2e: /* GNU_args_size */
		rd_uleb(r);
		return true;
	case 0x0a: /* remember_state */
		if (run->nstates == MAX_STATES)
			return false;
		run->states = mem_grow(run->states, run->nstates, &run->capstates, sizeof *run->states);
		run->states[run->nstates++] = run->cfa;
		return true;
	case 0x0b: /* restore_state */
		if (run->nstates == 0)
			return false;
		run->cfa = run->states[--run->nstates];
		return true;
	case 0x0c: /* def_cfa */
		run->cfa.reg = rd_uleb(r);
		run->cfa.off = (int64_t)rd_uleb(r);
		run->cfa.expression = false;
		return true;
	case 0x12: /* def_cfa_sf */
		run->cfa.reg = rd_uleb(r);
		run->cfa.off = (int64_t)((uint64_t)rd_sleb(r) * (uint64_t)run->cie.dataalign);
		run->cfa.expression = false;
		return true;
	case 0x0d: /* def_cfa_register */
		run->cfa.reg = rd_uleb(r);
		return true;
	case 0x0e: /* def_cfa_offset */
		run->cfa.off = (int64_t)rd_uleb(r);
		return true;
	case 0x13: /* def_cfa_offset_sf */
		run->cfa.off = (int64_t)((uint64_t)rd_sleb(r) * (uint64_t)run->cie.dataalign);
		return true;
	case 0x0f: /* def_cfa_expression */
		run->cfa.expression = true;
		rd_skip(r, rd_uleb(r));
		return true;
	case 0x10: /* expression */
	case 0x16: /* val_expression */
		rd_uleb(r);
		rd_skip(r, rd_uleb(r));
		return true;
	case 0x2d: return true; /* GNU_window_save, AARCH64_negate_ra_state */
	default: return false;
	}
}

static bool run_program(struct run *run, const uint8_t *p, const uint8_t *end)
{
	run->r.p = p;
	run->r.end = end;
	run->r.bad = false;
	while (rd_left(&run->r) > 0) {
		unsigned op = (unsigned)rd(&run->r, 1);
		bool good = true;

		switch (op >> 6) {
		case 0: good = step_extended(run, op); break;
		case 1: good = advance(run, run->loc + (op & 0x3f) * run->cie.codealign); break;
		case 2: rd_uleb(&run->r); break; /* offset */
		case 3: break; /* restore */
		}
		if (!good || run->r.bad)
			return run->loc >= run->hi;
	}
	return true;
}

static void run_fde(struct run *run, const struct fde *f, addr lo, addr hi)
{
	const struct section *s = &run->im->elf->secs[f->section];

	run->lo = lo;
	run->hi = hi;
	run->data = s->data;
	run->base = s->addr;
	run->r = elf_reader(run->im, s);
	run->loc = f->start;
	run->cfa = (struct cfa){.expression = true};
	run->nstates = 0;
	if (!cfi_cie(run->im, s, f->cie, &run->cie) || !run_program(run, run->cie.insns, run->cie.end) ||
		!run_program(run, s->data + f->insns, s->data + f->end))
		run->cfa.expression = true;
	if (run->loc < hi)
		flush_row(run, hi);
}

struct cfirow *image_cfi(const struct image *im, addr lo, addr hi, size_t *n)
{
	const struct elffile *e = im->elf;
	struct run run = {.im = im};
	size_t first = 0, last = e->nfdes;
	addr done = lo;

	*n = 0;
	while (first < last) {
		size_t mid = first + (last - first) / 2;

		if (e->fdes[mid].hi <= lo)
			first = mid + 1;
		else
			last = mid;
	}
	for (; first < e->nfdes && e->fdes[first].lo < hi; first++) {
		const struct fde *f = &e->fdes[first];
		addr from = f->lo < lo ? lo : f->lo, to = f->hi < hi ? f->hi : hi;

		if (from > done)
			add_row(&run, (struct cfirow){done, -1, 0});
		run_fde(&run, f, from, to);
		done = to;
	}
	if (run.nrows > 0 && done < hi)
		add_row(&run, (struct cfirow){done, -1, 0});
	free(run.states);
	*n = run.nrows;
	return run.rows;
}
