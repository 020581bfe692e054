/*
 * state.h - what state.c and access.c share: registers, and memory at their sums.
 */
#ifndef STATE_H
#define STATE_H

#include "flow.h"

static inline const struct value *state_reg(const struct state *s, unsigned r)
{
	static const struct value zero = { .kind = V_CONST };

	return r == NoReg ? &zero : &s->reg[r];
}

/* state.c: a name for a number that nobody knows, the k-th of instruction at. */
struct value state_fresh(struct flow *, struct state *, uint32_t at, unsigned k);

/* access.c: ra + (rb << shift) + imm of the op. */
struct value access_address(struct flow *, const struct state *, const struct op *);
struct value access_load(struct flow *, struct state *, const struct op *, uint32_t at, unsigned k);
void access_store(struct flow *, struct state *, const struct op *);
void access_probe(struct flow *, const struct state *, const struct op *);
void access_touch(struct flow *, const struct state *, const struct value *, bool sp);
void access_below(struct flow *, int64_t array, int64_t imm);
void access_array(struct flow *, const struct state *, const struct op *);

#endif
