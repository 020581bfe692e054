/*
 * refine.c - what a branch tells: of the numbers that were compared, by the condition that holds.
 *
 * Depends on value.c. Promises: what is known afterwards holds on that side of the branch.
 */
#include "flow.h"

/* Of how many low bytes something holds if it holds of the low a bytes of the low b ones; 0: all. */
static unsigned lesser(unsigned a, unsigned b)
{
	return a && (!b || a < b) ? a : b;
}

/* Sym, or its low bytes, is at most max: what does that tell of v? */
static void bound(struct value *v, const struct value *sym, unsigned bytes, int64_t max)
{
	unsigned size = bytes && !(sym->size && sym->size <= bytes) ? bytes : 0;

	if (v->kind == V_SYM && v->id == sym->id) {
		if (v->size != sym->size) {
			size = lesser(bytes, sym->size);
			if (v->size && v->size <= size)
				size = 0;
		}
		*v = (struct value){ .kind = V_RANGE, .size = (uint8_t)size, .base = v->lo - sym->lo, .stride = 1, .hi = max, .addend = v_index(sym) };
	} else if (v->kind == V_RANGE && v->addend == v_index(sym) && size == 0 && v->hi > max) {
		v->hi = max; /* it was scaled before it was compared */
	}
}

/* An interval of one place. */
static struct value one(const struct value *v)
{
	return (struct value){ .kind = V_SP, .origin = v->origin, .lo = v->lo, .hi = v->lo };
}

static void replace(struct flow *fl, struct state *s, const struct value *was, const struct value *is)
{
	for (unsigned r = 0; r < fl->arch->nregs; r++)
		if (v_same(&s->reg[r], was))
			s->reg[r] = *is;
}

/* Below what the condition holds an unsigned number: max >= 0, or -1 if it tells nothing. */
static int64_t limit(const struct state *s, int cond)
{
	uint64_t c = (uint64_t)s->cmpb.lo, max;

	if (s->cmpsize)
		c &= ((uint64_t)1 << 8 * s->cmpsize) - 1;
	max = c - (cond == COND_ULT);
	return (cond == COND_ULT || cond == COND_ULE) && max < NoBound ? (int64_t)max : -1;
}

/* What a, a range of which base + i <= max holds, is then. False: nothing new. */
static bool lower(const struct flow *fl, const struct state *s, struct value *a, int64_t max)
{
	int64_t base = fl->arch->ptrsize == 4 ? (int32_t)a->base : a->base;
	struct value was = *a;
	unsigned bytes = s->cmpsize;

	/* base + i <= max, unsigned: below -base it is a huge number */
	if (a->stride != 1 || base <= -NoBound || base >= NoBound || (base > 0 && a->hi == NoBound))
		return false;
	if (bytes && !a->size && a->hi != NoBound && base + a->lo > max - ((int64_t)1 << 8 * bytes) && base + a->hi < (int64_t)1 << 8 * bytes)
		bytes = 0; /* its low bytes are no smaller number than all of it is */
	if (bytes && !a->size && a->hi != NoBound)
		return false;
	if (a->lo < -base)
		a->lo = -base;
	if (a->hi > max - base)
		a->hi = max - base;
	a->size = (uint8_t)(bytes ? lesser(bytes, a->size) : 0);
	return a->lo <= a->hi && !v_same(a, &was);
}

/* V, a range of the same i as was, with the bounds that are known now. */
static void share(struct value *v, const struct value *was, const struct value *is)
{
	if (v_same(v, was)) {
		*v = *is;
	} else if (v->kind == V_RANGE && v->addend == is->addend && v->size == 0 && is->size == 0) {
		v->lo = is->lo > v->lo ? is->lo : v->lo;
		v->hi = is->hi < v->hi ? is->hi : v->hi;
	}
}

bool state_refines(const struct state *s, int cond)
{
	const struct value *a = &s->cmpa, *b = &s->cmpb;

	if (!s->compared)
		return false;
	if (a->kind == V_SP)
		return v_exact(b) && a->origin == b->origin && !v_exact(a);
	return (a->kind == V_SYM || a->kind == V_RANGE) && b->kind == V_CONST && limit(s, cond) >= 0;
}

void state_refine(struct flow *fl, struct state *s, int cond)
{
	const struct value a = s->cmpa, b = s->cmpb;
	struct value v = a;
	int64_t max;

	if (!state_refines(s, cond))
		return;
	if ((a.kind == V_SYM || a.kind == V_RANGE) && b.kind == V_CONST) {
		max = limit(s, cond);
		if (a.kind == V_RANGE) {
			if (a.addend == 0 || !lower(fl, s, &v, max))
				return;
			for (unsigned r = 0; r < fl->arch->nregs; r++)
				share(&s->reg[r], &a, &v);
			for (unsigned i = 0; i < s->nslots; i++)
				share(&s->slot[i].v, &a, &v);
			return;
		}
		for (unsigned r = 0; r < fl->arch->nregs; r++)
			bound(&s->reg[r], &a, s->cmpsize, max);
		for (unsigned i = 0; i < s->nslots; i++)
			bound(&s->slot[i].v, &a, s->cmpsize, max);
		s->compared = false;
		return;
	}
	/* The loop that probes a large frame page by page ends when sp has arrived ... */
	if (a.kind == V_SP && v_exact(&b) && a.origin == b.origin && !v_exact(&a)) {
		if (cond == COND_EQ) {
			v = b;
		} else if (cond == COND_NE && a.stride > 0 && a.hi > b.lo && a.lo == b.lo) {
			v.lo = b.lo + a.stride;
			if (v.lo == v.hi)
				v = one(&v);
		} else if (cond == COND_NE && a.stride > 0 && a.hi == b.lo && a.lo < a.hi) { /* nor has a pointer that walks up */
			v.hi = b.lo - a.stride;
			if (v.lo == v.hi)
				v = one(&v);
		} else {
			return;
		}
		replace(fl, s, &a, &v);
		s->compared = false;
	}
}
