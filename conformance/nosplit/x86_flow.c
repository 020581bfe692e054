/*
 * x86_flow.c - instructions that push, pop, or go elsewhere, as ops.
 *
 * Depends on forms, as x86_lift.c does. Promises: sp moves by exactly what the instruction
 * moves it by, and every word pushed or popped is an access; the push of a call is the
 * engine's. What goes to an address from memory loads it into Tmp0 first.
 */
#include "x86_lift.h"

static void emit(struct lift *l, int kind, unsigned rd, unsigned ra, int64_t imm, unsigned size)
{
	put(l, kind, rd, ra, NoReg, imm, size);
}

static void move_sp(struct lift *l, int64_t by)
{
	emit(l, OP_LEA, RegSP, RegSP, by, 0);
}

/* The operand is read with the sp from before. */
static void push(struct lift *l)
{
	struct operand *s = &l->f->o[0];
	unsigned reg = NoReg, size = l->f->size;

	if (s->type == O_IMM) {
		emit(l, OP_LEA, Tmp0, NoReg, s->imm, 0);
		reg = Tmp0;
	} else if (s->type == O_MEM) {
		x86_load(l->out, Tmp0, s, false);
		reg = Tmp0;
	} else if (s->reg == RegSP) {
		emit(l, OP_LEA, Tmp0, RegSP, 0, 0);
		reg = Tmp0;
	} else {
		reg = s->reg;
	}
	move_sp(l, -(int64_t)size);
	emit(l, OP_STORE, reg, RegSP, 0, size);
}

/* The address of the operand counts with the sp from after. */
static void pop(struct lift *l)
{
	struct operand *d = &l->f->o[0];
	unsigned size = l->f->size;

	if (d->type == O_MEM) {
		emit(l, OP_LOAD, Tmp0, RegSP, 0, size);
		move_sp(l, size);
		x86_store(l->out, d, Tmp0);
	} else if (d->reg == NoReg) {
		emit(l, OP_TOUCH, NoReg, RegSP, 0, size);
		move_sp(l, size);
	} else if (size < l->d->word) {
		emit(l, OP_TOUCH, NoReg, RegSP, 0, size);
		move_sp(l, size);
		x86_clobber(l->out, d->reg);
	} else {
		emit(l, OP_LOAD, d->reg, RegSP, 0, size);
		if (d->reg != RegSP)
			move_sp(l, size);
	}
}

static void pushall(struct lift *l)
{
	int64_t size = l->f->size;
	unsigned r;

	emit(l, OP_LEA, Tmp0, RegSP, 0, 0);
	move_sp(l, -8 * size);
	for (r = 0; r < 8; r++)
		emit(l, OP_STORE, r == RegSP ? (unsigned)Tmp0 : r, RegSP, (7 - (int64_t)r) * size, (unsigned)size);
}

static void popall(struct lift *l)
{
	int64_t size = l->f->size;
	unsigned r;

	for (r = 0; r < 8; r++) {
		if (r == RegSP)
			continue;
		if (size == l->d->word)
			emit(l, OP_LOAD, r, RegSP, (7 - (int64_t)r) * size, (unsigned)size);
		else
			x86_clobber(l->out, r);
	}
	emit(l, OP_TOUCH, NoReg, RegSP, 0, (unsigned)size);
	move_sp(l, 8 * size);
}

/* enter frame, level: level > 0 copies so many frame pointers of outer procedures; nobody
 * looks for anything behind them, so their values are left open. */
static void enter(struct lift *l)
{
	int64_t size = l->f->size, frame = l->f->o[0].imm, level = l->f->o[1].imm & 31, i;

	if (size != l->d->word) {
		x86_clobber(l->out, RegSP);
		x86_clobber(l->out, RegBP);
		return;
	}
	move_sp(l, -size);
	emit(l, OP_STORE, RegBP, RegSP, 0, (unsigned)size);
	emit(l, OP_LEA, RegBP, RegSP, 0, 0);
	for (i = 1; i <= level; i++)
		emit(l, OP_STORE, i == level ? (unsigned)RegBP : NoReg, RegBP, -i * size, (unsigned)size);
	emit(l, OP_LEA, RegSP, RegBP, -level * size - frame, 0);
}

static void leave(struct lift *l)
{
	if (l->f->size != l->d->word) {
		x86_clobber(l->out, RegSP);
		x86_clobber(l->out, RegBP);
		return;
	}
	emit(l, OP_LEA, RegSP, RegBP, 0, 0);
	emit(l, OP_LOAD, RegBP, RegSP, 0, l->f->size);
	move_sp(l, l->f->size);
}

/* words: what is popped, return address first. */
static void ret(struct lift *l, unsigned words)
{
	struct form *f = l->f;

	emit(l, OP_LOAD, Tmp0, RegSP, 0, f->size);
	move_sp(l, (int64_t)words * f->size + (f->n != 0 ? f->o[0].imm & 0xffff : 0));
	l->out->flow = FLOW_IJUMP;
	l->out->flowreg = Tmp0;
	l->out->isret = true;
}

static void go(struct lift *l, int direct, int indirect)
{
	struct operand *t = &l->f->o[0];

	if (t->type == O_IMM) {
		l->out->flow = (uint8_t)direct;
		l->out->target = (addr)t->imm;
		return;
	}
	l->out->flow = (uint8_t)indirect;
	l->out->flowreg = t->type == O_MEM || t->reg == NoReg ? Tmp0 : t->reg;
	if (t->type == O_MEM)
		x86_load(l->out, Tmp0, t, false);
	else if (t->reg == NoReg)
		x86_clobber(l->out, Tmp0);
}

/* Through a gate or a segment: where to is not in the ops. */
static void away(struct lift *l, int flow)
{
	x86_clobber(l->out, Tmp0);
	l->out->flow = (uint8_t)flow;
	l->out->flowreg = Tmp0;
}

void x86_flow(const struct decoder *d, addr pc, struct form *f, struct insn *out)
{
	struct lift l = {.d = d, .f = f, .out = out};

	(void)pc;
	switch (f->verb) {
	case I_PUSH:
		push(&l);
		break;
	case I_POP:
		pop(&l);
		break;
	case I_PUSHALL:
		pushall(&l);
		break;
	case I_POPALL:
		popall(&l);
		break;
	case I_PUSHFLAGS:
		move_sp(&l, -(int64_t)f->size);
		emit(&l, OP_STORE, NoReg, RegSP, 0, f->size);
		break;
	case I_POPFLAGS:
		emit(&l, OP_TOUCH, NoReg, RegSP, 0, f->size);
		move_sp(&l, f->size);
		x86_flags(out);
		break;
	case I_ENTER:
		enter(&l);
		break;
	case I_LEAVE:
		leave(&l);
		break;
	case I_JUMP:
		go(&l, FLOW_JUMP, FLOW_IJUMP);
		break;
	case I_JCC:
		go(&l, FLOW_JUMP, FLOW_IJUMP);
		out->cond = x86_conds[f->cc & 15];
		break;
	case I_LOOP: /* the counter goes down whether it jumps or not, and no flag changes */
		x86_put(out, (struct op){.kind = OP_SUB, .rd = RegC, .ra = RegC, .rb = NoReg,
			.imm = 1, .size = f->size == d->word ? 0 : f->size});
		/* fall through */
	case I_JCXZ:
		go(&l, FLOW_JUMP, FLOW_IJUMP);
		out->cond = COND_OTHER;
		break;
	case I_CALL:
		go(&l, FLOW_CALL, FLOW_ICALL);
		break;
	case I_RET:
		ret(&l, 1);
		break;
	case I_FARRET:
		ret(&l, 2);
		break;
	case I_FARCALL: /* pushes a segment too: the engine counts the address alone */
		emit(&l, OP_TOUCH, NoReg, RegSP, -2 * (int64_t)d->word, d->word);
		away(&l, FLOW_ICALL);
		break;
	case I_FARJUMP:
		away(&l, FLOW_IJUMP);
		break;
	case I_SYSRET:
		x86_clobber(out, RegSP);
		x86_flags(out);
		away(&l, FLOW_IJUMP);
		break;
	case I_STOP:
		out->flow = FLOW_STOP;
		break;
	}
}
