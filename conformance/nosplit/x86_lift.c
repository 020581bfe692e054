/*
 * x86_lift.c - what an instruction does to registers, memory and flags, as ops; arithmetic
 * is in x86_arith.c, what pushes, pops or goes elsewhere in x86_flow.c.
 *
 * Depends on forms only, so that it is the same for both decoders. Promises: every write of a
 * general register is an op; every access to memory that may be the stack is one (behind %fs
 * and %gs never is); every write of an arithmetic flag is OP_CMP or OP_FLAGS. What the ops
 * cannot express is OP_CLOBBER of all of the register, never left out.
 */
#include "x86_lift.h"

const uint8_t x86_conds[16] = {
	COND_VS, COND_VC, COND_ULT, COND_UGE, COND_EQ, COND_NE, COND_ULE, COND_UGT,
	COND_MI, COND_PL, COND_PE, COND_PO, COND_SLT, COND_SGE, COND_SLE, COND_SGT,
};

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
	} else if (!whole(d) && !d->high && s->type == O_IMM && (s->imm & (((int64_t)1 << 8 * d->size) - 1)) == 0) {
		/* mov $0, %spl: how gcc aligns to 256 bytes, and to 65536 with %sp */
		put(l, OP_AND, d->reg, d->reg, NoReg, -((int64_t)1 << 8 * d->size), 0);
	} else if (!whole(d) || (s->type == O_REG && s->reg == NoReg)) {
		lose(l);
	} else if (s->type == O_MEM) {
		load(l, d->reg, s, false);
	} else {
		copy(l);
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
	case I_CHANGE: lose(&l); x86_flags(out); break;
	case I_SET: lose(&l); break;
	case I_TOUCH: x86_touch(out, &f->o[0]); break;
	case I_FLAGS:
		if (f->n != 0)
			x86_touch(out, &f->o[0]);
		x86_flags(out);
		break;
	case I_CMOV: cmov(&l); break;
	case I_XCHG: xchg(&l); break;
	case I_XADD: xadd(&l); break;
	default:
		if (!x86_arith(&l))
			x86_flow(d, pc, f, out);
		break;
	}
}
