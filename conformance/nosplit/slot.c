/*
 * slot.c - the words of a function's frame that are known.
 *
 * Promises: no two slots of a state overlap, but for one of half a word (state.c), which is
 * asked for by its own place alone. Assumes of the code that it does not overwrite, through a
 * pointer or in a callee, words in which it saved registers; nor a constant below everything that
 * it ever makes a pointer to.
 */
#include "flow.h"

/* Is it what a register held that is wanted again? 386 keeps the address of its GOT so. */
static bool saved(const struct flow *fl, const struct value *v)
{
	return v->kind == V_SP || v->kind == V_OTHER || (v->kind == V_SYM && v->id < FirstSym && v->lo == 0) ||
	       (v->kind == V_CONST && v->lo != 0 && (addr)v->lo == fl->image->got);
}

void slot_expose(struct flow *fl, const struct value *v)
{
	int64_t hi, lo;

	base_depth(fl, v, &hi, &lo);
	hi = hi == UNBOUNDED ? NEG_INF : -hi;
	if (hi >= fl->exposed)
		return;
	fl->exposed = hi;
	fl->restart |= hi < fl->relied;
}

/* Where slot o ends, at most. */
static int64_t slot_end(const struct flow *fl, const struct slot *o)
{
	struct value there = { .kind = V_SP, .origin = o->origin, .lo = o->off, .hi = o->off };
	int64_t hi, lo;

	base_depth(fl, &there, &hi, &lo);
	return fl->arch->ptrsize - lo;
}

/* Is slot o, of a constant, out of reach of all pointers? The base of a table is kept so. */
static bool hidden(const struct flow *fl, struct slot *o)
{
	o->kept = o->v.kind == V_CONST && !o->half && slot_end(fl, o) <= fl->exposed;
	return o->kept;
}

static void drop(struct state *s, unsigned i)
{
	s->slot[i] = s->slot[--s->nslots];
}

void slot_forget(struct flow *fl, struct state *s)
{
	for (unsigned i = 0; i < s->nslots; i++)
		if (!saved(fl, &s->slot[i].v) && !hidden(fl, &s->slot[i]))
			drop(s, i--);
}

/* Do size bytes at a, relative to another sp than slot o is, certainly lie apart from it? */
static bool apart(const struct flow *fl, const struct value *a, int size, const struct slot *o)
{
	struct value there = { .kind = V_SP, .origin = o->origin, .lo = o->off, .hi = o->off };
	int64_t deep, shallow, odeep, oshallow;

	/* Where a frame of dynamic size begins is known from above alone: saved words are not meant. */
	if ((fl->bases[a->origin].dynamic || fl->bases[o->origin].dynamic) && saved(fl, &o->v))
		return true;
	base_depth(fl, a, &deep, &shallow);
	base_depth(fl, &there, &odeep, &oshallow);
	return (odeep != UNBOUNDED && size - shallow <= -odeep) || (deep != UNBOUNDED && fl->arch->ptrsize - oshallow <= -deep);
}

void slot_set(struct flow *fl, struct state *s, const struct value *a, int size, const struct value *v)
{
	int word = fl->arch->ptrsize;
	int64_t end = a->hi + size, start = a->lo == NEG_INF ? NEG_INF : a->lo - word;
	bool bases = fl->nbases > 0;

	for (unsigned i = 0; i < s->nslots; i++) {
		const struct slot *o = &s->slot[i];
		if (!bases && (o->off >= end || o->off <= start))
			continue;
		if (!bases || (o->origin != a->origin ? !apart(fl, a, size, o) : o->off < end && o->off > start))
			drop(s, i--);
	}
	if (!v || !v_exact(a) || size != word || v->kind == V_TOP)
		return;
	if (s->nslots == MaxSlots) { /* rather one that is not a saved register */
		unsigned i = 0;
		while (i < MaxSlots && saved(fl, &s->slot[i].v))
			i++;
		if (i == MaxSlots)
			return;
		drop(s, i);
	}
	s->slot[s->nslots++] = (struct slot){ .off = a->lo, .origin = a->origin, .v = *v };
}

const struct value *slot_get(struct flow *fl, const struct state *s, const struct value *a, bool half)
{
	for (unsigned i = 0; i < s->nslots; i++)
		if (s->slot[i].off == a->lo && s->slot[i].origin == a->origin && (half || !s->slot[i].half)) {
			if (s->slot[i].kept && slot_end(fl, &s->slot[i]) > fl->relied)
				fl->relied = slot_end(fl, &s->slot[i]);
			return &s->slot[i].v;
		}
	return 0;
}

void slot_half(struct flow *fl, struct state *s, const struct value *a, const struct value *v)
{
	if (s->nslots < MaxSlots && !slot_get(fl, s, a, true))
		s->slot[s->nslots++] = (struct slot){ .off = a->lo, .origin = a->origin, .half = true, .v = *v };
}
