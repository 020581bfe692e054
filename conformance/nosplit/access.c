/*
 * access.c - memory: what loads, stores and probes read, change, and count as depth.
 *
 * Depends on slot.c for the words of the frame, table.c for those of read-only data. Promises: a
 * store through a pointer that may lead into the frame makes unknown what it may have written.
 */
#include "state.h"

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
void access_touch(struct flow *fl, const struct state *s, const struct value *v, bool sp)
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

struct value access_address(struct flow *fl, const struct state *s, const struct op *op)
{
	int p = fl->arch->ptrsize;
	struct value v = *state_reg(s, op->ra);

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
	unsigned kind = state_reg(s, op->ra)->kind;

	return op->rb == NoReg && (kind == V_SYM || kind == V_TOP);
}

/* An element of an array in the frame is accessed, or pointed to, by the index in a register. */
static void perhaps_negative(struct flow *fl, const struct state *s, unsigned index)
{
	const struct value *v = state_reg(s, (uint8_t)index);

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
	of = state_reg(s, op->ra);
	if (of->kind != V_SP && op->rb != NoReg) {
		of = &s->reg[op->rb];
		index = op->ra;
	}
	if (of->kind != V_SP)
		return;
	perhaps_negative(fl, s, index);
	v = *of;
	v_addc(&v, op->imm, fl->arch->ptrsize);
	access_touch(fl, s, &v, false);
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
	v = state_fresh(fl, s, at, k);
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

struct value access_load(struct flow *fl, struct state *s, const struct op *op, uint32_t at, unsigned k)
{
	int word = fl->arch->ptrsize;
	struct value a, v;
	uint64_t w;

	if (elsewhere(s, op))
		return state_fresh(fl, s, at, k);
	a = access_address(fl, s, op);
	indexed(fl, s, op, &a);
	switch (a.kind) {
	case V_SP:
		access_touch(fl, s, &a, false);
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
	return state_fresh(fl, s, at, k);
}

/* Arrays in the frame may begin so far below the lowest address that an index was added to: for
 * compilers take a constant off later, too. */
void access_below(struct flow *fl, int64_t array, int64_t imm)
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
void access_array(struct flow *fl, const struct state *s, const struct op *op)
{
	const struct value *of = state_reg(s, op->ra);
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
	access_below(fl, hi == UNBOUNDED ? NEG_INF : -hi + (op->imm < 0 ? op->imm : 0), 0);
}

void access_store(struct flow *fl, struct state *s, const struct op *op)
{
	struct value a;

	if (elsewhere(s, op)) {
		access_below(fl, INT64_MAX, op->imm);
		slot_forget(fl, s);
		return;
	}
	a = access_address(fl, s, op);
	indexed(fl, s, op, &a);
	if (a.kind == V_SP) {
		access_touch(fl, s, &a, false);
		slot_set(fl, s, &a, op->size, op->rd == NoReg ? 0 : &s->reg[op->rd]);
	} else if (a.kind != V_OTHER && a.kind != V_CONST) {
		access_array(fl, s, op);
		slot_forget(fl, s);
	}
	if (op->rd != NoReg && s->reg[op->rd].kind == V_SP)
		slot_expose(fl, &s->reg[op->rd]);
}

void access_probe(struct flow *fl, const struct state *s, const struct op *op)
{
	struct value a;

	if (elsewhere(s, op))
		return;
	a = access_address(fl, s, op);
	indexed(fl, s, op, &a);
	access_touch(fl, s, &a, false);
}
