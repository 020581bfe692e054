/*
 * state.c - what is known between two instructions, and what an op does to it.
 *
 * Depends on value.c. Promises: the joined state holds whatever held in either. Assumes what
 * the C ABIs promise: a callee preserves the registers that it has to; and of the code, that
 * it does not overwrite, through a pointer or in a callee, words in which it saved registers.
 */
#include "flow.h"

#include <stdlib.h>
#include <string.h>

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
		s->slot[0] = (struct slot){ 0, 0, v_sym(RetAddr) };
	}
	s->region = REGION_SAME;
	s->phase = fl->f->kind == FUNC_SPLIT ? PHASE_PRE : PHASE_BODY;
}

/* A new symbol: whatever still has this name got it in an earlier round of a loop. */
static struct value fresh(struct flow *fl, struct state *s, uint32_t at, unsigned k)
{
	uint32_t id = FirstSym + (at * 64 + k) % (PhiBit - FirstSym);

	if (fl->code[at].runs < 2)
		return v_sym(id);
	for (unsigned r = 0; r < fl->arch->nregs; r++)
		if (s->reg[r].kind == V_SYM && s->reg[r].id == id)
			s->reg[r] = v_top();
	for (unsigned i = 0; i < s->nslots; i++)
		if (s->slot[i].v.kind == V_SYM && s->slot[i].v.id == id)
			s->slot[i--] = s->slot[--s->nslots];
	if (s->compared && (s->cmpa.id == id || s->cmpb.id == id))
		s->compared = false;
	return v_sym(id);
}

void state_depth(const struct flow *fl, const struct value *v, int64_t *hi, int64_t *lo)
{
	int64_t deep = v->lo, shallow = v->hi;

	if (v->origin) {
		const struct base *b = &fl->bases[v->origin];
		deep = deep == NEG_INF || b->lo == NEG_INF ? NEG_INF : deep + b->lo;
		shallow += b->hi;
	}
	*hi = deep == NEG_INF ? UNBOUNDED : -deep;
	*lo = -shallow;
}

/* Address v is read or written, or sp moves there: that counts as depth, red zone included.
 * A pointer that walks through the frame, and of which no bound is known, stays inside of it. */
static void touch(struct flow *fl, const struct value *v, bool sp)
{
	int64_t hi, lo;

	if (v->kind != V_SP || (v->lo == NEG_INF && !sp))
		return;
	state_depth(fl, v, &hi, &lo);
	if (hi > fl->opdepth) {
		fl->opdepth = hi;
		fl->opexact = v_exact(v) && v->origin == 0;
	}
}

/* ---- slots ---- */

static bool saved(const struct value *v)
{
	return v->kind == V_SP || v->kind == V_OTHER || (v->kind == V_SYM && v->id < FirstSym && v->lo == 0) ||
	       (v->kind == V_CONST && v->lo >= 65536 && v->lo < 0xffff0000); /* an address: 386 keeps that of its GOT */
}

/* Something is written where nobody knows, or a callee may have written. */
static void forget(struct state *s)
{
	for (unsigned i = 0; i < s->nslots; i++)
		if (!saved(&s->slot[i].v))
			s->slot[i--] = s->slot[--s->nslots];
}

void state_setslot(struct flow *fl, struct state *s, const struct value *a, int size, const struct value *v)
{
	int word = fl->arch->ptrsize;

	for (unsigned i = 0; i < s->nslots; i++) {
		struct slot *o = &s->slot[i];
		if (o->origin == a->origin && o->off < (size > INT32_MAX ? INT64_MAX : a->hi + size) &&
		    (a->lo == NEG_INF || o->off + word > a->lo))
			s->slot[i--] = s->slot[--s->nslots];
	}
	if (!v || !v_exact(a) || size != word || v->kind == V_TOP)
		return;
	if (s->nslots == MaxSlots) { /* rather one that is not a saved register */
		unsigned i = 0;
		while (i < MaxSlots && saved(&s->slot[i].v))
			i++;
		if (i == MaxSlots)
			return;
		s->slot[i] = s->slot[--s->nslots];
	}
	s->slot[s->nslots++] = (struct slot){ a->lo, a->origin, *v };
}

static const struct value *getslot(const struct state *s, const struct value *a)
{
	for (unsigned i = 0; i < s->nslots; i++)
		if (s->slot[i].off == a->lo && s->slot[i].origin == a->origin)
			return &s->slot[i].v;
	return 0;
}

/* ---- ops ---- */

static struct value get(const struct state *s, unsigned r)
{
	return r == NoReg ? v_const(0) : s->reg[r];
}

struct value state_address(struct flow *fl, struct state *s, const struct op *op)
{
	int p = fl->arch->ptrsize;
	struct value v = get(s, op->ra);

	if (op->rb != NoReg)
		v = v_add(v, v_scale(get(s, op->rb), op->shift, p), p);
	return v_addc(v, op->imm, p);
}

/* An element of an array below sp, in the red zone: the array begins where its index is 0. */
static void indexed(struct flow *fl, const struct state *s, const struct op *op, const struct value *address)
{
	struct value v = get(s, op->ra);

	if (!fl->arch->redzone || address->kind == V_SP || op->imm >= 0)
		return;
	if (v.kind != V_SP && op->rb != NoReg)
		v = get(s, op->rb);
	if (v.kind != V_SP)
		return;
	v = v_addc(v, op->imm, fl->arch->ptrsize);
	touch(fl, &v, false);
}

static struct value load(struct flow *fl, struct state *s, const struct op *op, uint32_t at, unsigned k)
{
	struct value a = state_address(fl, s, op), v;
	int word = fl->arch->ptrsize;
	uint64_t w;

	indexed(fl, s, op, &a);
	switch (a.kind) {
	case V_SP:
		touch(fl, &a, false);
		if (!v_exact(&a) || op->size != word) {
			if (v_exact(&a) && op->size == 4) { /* half a word of a 64-bit machine: an index, say */
				const struct value *half = getslot(s, &a);
				if (half && half->kind == V_SYM && half->id >= FirstSym)
					return *half;
			}
			v = fresh(fl, s, at, k);
			if (v_exact(&a) && op->size == 4 && s->nslots < MaxSlots && !getslot(s, &a))
				s->slot[s->nslots++] = (struct slot){ a.lo, a.origin, v };
			return v;
		}
		if (getslot(s, &a))
			return *getslot(s, &a);
		v = fresh(fl, s, at, k);
		state_setslot(fl, s, &a, word, &v);
		return v;
	case V_CONST:
		if (image_readonly(fl->image, (addr)a.lo) &&
		    image_word(fl->image, (addr)a.lo, op->size, op->sign, &w))
			return v_low(v_const((int64_t)w), word, 8);
		break;
	case V_TABLE: /* the entry of a table is the index into another one */
		if (!table_index(fl, &a))
			break;
		/* fall through */
	case V_RANGE:
		if (op->size <= word && image_readonly(fl->image, (addr)(a.base + a.lo * a.stride)))
			return (struct value){ .kind = V_TABLE, .size = op->size, .sign = op->sign, .lo = a.lo,
					       .hi = a.hi, .base = a.base, .stride = a.stride };
		break;
	}
	return fresh(fl, s, at, k);
}

static void store(struct flow *fl, struct state *s, const struct op *op)
{
	struct value a = state_address(fl, s, op), v = op->rd == NoReg ? v_top() : s->reg[op->rd];

	indexed(fl, s, op, &a);
	if (a.kind == V_SP) {
		touch(fl, &a, false);
		state_setslot(fl, s, &a, op->size, &v);
	} else if (a.kind != V_OTHER && a.kind != V_CONST) {
		forget(s);
	}
}

/* base sp number for the instruction at: somewhere in [lo, hi] of the entry's. */
static struct value newbase(struct flow *fl, struct state *s, uint32_t at, int64_t lo, int64_t hi, bool dynamic)
{
	unsigned b = 1;

	while (b <= fl->nbases && fl->bases[b].at != at)
		b++;
	if (b == MaxBases) /* without a name of its own it is an interval like any other */
		return (struct value){ .kind = V_SP, .lo = lo, .hi = hi, .stride = lo != hi };
	if (b > fl->nbases) {
		fl->nbases = b;
		fl->bases[b] = (struct base){ at, lo, hi, dynamic };
	} else {
		if (lo < fl->bases[b].lo)
			fl->bases[b].lo = fl->bases[b].lo - lo > 4096 ? NEG_INF : lo; /* it is a loop */
		if (hi > fl->bases[b].hi)
			fl->bases[b].hi = hi;
	}
	for (unsigned i = 0; i < s->nslots; i++)
		if (s->slot[i].origin == b)
			s->slot[i--] = s->slot[--s->nslots];
	for (unsigned r = 0; r < fl->arch->nregs; r++)
		if (s->reg[r].kind == V_SP && s->reg[r].origin == b)
			s->reg[r] = v_top();
	return (struct value){ .kind = V_SP, .origin = (uint8_t)b };
}

static int64_t below(int64_t lo, int64_t n)
{
	return lo == NEG_INF ? NEG_INF : lo - n;
}

/* sp & mask: whoever aligns the stack moves it by less than the alignment, and by whole words
 * if sp was a multiple of a word, as every ABI has it at entry. */
static struct value align(struct flow *fl, struct state *s, const struct value *v, int64_t mask, uint32_t at)
{
	int64_t hi, lo, unit = -mask, word = fl->arch->ptrsize, most = unit - 1;

	if (v_exact(v) && v->lo % word == 0 && (v->origin == 0 || !fl->bases[v->origin].dynamic))
		most = unit > word ? unit - word : 0;
	if (unit <= 0 || (unit & (unit - 1)) || unit > 1 << 20)
		return v_top();
	state_depth(fl, v, &hi, &lo);
	return newbase(fl, s, at, below(hi == UNBOUNDED ? NEG_INF : -hi, most), -lo, false);
}

/* An unknown number of bytes is taken off sp. */
static struct value dynamic(struct flow *fl, struct state *s, const struct value *v, uint32_t at)
{
	int64_t hi, lo;

	state_depth(fl, v, &hi, &lo);
	return newbase(fl, s, at, NEG_INF, -lo, true);
}

static struct value sub(struct flow *fl, struct state *s, const struct op *op, uint32_t at)
{
	int p = fl->arch->ptrsize;
	struct value a = get(s, op->ra), b = op->rb == NoReg ? v_const(0) : v_scale(get(s, op->rb), op->shift, p), v;

	if (a.kind == V_SP && b.kind != V_CONST && b.kind != V_SP && b.kind != V_OTHER) {
		if (b.kind == V_RANGE && b.hi != NoBound && b.stride > 0 && b.base >= 0 && b.base < 1 << 20) {
			int64_t hi, lo;
			state_depth(fl, &a, &hi, &lo);
			v = newbase(fl, s, at, below(hi == UNBOUNDED ? NEG_INF : -hi, b.base + b.hi * b.stride),
				    -lo - b.base - b.lo * b.stride, true);
		} else {
			v = dynamic(fl, s, &a, at);
		}
	} else {
		v = v_sub(a, b, p);
	}
	return v_addc(v, -op->imm, p);
}

/* The address of something below sp, where the red zone is. */
static bool redzone(const struct flow *fl, const struct state *s, const struct value *v)
{
	const struct value *sp = &s->reg[fl->arch->sp];

	return v_exact(v) && v_exact(sp) && v->origin == sp->origin && v->lo < sp->lo && v->lo >= sp->lo - fl->arch->redzone;
}

void state_op(struct flow *fl, struct state *s, const struct op *op, uint32_t at)
{
	int p = fl->arch->ptrsize;
	unsigned k = op->rd == NoReg ? 63 : op->rd;
	struct value v;

	switch (op->kind) {
	case OP_LEA:
		v = state_address(fl, s, op);
		/* A negative number of bytes that nobody knows is added to sp, or to a copy. */
		if (v.kind == V_TOP && op->rb != NoReg && op->rd == fl->arch->sp) {
			struct value a = get(s, op->ra), b = get(s, op->rb);
			if (a.kind == V_SP || b.kind == V_SP)
				v = v_addc(dynamic(fl, s, a.kind == V_SP ? &a : &b, at), op->imm, p);
		}
		break;
	case OP_SUB:
		v = sub(fl, s, op, at);
		break;
	case OP_AND:
		v = get(s, op->ra);
		v = v.kind == V_SP ? align(fl, s, &v, op->imm, at) : v_and(v, op->imm);
		break;
	case OP_SHL:
		v = v_scale(get(s, op->ra), (unsigned)op->imm, p);
		break;
	case OP_SHR:
		v = v_shr(get(s, op->ra), (unsigned)op->imm);
		break;
	case OP_SEXT:
		v = v_sext(get(s, op->ra), op->size, p);
		s->reg[op->rd] = v.kind == V_TOP ? fresh(fl, s, at, k) : v;
		return;
	case OP_LOAD:
		v = load(fl, s, op, at, k);
		if (op->rd != NoReg)
			s->reg[op->rd] = v;
		return;
	case OP_STORE:
		store(fl, s, op);
		return;
	case OP_TOUCH:
		v = state_address(fl, s, op);
		indexed(fl, s, op, &v);
		touch(fl, &v, false);
		return;
	case OP_CMP:
		s->cmpa = get(s, op->ra);
		s->cmpb = op->rb == NoReg ? v_const(op->imm) : get(s, op->rb);
		s->compared = true;
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
		v = v_low(v, 4, p);
	/* A symbol for what is unknown, so that copies and comparisons of it can be followed. */
	if (v.kind == V_TOP)
		v = fresh(fl, s, at, k);
	s->reg[op->rd] = v;
	if (op->rd == fl->arch->sp)
		touch(fl, &v, true);
	else if (op->kind == OP_LEA && fl->arch->redzone && s->phase == PHASE_BODY && redzone(fl, s, &v)) {
		touch(fl, &v, false);
		fl->opexact = false; /* perhaps it is only a number to count from */
	}
}

void state_call(struct flow *fl, struct state *s, const struct func *callee, uint32_t at, addr next)
{
	const struct arch *a = fl->arch;

	/* gcc knows that a pc thunk changes nothing else, and keeps values in other registers. */
	if (callee && callee->info && callee->info->thunkreg != NoReg) {
		s->reg[callee->info->thunkreg] = v_const((int64_t)next);
		return;
	}
	for (unsigned r = 0; r < a->nregs; r++)
		if (r != a->sp && !(a->preserved >> r & 1))
			s->reg[r] = fresh(fl, s, at, r);
	forget(s);
	s->compared = false;
}

/* ---- what a branch tells ---- */

static void bound(struct value *v, const struct value *sym, int64_t max)
{
	if (v->kind == V_SYM && v->id == sym->id)
		*v = (struct value){ .kind = V_RANGE, .base = v->lo - sym->lo, .stride = 1, .hi = max };
}

static void replace(struct flow *fl, struct state *s, const struct value *was, const struct value *is)
{
	for (unsigned r = 0; r < fl->arch->nregs; r++)
		if (v_same(&s->reg[r], was))
			s->reg[r] = *is;
}

void state_refine(struct flow *fl, struct state *s, int cond)
{
	const struct value a = s->cmpa, b = s->cmpb;
	struct value v = a;
	int64_t max;

	if (!s->compared)
		return;
	if ((a.kind == V_SYM || a.kind == V_RANGE) && b.kind == V_CONST) {
		max = (int64_t)(uint32_t)b.lo - (cond == COND_ULT);
		if ((cond != COND_ULT && cond != COND_ULE) || max < 0 || max >= NoBound)
			return;
		if (a.kind == V_RANGE) {
			int64_t base = fl->arch->ptrsize == 4 ? (int32_t)a.base : a.base;

			/* a.base + i <= max, unsigned: below -a.base it is a huge number */
			if (a.stride != 1 || base <= -NoBound || base >= NoBound || (base > 0 && a.hi == NoBound))
				return;
			if (v.lo < -base)
				v.lo = -base;
			if (v.hi > max - base)
				v.hi = max - base;
			if (v.lo > v.hi || v_same(&a, &v))
				return;
			replace(fl, s, &a, &v);
			return;
		}
		for (unsigned r = 0; r < fl->arch->nregs; r++)
			bound(&s->reg[r], &a, max);
		for (unsigned i = 0; i < s->nslots; i++)
			bound(&s->slot[i].v, &a, max);
		s->compared = false;
		return;
	}
	/* The loop that probes a large frame page by page ends when sp has arrived ... */
	if (a.kind == V_SP && v_exact(&b) && a.origin == b.origin && !v_exact(&a)) {
		if (cond == COND_EQ) {
			v = b;
		} else if (cond == COND_NE && a.stride > 0 && a.hi > b.lo && (a.hi - b.lo) % a.stride == 0) {
			if (a.lo == NEG_INF || a.lo <= b.lo)
				v.lo = b.lo + a.stride;
			if (v.lo == v.hi)
				v.stride = 0;
		} else if (cond == COND_NE && a.stride > 0 && a.hi == b.lo && a.lo < a.hi) { /* nor has a pointer that walks up */
			v.hi = b.lo - a.stride;
			if (v.lo == v.hi)
				v.stride = 0;
		} else {
			return;
		}
		replace(fl, s, &a, &v);
		s->compared = false;
	}
}
