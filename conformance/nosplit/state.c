/*
 * state.c - what is known between two instructions, and what an op does to it.
 *
 * Depends on value.c, slot.c and base.c. Promises: whatever an op may change is changed, or
 * unknown afterwards. Assumes what the C ABIs promise: a callee preserves the registers that
 * it has to.
 */
#include "flow.h"

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

static struct value fresh(struct flow *fl, struct state *s, uint32_t at, unsigned k)
{
	uint32_t id = symbol(at, k);

	if (fl->code[at].runs > 1)
		unname(fl, s, id);
	return v_sym(id);
}

/* In a red zone, perhaps: record.c knows whether the function has one. */
static void perhaps_below(const struct flow *fl, const struct state *s, int64_t *depth, addr *where)
{
	const struct value *sp = &s->reg[fl->arch->sp];
	int64_t hi, lo;

	if (!fl->arch->redzone || sp->kind != V_SP || s->phase != PHASE_BODY)
		return;
	base_depth(fl, sp, &hi, &lo);
	if (hi > *depth) {
		*depth = hi;
		*where = fl->oppc;
	}
}

/* Address v is read or written, or sp moves there: that counts as depth, red zone included.
 * A pointer that walks through the frame, and of which no bound is known, stays inside of it. */
static void touch(struct flow *fl, const struct state *s, const struct value *v, bool sp)
{
	int64_t hi, lo;

	if (v->kind != V_SP)
		return;
	base_depth(fl, v, &hi, &lo);
	if (hi == UNBOUNDED && !sp) { /* as sp itself has no bound if this is a place in a frame without */
		perhaps_below(fl, s, &fl->walked, &fl->walkedpc);
		return;
	}
	if (hi > fl->opdepth) {
		fl->opdepth = hi;
		fl->opexact = v_exact(v) && v->origin == 0;
	}
}

/* ---- ops ---- */

static const struct value *get(const struct state *s, unsigned r)
{
	static const struct value zero = { .kind = V_CONST };

	return r == NoReg ? &zero : &s->reg[r];
}

static struct value address(struct flow *fl, const struct state *s, const struct op *op)
{
	int p = fl->arch->ptrsize;
	struct value v = *get(s, op->ra);

	if (op->rb != NoReg) {
		struct value index = s->reg[op->rb];
		v_scale(&index, op->shift, p);
		v_add(&v, &index, p);
	}
	v_addc(&v, op->imm, p);
	return v;
}

/* Is an operand in memory of which nothing is known but that no place of the frame is meant? */
static bool elsewhere(const struct state *s, const struct op *op)
{
	unsigned kind = get(s, op->ra)->kind;

	return op->rb == NoReg && (kind == V_SYM || kind == V_TOP);
}

/* An element of an array in the frame is accessed, or pointed to, by the index in a register. */
static void perhaps_negative(struct flow *fl, const struct state *s, unsigned index)
{
	const struct value *v = get(s, (uint8_t)index);

	if (v->kind == V_CONST || (v->kind == V_RANGE && v->hi != NoBound && v->size == 0 && v_nth(v, v->lo) >= 0))
		return;
	if (index < fl->arch->nregs)
		fl->indexes |= (uint64_t)1 << index;
	perhaps_below(fl, s, &fl->indexed, &fl->indexedpc);
}

/* An element of an array below sp, in the red zone: the array begins where its index is 0. */
static void indexed(struct flow *fl, const struct state *s, const struct op *op, const struct value *address)
{
	int64_t before = fl->opdepth;
	const struct value *of;
	struct value v;
	unsigned index = op->rb;

	if (!fl->arch->redzone || address->kind == V_SP)
		return;
	of = get(s, op->ra);
	if (of->kind != V_SP && op->rb != NoReg) {
		of = &s->reg[op->rb];
		index = op->ra;
	}
	if (of->kind != V_SP)
		return;
	perhaps_negative(fl, s, index);
	v = *of;
	v_addc(&v, op->imm, fl->arch->ptrsize);
	touch(fl, s, &v, false);
	if (fl->opdepth != before)
		fl->opexact = false;
}

/* From the frame, at a. */
static struct value load_slot(struct flow *fl, struct state *s, const struct op *op, const struct value *a, uint32_t at, unsigned k)
{
	int word = fl->arch->ptrsize;
	bool half = op->size == 4 && word == 8; /* of a word: an index, say */
	const struct value *known = v_exact(a) && (op->size == word || half) ? slot_get(fl, s, a, half) : 0;
	struct value v;

	if (known && !half)
		return *known;
	if (known && !op->sign && ((known->kind == V_SYM && known->id >= FirstSym) || known->kind == V_RANGE)) {
		v = *known;
		v_low(&v, op->size, word);
		return v;
	}
	v = fresh(fl, s, at, k);
	v.sign = true;
	if (half)
		v_low(&v, op->size, word);
	if (!v_exact(a))
		return v;
	if (op->size == word)
		slot_set(fl, s, a, word, &v);
	else if (half)
		slot_half(fl, s, a, &v);
	return v;
}

static struct value load(struct flow *fl, struct state *s, const struct op *op, uint32_t at, unsigned k)
{
	int word = fl->arch->ptrsize;
	struct value a, v;
	uint64_t w;

	if (elsewhere(s, op))
		return fresh(fl, s, at, k);
	a = address(fl, s, op);
	indexed(fl, s, op, &a);
	switch (a.kind) {
	case V_SP:
		touch(fl, s, &a, false);
		return load_slot(fl, s, op, &a, at, k);
	case V_CONST:
		if (image_readonly(fl->image, (addr)a.lo) &&
		    image_word(fl->image, (addr)a.lo, op->size, op->sign, &w)) {
			v = v_const((int64_t)w);
			v_low(&v, word, 8);
			return v;
		}
		break;
	case V_TABLE: /* the entry of a table is the index into another one */
		if (!table_index(fl, &a))
			break;
		/* fall through */
	case V_RANGE:
		if (op->size <= word && image_readonly(fl->image, (addr)v_nth(&a, a.lo)))
			return (struct value){ .kind = V_TABLE, .size = op->size, .sign = op->sign, .lo = a.lo,
					       .hi = a.hi, .base = a.base, .stride = a.stride };
		break;
	}
	return fresh(fl, s, at, k);
}

/* Arrays in the frame may begin so far below the lowest address that an index was added to: for
 * compilers take a constant off later, too. */
static void expose_below(struct flow *fl, int64_t array, int64_t imm)
{
	struct value v;

	if (array >= fl->arrays && imm >= fl->offsets)
		return;
	if (array < fl->arrays)
		fl->arrays = array;
	if (imm < fl->offsets && imm > -65536)
		fl->offsets = imm;
	if (fl->arrays == INT64_MAX)
		return;
	v = (struct value){ .kind = V_SP, .lo = NEG_INF };
	if (fl->arrays != NEG_INF)
		v.lo = v.hi = fl->arrays + fl->offsets;
	slot_expose(fl, &v);
}

/* An address in the frame, and a number that nobody knows on top of it: an array. */
static void expose_array(struct flow *fl, const struct state *s, const struct op *op)
{
	const struct value *of = get(s, op->ra);
	int64_t hi, lo;

	if (op->rb == NoReg)
		return;
	if (of->kind == V_SP)
		perhaps_negative(fl, s, op->rb);
	else if ((of = &s->reg[op->rb])->kind == V_SP)
		perhaps_negative(fl, s, op->ra);
	else
		return;
	base_depth(fl, of, &hi, &lo);
	expose_below(fl, hi == UNBOUNDED ? NEG_INF : -hi + (op->imm < 0 ? op->imm : 0), 0);
}

static void store(struct flow *fl, struct state *s, const struct op *op)
{
	struct value a;

	if (elsewhere(s, op)) {
		expose_below(fl, INT64_MAX, op->imm);
		slot_forget(fl, s);
		return;
	}
	a = address(fl, s, op);
	indexed(fl, s, op, &a);
	if (a.kind == V_SP) {
		touch(fl, s, &a, false);
		slot_set(fl, s, &a, op->size, op->rd == NoReg ? 0 : &s->reg[op->rd]);
	} else if (a.kind != V_OTHER && a.kind != V_CONST) {
		expose_array(fl, s, op);
		slot_forget(fl, s);
	}
	if (op->rd != NoReg && s->reg[op->rd].kind == V_SP)
		slot_expose(fl, &s->reg[op->rd]);
}

static struct value sub(struct flow *fl, struct state *s, const struct op *op, uint32_t at)
{
	int p = fl->arch->ptrsize;
	struct value a = *get(s, op->ra), b = *get(s, op->rb);

	v_scale(&b, op->rb == NoReg ? 0 : op->shift, p);
	if (a.kind == V_SP && b.kind != V_CONST && b.kind != V_SP && b.kind != V_OTHER)
		a = base_less(fl, s, &a, &b, at);
	else
		v_sub(&a, &b, p);
	v_addc(&a, -op->imm, p);
	return a;
}

/* Register rd = ra + (rb << shift) + imm. */
static struct value lea(struct flow *fl, struct state *s, const struct op *op, uint32_t at)
{
	struct value v = address(fl, s, op), moved;
	const struct value *sp = get(s, op->ra);

	/* A negative number of bytes that nobody knows is added to sp, or to a copy. */
	if (v.kind != V_TOP || op->rb == NoReg)
		return v;
	if (op->rd != fl->arch->sp) {
		expose_array(fl, s, op);
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
	unsigned kind = get(s, op->ra)->kind;

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
		*to = *get(s, op->ra);
		if (op->imm != 0)
			v_addc(to, op->imm, p);
		if (op->size == 4 && p == 8)
			v_low(to, 4, p);
		if (to->kind == V_TOP)
			*to = fresh(fl, s, at, k);
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
		v = *get(s, op->ra);
		if (v.kind == V_SP)
			v = base_aligned(fl, s, &v, op->imm, at);
		else
			v_and(&v, op->imm);
		if (v.kind == V_RANGE && v.addend == 0)
			v.addend = v_index(&(struct value){ .id = fresh(fl, s, at, k).id });
		break;
	case OP_SHL:
		v = *get(s, op->ra);
		v_scale(&v, (unsigned)op->imm, p);
		break;
	case OP_SHR:
		v = *get(s, op->ra);
		v_shr(&v, (unsigned)op->imm);
		break;
	case OP_SEXT:
		v = *get(s, op->ra);
		v_sext(&v, op->size, p);
		s->reg[op->rd] = v.kind == V_TOP ? fresh(fl, s, at, k) : v;
		return;
	case OP_LOAD:
		v = load(fl, s, op, at, k);
		if (op->rd != NoReg)
			s->reg[op->rd] = v;
		if (op->rd == fl->arch->sp)
			touch(fl, s, &v, true);
		return;
	case OP_STORE:
		store(fl, s, op);
		return;
	case OP_TOUCH:
		if (elsewhere(s, op))
			return;
		v = address(fl, s, op);
		indexed(fl, s, op, &v);
		touch(fl, s, &v, false);
		return;
	case OP_CMP:
		s->cmpa = *get(s, op->ra);
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
		v = fresh(fl, s, at, k);
	if (v.kind == V_SYM && op->rb == NoReg && (op->kind == OP_LEA || op->kind == OP_SUB))
		expose_below(fl, INT64_MAX, op->kind == OP_SUB ? -op->imm : op->imm);
	s->reg[op->rd] = v;
	if (op->rd == fl->arch->sp)
		touch(fl, s, &v, true);
	else if (v.kind == V_SP && op->rd < fl->arch->nregs)
		slot_expose(fl, &v);
	if (op->rd != fl->arch->sp && op->kind == OP_LEA && fl->arch->redzone && s->phase == PHASE_BODY && redzone(fl, s, &v)) {
		touch(fl, s, &v, false);
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
			s->reg[r] = again ? fresh(fl, s, at, r) : v_sym(symbol(at, r));
	slot_forget(fl, s);
}
