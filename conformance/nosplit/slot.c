/*
 * slot.c - the words of a function's frame that are known.
 *
 * Promises: no two slots of a state overlap, but for one of half a word (state.c), which is
 * asked for by its own place alone. Assumes of the code that it does not overwrite, through a
 * pointer or in a callee, words in which it saved registers.
 */
#include "flow.h"

static bool saved(const struct value *v)
{
	return v->kind == V_SP || v->kind == V_OTHER || (v->kind == V_SYM && v->id < FirstSym && v->lo == 0) ||
	       (v->kind == V_CONST && v->lo >= 65536 && v->lo < 0xffff0000); /* an address: 386 keeps that of its GOT */
}

static void drop(struct state *s, unsigned i)
{
	s->slot[i] = s->slot[--s->nslots];
}

void slot_forget(struct state *s)
{
	for (unsigned i = 0; i < s->nslots; i++)
		if (!saved(&s->slot[i].v))
			drop(s, i--);
}

void slot_set(struct flow *fl, struct state *s, const struct value *a, int size, const struct value *v)
{
	int word = fl->arch->ptrsize;
	int64_t end = a->hi + size, start = a->lo == NEG_INF ? NEG_INF : a->lo - word;

	for (unsigned i = 0; i < s->nslots; i++)
		if (s->slot[i].off < end && s->slot[i].off > start && s->slot[i].origin == a->origin)
			drop(s, i--);
	if (!v || !v_exact(a) || size != word || v->kind == V_TOP)
		return;
	if (s->nslots == MaxSlots) { /* rather one that is not a saved register */
		unsigned i = 0;
		while (i < MaxSlots && saved(&s->slot[i].v))
			i++;
		if (i == MaxSlots)
			return;
		drop(s, i);
	}
	s->slot[s->nslots++] = (struct slot){ a->lo, a->origin, *v };
}

const struct value *slot_get(const struct state *s, const struct value *a)
{
	for (unsigned i = 0; i < s->nslots; i++)
		if (s->slot[i].off == a->lo && s->slot[i].origin == a->origin)
			return &s->slot[i].v;
	return 0;
}
