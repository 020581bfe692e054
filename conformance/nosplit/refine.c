/*
 * refine.c - what a branch tells: of the numbers that were compared, by the condition that holds.
 *
 * Depends on value.c. Promises: what is known afterwards holds on that side of the branch.
 */
#include "flow.h"

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

/* Below what the condition holds an unsigned number: max >= 0, or -1 if it tells nothing. */
static int64_t limit(const struct value *b, int cond)
{
	int64_t max = (int64_t)(uint32_t)b->lo - (cond == COND_ULT);

	return (cond == COND_ULT || cond == COND_ULE) && max < NoBound ? max : -1;
}

bool state_refines(const struct state *s, int cond)
{
	const struct value *a = &s->cmpa, *b = &s->cmpb;

	if (!s->compared)
		return false;
	if (a->kind == V_SP)
		return v_exact(b) && a->origin == b->origin && !v_exact(a);
	return (a->kind == V_SYM || a->kind == V_RANGE) && b->kind == V_CONST && limit(b, cond) >= 0;
}

void state_refine(struct flow *fl, struct state *s, int cond)
{
	const struct value a = s->cmpa, b = s->cmpb;
	struct value v = a;
	int64_t max;

	if (!state_refines(s, cond))
		return;
	if ((a.kind == V_SYM || a.kind == V_RANGE) && b.kind == V_CONST) {
		max = limit(&b, cond);
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
