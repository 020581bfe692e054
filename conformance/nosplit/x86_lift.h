/*
 * x86_lift.h - what the files that turn forms into ops share.
 */
#ifndef X86_LIFT_H
#define X86_LIFT_H

#include "x86.h"

struct lift {
	const struct decoder *d;
	struct form *f;
	struct insn *out;
};

static inline void put(struct lift *l, int kind, unsigned rd, unsigned ra, unsigned rb, int64_t imm, unsigned size)
{
	x86_put(l->out, (struct op){.kind = (uint8_t)kind, .rd = (uint8_t)rd, .ra = (uint8_t)ra,
		.rb = (uint8_t)rb, .imm = imm, .size = (uint8_t)size});
}

static inline void load(struct lift *l, unsigned rd, struct operand *m, bool sign)
{
	x86_load(l->out, rd, m, sign);
}

static inline void store(struct lift *l, struct operand *m, unsigned rd)
{
	x86_store(l->out, m, rd);
}

/* Size of an op on a register of so many bytes: 0 is all of it. */
static inline unsigned opsize(const struct lift *l, unsigned bytes)
{
	return bytes == l->d->word ? 0 : bytes;
}

/* A write of 8 or 16 bits leaves the rest of the register: no op is for that. */
static inline bool whole(const struct operand *o)
{
	return o->type == O_REG && o->reg != NoReg && o->size >= 4;
}

static inline bool isreg(const struct operand *o)
{
	return o->type == O_REG && o->reg != NoReg && !o->high;
}

static inline bool same(const struct form *f)
{
	return f->o[0].type == O_REG && f->o[1].type == O_REG && f->o[0].reg == f->o[1].reg &&
		f->o[0].reg != NoReg && f->o[0].high == f->o[1].high;
}

/* dst becomes unknown, after everything in the operands is accessed. */
static inline void lose(struct lift *l)
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

/* What an operation reads: a register (high ones excepted), or Tmp0, or a constant. */
static inline bool source(struct lift *l, struct operand *s, unsigned *reg, int64_t *imm)
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

/* A register, of 4 bytes or more, becomes a copy of another or a constant. */
static inline void copy(struct lift *l)
{
	const struct operand *d = &l->f->o[0], *s = &l->f->o[1];

	put(l, OP_LEA, d->reg, s->type == O_REG ? s->reg : NoReg, NoReg, s->type == O_IMM ? s->imm : 0, opsize(l, d->size));
}

/* x86_arith.c; false: the verb is none of its own. */
bool x86_arith(struct lift *);

#endif
