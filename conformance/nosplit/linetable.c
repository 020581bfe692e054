/*
 * linetable.c - the headers of DWARF line tables, version 2 to 5, and their programs.
 *
 * Depends on reader.c alone. Each instruction makes at most one row.
 */
#include "lines.h"

bool line_unit(struct reader *r, struct unit *u)
{
	struct reader b;
	uint64_t n = rd(r, 4), header;

	*u = (struct unit){0};
	if (n == 0xffffffff) {
		n = rd(r, 8);
		u->dwarf64 = true;
	}
	if (r->bad || n > rd_left(r)) {
		r->p = r->end;
		return false;
	}
	b = *r;
	b.end = r->p + n;
	r->p = b.end;
	u->version = (unsigned)rd(&b, 2);
	if (u->version < 2 || u->version > 5)
		return false;
	if (u->version == 5) {
		b.wordsize = (uint8_t)rd(&b, 1);
		if (rd(&b, 1) != 0 || (b.wordsize != 4 && b.wordsize != 8))
			return false;
	}
	header = rd(&b, u->dwarf64 ? 8 : 4);
	if (header > rd_left(&b))
		return false;
	u->program = b;
	u->program.p += header;
	b.end = u->program.p;
	u->mininsn = (uint8_t)rd(&b, 1);
	if (u->version >= 4)
		rd(&b, 1); /* operations in a VLIW instruction */
	rd(&b, 1);	   /* default_is_stmt */
	u->linebase = (int8_t)rd(&b, 1);
	u->linerange = (uint8_t)rd(&b, 1);
	u->opcodebase = (uint8_t)rd(&b, 1);
	if (u->opcodebase == 0 || u->linerange == 0)
		return false;
	u->lengths = b.p;
	rd_skip(&b, u->opcodebase - 1u);
	u->tables = b;
	return !b.bad;
}

bool line_step(const struct unit *u, struct reader *r, struct state *s)
{
	unsigned op = (unsigned)rd(r, 1), i;
	const uint8_t *next;
	uint64_t n;

	if (op >= u->opcodebase) {
		op -= u->opcodebase;
		s->where += (uint64_t)(op / u->linerange) * u->mininsn;
		s->line += (unsigned)(u->linebase + (int)(op % u->linerange));
		return true;
	}
	switch (op) {
	case 0: /* extended */
		n = rd_uleb(r);
		if (n == 0 || n > rd_left(r)) {
			r->bad |= n != 0;
			return false;
		}
		next = r->p + n;
		op = (unsigned)rd(r, 1);
		if (op == 2 && (n == 5 || n == 9))
			s->where = rd(r, (unsigned)n - 1);
		s->end = op == 1;
		r->p = next;
		return s->end;
	case 1: return true; /* copy */
	case 2: s->where += rd_uleb(r) * u->mininsn; return false;
	case 3: s->line += (unsigned)rd_sleb(r); return false;
	case 4: s->file = (unsigned)rd_uleb(r); return false;
	case 5: rd_uleb(r); return false; /* column */
	case 6:
	case 7:
	case 10:
	case 11: return false; /* negate_stmt, basic_block, prologue_end, epilogue_begin */
	case 8: s->where += (uint64_t)((255u - u->opcodebase) / u->linerange) * u->mininsn; return false;
	case 9: s->where += rd(r, 2); return false;
	default:
		for (i = u->lengths[op - 1]; i > 0; i--)
			rd_uleb(r);
		return false;
	}
}
