/*
 * block.c - one block, and what predicated instructions make of it.
 *
 * An instruction with a condition that moves sp, touches memory or leaves the function splits
 * the state in two, until the flags change or the block ends: so `popeq {r4, pc}` after
 * `addeq sp, sp, #8` is seen as one path. Others are taken as having happened or not.
 */
#include "walk.h"

/* A predicated instruction that leaves sp and memory alone: either it happened or not. */
static void perhaps(struct walk *w, struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	const struct code *c = &fl->code[at];
	struct state *t = &w->taken;

	state_copy(fl, t, s);
	walk_step(w, t, at, true);
	for (unsigned k = 0; k < c->nops; k++) {
		unsigned r = fl->ops[c->ops + k].rd;
		if (r >= fl->arch->nregs || v_same(&t->reg[r], &s->reg[r]))
			continue;
		if (t->reg[r].kind == V_SP && s->reg[r].kind == V_SP) {
			struct state *both = &w->other;
			state_copy(fl, both, s);
			both->reg[r] = t->reg[r];
			state_join(fl, both, s, at);
			s->reg[r] = both->reg[r];
			continue;
		}
		struct value was = s->reg[r], is = t->reg[r];
		struct op clobber = { .kind = OP_CLOBBER, .rd = (uint8_t)r };
		state_op(fl, s, &clobber, at);
		choice_add(fl, s->reg[r].id, &was);
		choice_add(fl, s->reg[r].id, v_same(&is, &s->reg[r]) ? 0 : &is);
	}
	if (c->writesflags)
		s->compared = false;
}

/* One block, from a leader to the next or to where control leaves. While predicated
 * instructions run, s is the state in which their condition fails, and w->held holds. */
void walk_block(struct walk *w, uint32_t i)
{
	struct flow *fl = w->fl;
	struct state *s = &w->now;
	uint32_t first = i;
	bool split = false, alive;
	int cond = 0;

	packed_load(fl, fl->code[i].in, s);
	for (;;) {
		const struct code *c = &fl->code[i];
		if (c->bad) {
			record_bad(w, i);
			return;
		}
		if (split && (i != first) && c->leader) {
			state_join(fl, s, &w->held, i);
			split = false;
		}
		if (i != first && c->leader) {
			walk_propagate(fl, i, s);
			return;
		}
		bool branches = c->flow == FLOW_JUMP && !c->nops;
		if (split && (c->writesflags || (c->cond == COND_ALWAYS && c->flow != FLOW_NEXT) ||
			      (c->cond != COND_ALWAYS && (c->cond | 1) != (cond | 1)) || c->cond >= COND_OTHER)) {
			state_join(fl, s, &w->held, i);
			split = false;
		}
		alive = true;
		if (c->cond == COND_ALWAYS) {
			if (split)
				walk_step(w, &w->held, i, false);
			alive = walk_step(w, s, i, true);
		} else if (!split && (branches || c->cond >= COND_OTHER)) {
			alive = walk_step(w, s, i, true);
		} else if (!split && c->flow == FLOW_NEXT && !c->written) {
			perhaps(w, s, i);
		} else {
			if (!split) {
				state_copy(fl, &w->held, s);
				cond = c->cond;
				state_refine(fl, &w->held, cond);
				state_refine(fl, s, cond ^ 1);
				split = true;
			}
			if (c->cond == cond) {
				if (!walk_step(w, &w->held, i, false))
					split = false;
				else if (c->flow == FLOW_CALL || c->flow == FLOW_ICALL) {
					state_join(fl, s, &w->held, i);
					split = false;
				}
			} else if (!walk_step(w, s, i, false)) {
				state_copy(fl, s, &w->held);
				split = false;
			}
		}
		c = &fl->code[i]; /* the array may have moved */
		if (!alive)
			return;
		if (c->next == NoInsn) {
			if (split)
				state_join(fl, s, &w->held, i);
			walk_jump(w, s, i, c->pc + c->len, c->mode); /* falls into the next function */
			return;
		}
		i = c->next;
	}
}

