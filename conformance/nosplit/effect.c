/*
 * effect.c - what a call of a function does to its caller: returns, pops, syscall status.
 *
 * Promises: a callee is analyzed before its caller goes on, where neither recursion nor the
 * depth of the nest is in the way; what was assumed instead is in site.effect, for settle().
 */
#include "walk.h"

enum { EFFECT_STOPS = 1, EFFECT_POPS = 2, EFFECT_THUNK = 4, EFFECT_IN = 8, EFFECT_OUT = 16, EFFECT_SWITCH = 32, EFFECT_DROPS = 64, EFFECT_BITS = 7 };

uint8_t effect_region(const struct func *callee, uint8_t region)
{
	uint8_t after = 0, exit = callee->info ? callee->info->exitregion : REGION_SAME;

	if (callee->flags & FN_ENTER)
		return REGION_IN;
	if (callee->flags & FN_LEAVE)
		return REGION_OUT;
	if (exit & REGION_SAME)
		after |= region;
	return after | (exit & (REGION_IN | REGION_OUT));
}

/* A hash of what callers depend on. */
uint32_t effect_of(const struct func *callee)
{
	const struct info *in = callee->info;
	uint32_t e = 0;

	if (!in)
		return 0;
	if (!in->returns)
		e |= EFFECT_STOPS;
	if (in->pops != 0)
		e |= EFFECT_POPS | (uint32_t)in->pops << EFFECT_BITS;
	if (in->thunkreg != NoReg)
		e |= EFFECT_THUNK;
	if (in->exitregion & REGION_IN)
		e |= EFFECT_IN;
	if (in->exitregion & REGION_OUT)
		e |= EFFECT_OUT;
	if (in->switches)
		e |= EFFECT_SWITCH;
	if (in->drops)
		e |= EFFECT_DROPS;
	return e;
}

/* Does a call of g come back? */
bool effect_returns(const struct func *g)
{
	return g->info ? g->info->returns : !(g->flags & FN_STOPS);
}

struct func *walk_through(struct flow *fl, struct func *g)
{
	g = image_through(fl->image, g);
	if ((g->flags & FN_EXTERNAL) && !(g->flags & (FN_STOPS | FN_GOES))) {
		g->flags |= stops_by_name(g) ? FN_STOPS : FN_GOES;
		assume_apply(g);
	}
	if (!g->info && !(g->flags & FN_EXTERNAL) && flow_nest < MaxNest)
		flow_func(fl->image, g);
	return g;
}

struct func *walk_callee(struct flow *fl, addr a, int mode)
{
	struct func *g = image_at(fl->image, a);

	if (!g && image_executable(fl->image, a) && !image_func(fl->image, a))
		g = image_add(fl->image, a, mode, FROM_CALL);
	else if (!g && image_executable(fl->image, a))
		g = image_add(fl->image, a, mode, FROM_CALL); /* cuts one that no symbol bounds */
	return g ? walk_through(fl, g) : 0;
}

