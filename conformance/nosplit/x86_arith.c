/*
 * x86_arith.c - arithmetic, logic and comparisons as ops.
 *
 * Promises: the flags are those of OP_CMP where the instruction sets them as a comparison
 * would, and OP_FLAGS otherwise.
 */
#include "x86_lift.h"

/* d = d + s or d - s; also inc and dec, with a constant s. */
static void addsub(struct lift *l, int kind)
{
	struct operand *d = &l->f->o[0], *s = &l->f->o[1];
	bool cmp = l->f->verb == I_SUB && !(d->type == O_REG && d->reg == RegSP);
	unsigned rs, rd;
	int64_t imm;

	if (d->type == O_MEM) {
		rs = s->type == O_REG ? s->reg : NoReg;
		imm = s->type == O_IMM ? s->imm : 0;
		if (s->type == O_REG && !isreg(s)) {
			x86_smash(l->out, d);
			x86_flags(l->out);
			return;
		}
		rd = d->narrow ? Tmp0 : Tmp1;
		load(l, Tmp0, d, false);
		if (cmp)
			put(l, OP_CMP, NoReg, Tmp0, rs, imm, opsize(l, d->size));
		put(l, kind, rd, Tmp0, rs, imm, 0);
		store(l, d, rd);
	} else if (!whole(d)) {
		lose(l);
		cmp = false;
	} else if (kind == OP_SUB && same(l->f)) {
		put(l, OP_LEA, d->reg, NoReg, NoReg, 0, 0);
		put(l, OP_CMP, NoReg, d->reg, NoReg, 0, opsize(l, d->size));
		l->out->writesflags = true;
		return;
	} else {
		source(l, s, &rs, &imm);
		if (cmp)
			put(l, OP_CMP, NoReg, d->reg, rs, imm, opsize(l, d->size));
		put(l, kind, d->reg, d->reg, rs, imm, opsize(l, d->size));
	}
	if (cmp)
		l->out->writesflags = true;
	else
		x86_flags(l->out);
}

static void compare(struct lift *l)
{
	struct operand *a = &l->f->o[0], *b = &l->f->o[1];
	unsigned ra, rb;
	int64_t imm;

	if (a->type == O_MEM) {
		load(l, Tmp0, a, false);
		ra = Tmp0;
		rb = b->type == O_REG ? b->reg : NoReg;
		imm = b->type == O_IMM ? b->imm : 0;
	} else {
		ra = a->reg;
		source(l, b, &rb, &imm);
	}
	if (a->high || b->high) {
		x86_flags(l->out);
		return;
	}
	put(l, OP_CMP, NoReg, ra, rb, imm, opsize(l, a->size));
	l->out->writesflags = true;
}

/* Logic sets the flags as a comparison of its result with 0 does. (What is compared with sp
 * is of interest to the engine, but this is not meant as such a comparison.) */
static void against0(struct lift *l, struct operand *r)
{
	if (r->high || r->reg == RegSP) {
		x86_flags(l->out);
		return;
	}
	put(l, OP_CMP, NoReg, r->reg, NoReg, 0, opsize(l, r->size));
	l->out->writesflags = true;
}

static void test(struct lift *l)
{
	unsigned i;

	if (same(l->f)) {
		against0(l, &l->f->o[0]);
		return;
	}
	for (i = 0; i < l->f->n; i++)
		if (l->f->o[i].type == O_MEM)
			x86_touch(l->out, &l->f->o[i]);
	x86_flags(l->out);
}

static void and(struct lift *l)
{
	struct operand *d = &l->f->o[0], *s = &l->f->o[1];

	if (d->type == O_MEM && s->type == O_IMM) {
		load(l, Tmp0, d, false);
		put(l, OP_AND, Tmp0, Tmp0, NoReg, s->imm, 0);
		store(l, d, Tmp0);
		x86_flags(l->out);
	} else if (isreg(d) && s->type == O_IMM) {
		int64_t keep = whole(d) ? 0 : ~(((int64_t)1 << (8 * d->size)) - 1);

		put(l, OP_AND, d->reg, d->reg, NoReg, s->imm | keep, whole(d) ? opsize(l, d->size) : 0);
		against0(l, d);
	} else if (whole(d) && same(l->f)) {
		copy(l);
		against0(l, d);
	} else {
		lose(l);
		x86_flags(l->out);
	}
}

static void or(struct lift *l)
{
	struct operand *d = &l->f->o[0], *s = &l->f->o[1];

	if (d->type == O_MEM && s->type == O_IMM && s->imm == 0) { /* stack probe */
		x86_touch(l->out, d);
		x86_flags(l->out);
	} else if (whole(d) && s->type == O_IMM && s->imm == -1) {
		copy(l);
		against0(l, d);
	} else if (whole(d) && same(l->f)) {
		copy(l);
		against0(l, d);
	} else {
		lose(l);
		x86_flags(l->out);
	}
}

static void xor(struct lift *l)
{
	struct operand *d = &l->f->o[0];

	if (!same(l->f) || d->high) {
		lose(l);
		x86_flags(l->out);
		return;
	}
	if (whole(d))
		put(l, OP_LEA, d->reg, NoReg, NoReg, 0, 0);
	else /* xor %sp, %sp: an alignment to 65536, as mov $0, %sp is */
		put(l, OP_AND, d->reg, d->reg, NoReg, -((int64_t)1 << 8 * d->size), 0);
	against0(l, d);
}

static void negnot(struct lift *l)
{
	struct operand *d = &l->f->o[0];
	bool neg = l->f->verb == I_NEG;

	if (whole(d))
		put(l, OP_SUB, d->reg, NoReg, d->reg, neg ? 0 : 1, opsize(l, d->size));
	else
		lose(l);
	if (neg)
		x86_flags(l->out);
}

static void shift(struct lift *l)
{
	struct operand *d = &l->f->o[0], *s = &l->f->o[1];
	bool left = l->f->verb == I_SHL;

	if (whole(d) && s->type == O_IMM) {
		/* What is shifted in from the right must not be the upper half. */
		if (!left && opsize(l, d->size) != 0)
			put(l, OP_LEA, d->reg, d->reg, NoReg, 0, 4);
		put(l, left ? OP_SHL : OP_SHR, d->reg, d->reg, NoReg,
			s->imm & (d->size == 8 ? 63 : 31), opsize(l, d->size));
	} else {
		lose(l);
	}
	x86_flags(l->out);
}

bool x86_arith(struct lift *l)
{
	switch (l->f->verb) {
	case I_ADD: case I_INC: addsub(l, OP_LEA); return true;
	case I_SUB: case I_DEC: addsub(l, OP_SUB); return true;
	case I_AND: and(l); return true;
	case I_OR: or(l); return true;
	case I_XOR: xor(l); return true;
	case I_CMP: compare(l); return true;
	case I_TEST: test(l); return true;
	case I_NEG: case I_NOT: negnot(l); return true;
	case I_SHL: case I_SHR: shift(l); return true;
	}
	return false;
}
