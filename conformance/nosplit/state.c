/*
 * state.c - what is known between two instructions, and what an op does to it.
 *
 * Depends on value.c, base.c and, for memory, access.c. Promises: whatever an op may change is changed, or
 * unknown afterwards. Assumes what the C ABIs promise: a callee preserves the registers that
 * it has to.
 */
#include "state.h"

enum { PhiBit = 1u << 31 };

void state_entry(struct flow *fl, struct state *s)
{
	const struct arch *a = fl->arch;

	s->nslots = 0;
	s->exempt = 0;
	s->compared = false;
	for (unsigned r = 0; r < a->nregs; r++)
		s->reg[r] = v_entry(r);
	s->reg[a->sp] = v_sp(0);
	if (a->lr == NoReg) {
		s->nslots = 1;
		s->slot[0] = (struct slot){ .v = v_sym(RetAddr) };
	}
	s->region = REGION_SAME;
	s->phase = fl->f->kind == FUNC_SPLIT ? PHASE_PRE : PHASE_BODY;
}

/* In an earlier round of a loop something may have got the name of the symbol id already. */
static void unname(struct flow *fl, struct state *s, uint32_t id)
{
	for (unsigned r = 0; r < fl->arch->nregs; r++) {
		struct value *v = &s->reg[r];
		if (v->kind == V_SYM && v->id == id)
			*v = v_top();
		else if (v->kind == V_RANGE && (uint32_t)v->addend == id)
			v->addend = 0;
	}
	for (unsigned i = 0; i < s->nslots; i++) {
		const struct value *v = &s->slot[i].v;
		if ((v->kind == V_SYM && v->id == id) || (v->kind == V_RANGE && (uint32_t)v->addend == id))
			s->slot[i--] = s->slot[--s->nslots];
	}
	if (s->compared && (s->cmpa.id == id || s->cmpb.id == id))
		s->compared = false;
}

/* Symbols of one instruction are numbered one after the other. */
static uint32_t symbol(uint32_t at, unsigned k)
{
	return FirstSym + (at * 64 + k) % (PhiBit - FirstSym);
}

static bool is_named(const struct value *v, uint32_t first)
{
	return (v->kind == V_SYM && v->id - first < 64) || (v->kind == V_RANGE && (uint32_t)v->addend - first < 64);
}

/* Has anything the name of a symbol of instruction at? */
static bool named(const struct flow *fl, const struct state *s, uint32_t at)
{
	uint32_t first = symbol(at, 0);

	if (fl->code[at].runs < 2)
		return false;
	for (unsigned r = 0; r < fl->arch->nregs; r++)
		if (is_named(&s->reg[r], first))
			return true;
	for (unsigned i = 0; i < s->nslots; i++)
		if (is_named(&s->slot[i].v, first))
			return true;
	return false;
}

struct value state_fresh(struct flow *fl, struct state *s, uint32_t at, unsigned k)
{
	uint32_t id = symbol(at, k);

	if (fl->code[at].runs > 1)
		unname(fl, s, id);
	return v_sym(id);
}

static struct value sub(struct flow *fl, struct state *s, const struct op *op, uint32_t at)
{
	int p = fl->arch->ptrsize;
	struct value a = *state_reg(s, op->ra), b = *state_reg(s, op->rb);

	v_scale(&b, op->rb == NoReg ? 0 : op->shift, p);
	if (a.kind == V_SP && b.kind != V_CONST && b.kind != V_SP && b.kind != V_OTHER)
		a = base_less(fl, s, &a, &b, at);
	else
		v_sub(&a, &b, p);
	v_addc(&a, negated(op->imm), p);
	return a;
}

/* Register rd = ra + (rb << shift) + imm. */
static struct value lea(struct flow *fl, struct state *s, const struct op *op, uint32_t at)
{
	struct value v = access_address(fl, s, op), moved;
	const struct value *sp = state_reg(s, op->ra);

	/* A negative number of bytes that nobody knows is added to sp, or to a copy. */
	if (v.kind != V_TOP || op->rb == NoReg)
		return v;
	if (op->rd != fl->arch->sp) {
		access_array(fl, s, op);
		return v;
	}
	if (sp->kind != V_SP)
		sp = &s->reg[op->rb];
	if (sp->kind != V_SP)
		return v;
	moved = *sp;
	v = base_less(fl, s, &moved, 0, at);
	v_addc(&v, op->imm, fl->arch->ptrsize);
	return v;
}

/* The address of something below sp, where the red zone is. */
static bool redzone(const struct flow *fl, const struct state *s, const struct value *v)
{
	const struct value *sp = &s->reg[fl->arch->sp];

	return v_exact(v) && v_exact(sp) && v->origin == sp->origin && v->lo < sp->lo && v->lo >= sp->lo - fl->arch->redzone;
}

/* A constant, or a sum of one and of a number that is no place of the frame: most of all ops. */
static bool plain(const struct flow *fl, const struct state *s, const struct op *op)
{
	unsigned kind = state_reg(s, op->ra)->kind;

	return op->kind == OP_LEA && op->rb == NoReg && op->rd < fl->arch->nregs && op->rd != fl->arch->sp &&
	       (kind == V_CONST || kind == V_SYM);
}

void state_op(struct flow *fl, struct state *s, const struct op *op, uint32_t at)
{
	int p = fl->arch->ptrsize;
	unsigned k = op->rd == NoReg ? 63 : op->rd;
	struct value v;

	if (plain(fl, s, op)) {
		struct value *to = &s->reg[op->rd];
		*to = *state_reg(s, op->ra);
		if (op->imm != 0)
			v_addc(to, op->imm, p);
		if (op->size == 4 && p == 8)
			v_low(to, 4, p);
		if (to->kind == V_TOP)
			*to = state_fresh(fl, s, at, k);
		return;
	}
	switch (op->kind) {
	case OP_LEA:
		v = lea(fl, s, op, at);
		break;
	case OP_SUB:
		v = sub(fl, s, op, at);
		break;
	case OP_AND:
		v = *state_reg(s, op->ra);
		if (v.kind == V_SP)
			v = base_aligned(fl, s, &v, op->imm, at);
		else
			v_and(&v, op->imm);
		if (v.kind == V_RANGE && v.addend == 0)
			v.addend = v_index(&(struct value){ .id = state_fresh(fl, s, at, k).id });
		break;
	case OP_SHL:
		v = *state_reg(s, op->ra);
		v_scale(&v, (unsigned)op->imm, p);
		break;
	case OP_SHR:
		v = *state_reg(s, op->ra);
		v_shr(&v, (unsigned)op->imm);
		break;
	case OP_SEXT:
		v = *state_reg(s, op->ra);
		v_sext(&v, op->size, p);
		s->reg[op->rd] = v.kind == V_TOP ? state_fresh(fl, s, at, k) : v;
		return;
	case OP_LOAD:
		v = access_load(fl, s, op, at, k);
		if (op->rd != NoReg)
			s->reg[op->rd] = v;
		if (op->rd == fl->arch->sp)
			access_touch(fl, s, &v, true);
		return;
	case OP_STORE:
		access_store(fl, s, op);
		return;
	case OP_TOUCH:
		access_probe(fl, s, op);
		return;
	case OP_CMP:
		s->cmpa = *state_reg(s, op->ra);
		s->cmpb = op->rb == NoReg ? v_const(op->imm) : s->reg[op->rb];
		s->cmpsize = op->size < p ? op->size : 0;
		s->compared = !s->cmpsize || (s->cmpa.kind != V_SP && s->cmpb.kind != V_SP);
		return;
	case OP_FLAGS:
		s->compared = false;
		return;
	default:
		v = v_top();
		break;
	}
	if (op->rd == NoReg)
		return;
	if (op->size == 4 && p == 8)
		v_low(&v, 4, p);
	/* A symbol for what is unknown, so that copies and comparisons of it can be followed. */
	if (v.kind == V_TOP)
		v = state_fresh(fl, s, at, k);
	if (v.kind == V_SYM && op->rb == NoReg && (op->kind == OP_LEA || op->kind == OP_SUB))
		access_below(fl, INT64_MAX, op->kind == OP_SUB ? negated(op->imm) : op->imm);
	s->reg[op->rd] = v;
	if (op->rd == fl->arch->sp)
		access_touch(fl, s, &v, true);
	else if (v.kind == V_SP && op->rd < fl->arch->nregs)
		slot_expose(fl, &v);
	if (op->rd != fl->arch->sp && op->kind == OP_LEA && fl->arch->redzone && s->phase == PHASE_BODY && redzone(fl, s, &v)) {
		access_touch(fl, s, &v, false);
		fl->opexact = false; /* perhaps it is only a number to count from */
	}
}

void state_call(struct flow *fl, struct state *s, const struct func *callee, uint32_t at, addr next)
{
	const struct arch *a = fl->arch;
	bool again;

	/* gcc knows that a pc thunk changes nothing else, and keeps values in other registers. */
	if (callee && callee->info && callee->info->thunkreg != NoReg) {
		s->reg[callee->info->thunkreg] = v_const((int64_t)next);
		return;
	}
	again = named(fl, s, at);
	s->compared = false;
	for (unsigned r = 0; r < a->nregs; r++)
		if (r != a->sp && !(a->preserved >> r & 1))
			s->reg[r] = again ? state_fresh(fl, s, at, r) : v_sym(symbol(at, r));
	slot_forget(fl, s);
}
