/*
 * x86_lift.c - what an instruction does to registers, memory and flags, as ops; those that
 * push, pop or go elsewhere are in x86_flow.c.
 *
 * Depends on forms only, so that it is the same for both decoders. Promises: every write of a
 * general register is an op; every access to memory that may be the stack is one (behind %fs
 * and %gs never is); every write of an arithmetic flag is OP_CMP or OP_FLAGS. What the ops
 * cannot express is OP_CLOBBER of all of the register, never left out.
 */
#include "x86.h"

struct lift {
	const struct decoder *d;
	struct form *f;
	struct insn *out;
};

const uint8_t x86_conds[16] = {
	COND_VS, COND_VC, COND_ULT, COND_UGE, COND_EQ, COND_NE, COND_ULE, COND_UGT,
	COND_MI, COND_PL, COND_PE, COND_PO, COND_SLT, COND_SGE, COND_SLE, COND_SGT,
};

static void put(struct lift *l, int kind, unsigned rd, unsigned ra, unsigned rb, int64_t imm, unsigned size)
{
	x86_put(l->out, (struct op){.kind = (uint8_t)kind, .rd = (uint8_t)rd, .ra = (uint8_t)ra,
		.rb = (uint8_t)rb, .imm = imm, .size = (uint8_t)size});
}

static void load(struct lift *l, unsigned rd, struct operand *m, bool sign)
{
	x86_load(l->out, rd, m, sign);
}

static void store(struct lift *l, struct operand *m, unsigned rd)
{
	x86_store(l->out, m, rd);
}

/* Size of an op on a register of so many bytes: 0 is all of it. */
static unsigned opsize(const struct lift *l, unsigned bytes)
{
	return bytes == l->d->word ? 0 : bytes;
}

/* A write of 8 or 16 bits leaves the rest of the register: no op is for that. */
static bool whole(const struct operand *o)
{
	return o->type == O_REG && o->reg != NoReg && o->size >= 4;
}

static bool isreg(const struct operand *o)
{
	return o->type == O_REG && o->reg != NoReg && !o->high;
}

static bool same(const struct form *f)
{
	return f->o[0].type == O_REG && f->o[1].type == O_REG && f->o[0].reg == f->o[1].reg &&
		f->o[0].reg != NoReg && f->o[0].high == f->o[1].high;
}

/* dst becomes unknown, after everything in the operands is accessed. */
static void lose(struct lift *l)
{
	struct form *f = l->f;
	unsigned i;

	for (i = 1; i < f->n; i++)
		if (f->o[i].type == O_MEM)
			x86_touch(l->out, &f->o[i]);
	if (f->o[0].type == O_MEM)
		x86_smash(l->out, &f->o[0]);
	else if (f->o[0].reg != NoReg)
		x86_clobber(l->out, f->o[0].reg);
}

static void mov(struct lift *l)
{
	struct operand *d = &l->f->o[0], *s = &l->f->o[1];

	if (d->type == O_MEM) {
		if (s->type == O_IMM) {
			put(l, OP_LEA, Tmp0, NoReg, NoReg, s->imm, 0);
			store(l, d, Tmp0);
		} else {
			store(l, d, isreg(s) ? s->reg : NoReg);
		}
	} else if (!whole(d) || (s->type == O_REG && s->reg == NoReg)) {
		lose(l);
	} else if (s->type == O_MEM) {
		load(l, d->reg, s, false);
	} else {
		put(l, OP_LEA, d->reg, s->type == O_REG ? s->reg : NoReg, NoReg,
			s->type == O_IMM ? s->imm : 0, opsize(l, d->size));
	}
}

static void movzx(struct lift *l)
{
	struct operand *d = &l->f->o[0], *s = &l->f->o[1];
	int64_t mask = s->size == 1 ? 0xff : 0xffff;

	if (!whole(d)) {
		lose(l);
	} else if (s->type == O_MEM) {
		load(l, d->reg, s, false);
	} else if (s->high) {
		put(l, OP_SHR, Tmp0, s->reg, NoReg, 8, 0);
		put(l, OP_AND, d->reg, Tmp0, NoReg, mask, opsize(l, d->size));
	} else {
		put(l, OP_AND, d->reg, s->reg, NoReg, mask, opsize(l, d->size));
	}
}

/* OP_SEXT and a signed OP_LOAD fill the register: 32 bits of it are zero-extended. */
static void cut(struct lift *l, const struct operand *d)
{
	if (opsize(l, d->size) != 0)
		put(l, OP_LEA, d->reg, d->reg, NoReg, 0, 4);
}

static void movsx(struct lift *l)
{
	struct operand *d = &l->f->o[0], *s = &l->f->o[1];

	if (!whole(d) || s->high) {
		lose(l);
	} else if (s->size == d->size) {
		mov(l);
	} else if (s->type == O_MEM) {
		load(l, d->reg, s, true);
		cut(l, d);
	} else {
		put(l, OP_SEXT, d->reg, s->reg, NoReg, 0, s->size);
		cut(l, d);
	}
}

static void lea(struct lift *l)
{
	struct operand *d = &l->f->o[0], *m = &l->f->o[1];

	if (!whole(d) || m->odd)
		x86_clobber(l->out, d->reg);
	else
		x86_put(l->out, (struct op){.kind = OP_LEA, .rd = d->reg, .ra = m->base, .rb = m->index,
			.shift = m->shift, .imm = m->imm,
			.size = m->narrow ? 4 : (uint8_t)opsize(l, d->size)});
}

/* What an operation reads: a register (high ones excepted), or Tmp0, or a constant. */
static bool source(struct lift *l, struct operand *s, unsigned *reg, int64_t *imm)
{
	*reg = NoReg;
	*imm = 0;
	if (s->type == O_IMM) {
		*imm = s->imm;
	} else if (s->type == O_MEM) {
		load(l, Tmp0, s, false);
		*reg = Tmp0;
	} else {
		*reg = s->reg;
		return isreg(s);
	}
	return true;
}

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
		mov(l);
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
		mov(l);
		against0(l, d);
	} else if (whole(d) && same(l->f)) {
		mov(l);
		against0(l, d);
	} else {
		lose(l);
		x86_flags(l->out);
	}
}

static void xor(struct lift *l)
{
	struct operand *d = &l->f->o[0];

	if (!whole(d) || !same(l->f)) {
		lose(l);
		x86_flags(l->out);
		return;
	}
	put(l, OP_LEA, d->reg, NoReg, NoReg, 0, 0);
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

/* In 32 bits on amd64 the upper half is cleared even if nothing is moved. */
static void cmov(struct lift *l)
{
	struct operand *d = &l->f->o[0], *s = &l->f->o[1];

	if (d->size == l->d->word && s->type == O_REG) {
		mov(l);
		l->out->cond = x86_conds[l->f->cc & 15];
	} else {
		lose(l);
	}
}

static void xchg(struct lift *l)
{
	struct operand *a = &l->f->o[0], *b = &l->f->o[1];

	if (a->type == O_REG && b->type == O_MEM) {
		struct operand *t = a;

		a = b;
		b = t;
	}
	if (a->type == O_MEM) {
		if (whole(b)) {
			load(l, Tmp0, a, false);
			store(l, a, b->reg);
			put(l, OP_LEA, b->reg, Tmp0, NoReg, 0, opsize(l, b->size));
		} else {
			x86_smash(l->out, a);
			x86_clobber(l->out, b->reg);
		}
	} else if (whole(a)) {
		put(l, OP_LEA, Tmp0, a->reg, NoReg, 0, 0);
		put(l, OP_LEA, a->reg, b->reg, NoReg, 0, opsize(l, a->size));
		put(l, OP_LEA, b->reg, Tmp0, NoReg, 0, opsize(l, a->size));
	} else {
		x86_clobber(l->out, a->reg);
		x86_clobber(l->out, b->reg);
	}
}

static void xadd(struct lift *l)
{
	struct operand *a = &l->f->o[0], *b = &l->f->o[1];

	if (!whole(b)) {
		x86_clobber(l->out, b->reg);
		lose(l);
	} else if (a->type == O_MEM) {
		load(l, Tmp0, a, false);
		x86_smash(l->out, a);
		put(l, OP_LEA, b->reg, Tmp0, NoReg, 0, opsize(l, b->size));
	} else { /* exchanged first: with both the same, the sum stays */
		put(l, OP_LEA, Tmp0, a->reg, b->reg, 0, 0);
		put(l, OP_LEA, b->reg, a->reg, NoReg, 0, opsize(l, a->size));
		put(l, OP_LEA, a->reg, Tmp0, NoReg, 0, opsize(l, a->size));
	}
	x86_flags(l->out);
}

void x86_lift(const struct decoder *d, addr pc, struct form *f, struct insn *out)
{
	struct lift l = {.d = d, .f = f, .out = out};

	switch (f->verb) {
	case I_NOP: break;
	case I_MOV: mov(&l); break;
	case I_MOVZX: movzx(&l); break;
	case I_MOVSX: movsx(&l); break;
	case I_LEA: lea(&l); break;
	case I_ADD: case I_INC: addsub(&l, OP_LEA); break;
	case I_SUB: case I_DEC: addsub(&l, OP_SUB); break;
	case I_AND: and(&l); break;
	case I_OR: or(&l); break;
	case I_XOR: xor(&l); break;
	case I_CMP: compare(&l); break;
	case I_TEST: test(&l); break;
	case I_NEG: case I_NOT: negnot(&l); break;
	case I_SHL: case I_SHR: shift(&l); break;
	case I_CHANGE: lose(&l); x86_flags(out); break;
	case I_SET: lose(&l); break;
	case I_TOUCH: x86_touch(out, &f->o[0]); break;
	case I_CMOV: cmov(&l); break;
	case I_XCHG: xchg(&l); break;
	case I_XADD: xadd(&l); break;
	default: x86_flow(d, pc, f, out); break;
	}
}
