/*
 * branch.c - a jump with a condition: what holds on each side, and whether it is the stack check.
 *
 * Depends on refine.c for what a condition says. Promises: a comparison is taken for the check
 * of the stack only where sp itself, less a constant, is compared with a number from memory.
 */
#include "walk.h"

/* The stack check: sp, less the frame that is wanted, against a number in memory. Returns
 * +1 if it has passed where cond holds, -1 if where it does not, 0 if it is no check. */
static int check(struct walk *w, const struct state *s, const struct code *c)
{
	const struct value *a = &s->cmpa, *b = &s->cmpb;
	int sense = 1;

	if (!s->compared || (s->phase != PHASE_PRE && s->phase != PHASE_SLOW))
		return 0;
	if (b->kind == V_SP) {
		const struct value *t = a;
		a = b;
		b = t;
		sense = -1;
	}
	if (!v_exact(a) || a->origin != 0 || b->kind != V_SYM || b->id < FirstSym)
		return 0;
	switch (c->cond) {
	case COND_ULT: case COND_ULE: case COND_SLT: case COND_SLE:
		sense = -sense;
		break;
	case COND_UGT: case COND_UGE: case COND_SGT: case COND_SGE:
		break;
	default:
		return 0;
	}
	record_check(w, c->pc, b->lo - a->lo);
	return sense;
}

/* Can the condition hold? A loop that probes a large frame is not left before sp is where it ends,
 * which is below sp until then. Of places above it nothing is said: they may have been loaded from
 * words of the frame that a callee has changed, such as a pointer to a buffer that it replaces. */
static bool possible(const struct flow *fl, const struct state *s, int cond)
{
	const struct value *sp = &s->reg[fl->arch->sp], *a = &s->cmpa, *b = &s->cmpb;

	if (!s->compared || cond != COND_EQ || !v_exact(sp))
		return true;
	if (v_same(b, sp)) {
		b = a;
		a = sp;
	}
	return !v_same(a, sp) || !v_exact(b) || b->origin != sp->origin || b->lo >= sp->lo - fl->arch->redzone;
}

bool walk_branch(struct walk *w, struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	struct state *taken = s;
	int passed = check(w, s, &fl->code[at]), cond = fl->code[at].cond;
	bool next = possible(fl, s, cond ^ 1);

	if (passed || (cond < COND_OTHER && state_refines(s, cond))) {
		taken = &w->taken;
		state_copy(fl, taken, s);
		if (cond < COND_OTHER)
			state_refine(fl, taken, cond);
	}
	if (passed)
		taken->phase = passed > 0 ? PHASE_BODY : PHASE_SLOW;
	if (possible(fl, s, cond))
		walk_jump(w, taken, at, fl->code[at].target, fl->code[at].targetmode);
	if (cond < COND_OTHER)
		state_refine(fl, s, cond ^ 1);
	if (passed)
		s->phase = passed > 0 ? PHASE_SLOW : PHASE_BODY;
	return next;
}
