/*
 * walk.h - one run over a function's blocks, shared by flow.c and record.c.
 */
#ifndef WALK_H
#define WALK_H

#include "flow.h"

enum leaving {
	LEAVES_GENUINE, /* to the return address of the entry */
	LEAVES_LIKELY,	/* by an instruction that returns, to an address that nobody knows */
	LEAVES_TAIL,	/* as another function returns */
};

struct walk {
	struct flow *fl;
	struct walk *next; /* of those that wait to be used again */
	struct state now, held, taken, other;
};

/* flow.c */
enum { MaxNest = 48 };
extern unsigned flow_nest; /* functions that are being analyzed, each for the one before */
void flow_func(struct image *, struct func *);
void walk_propagate(struct flow *, uint32_t i, const struct state *); /* control may come to i so */

/* effect.c */
struct func *walk_callee(struct flow *, addr a, int mode); /* nil if there is no code */
struct func *walk_through(struct flow *, struct func *);   /* whom a call of it ends up in, analyzed */
bool effect_returns(const struct func *callee);
uint32_t effect_of(const struct func *callee);		   /* a hash of what callers depend on */
uint8_t effect_region(const struct func *callee, uint8_t region); /* syscall status when it returns */

/* step.c */
/* False if control does not come to the next instruction. plain: not one side of a condition. */
bool walk_step(struct walk *, struct state *, uint32_t at, bool plain);
/* Where whoever is jumped to returns, if that is in this function: `push $1f; jmp f; 1:`, or
 * `mov lr, pc; bx r3`. 0: to our caller. */
addr walk_back(struct flow *, const struct state *);
void walk_jump(struct walk *, const struct state *, uint32_t at, addr a, int mode);

/* branch.c: s is what holds where it is not taken, afterwards; false: it is always taken. */
bool walk_branch(struct walk *, struct state *s, uint32_t at);

/* block.c */
void walk_block(struct walk *, uint32_t leader);

/* record.c: what is learnt, while the states are found. */
void record_site(struct walk *, const struct state *, uint32_t at, int kind, struct func *callee, uint32_t effect);
void record_maysplit(struct walk *, const struct state *, uint32_t at, int kind);
/* Control goes back to the caller, or on to a function that pops so many bytes of arguments. */
void record_return(struct walk *, const struct state *, uint32_t at, uint8_t region, int64_t pops, enum leaving);
void record_check(struct walk *, addr pc, int64_t below);
void record_before(struct walk *, const struct state *, uint32_t at);
void record_after(struct walk *, const struct state *, uint32_t at);
void record_bad(struct walk *, uint32_t at);
void record_clear(struct walk *);
void record_all(struct walk *);

/* zone.c: once all is recorded */
void record_redzone(struct flow *);

#endif
