/*
 * region.c - NS006: nothing splits in syscall status.
 *
 * Between the return of a NOTE_ENTER function and the return of a NOTE_LEAVE function nothing
 * may be called that can split, but where NOTE_EXEMPT says so. record.c has, for each site,
 * the status relative to the entry of its function; here it is followed through callees.
 */
#include "graph.h"

#include <stdlib.h>

enum { UNASKED, RUNNING, NO, YES };

struct region {
	struct result *r;
	uint8_t *state; /* by function: does it reach a split if it is entered in syscall status? */
	uint32_t *via;	/* the site that leads there */
};

static bool splits(struct region *g, struct func *f, unsigned depth);

/* Does what the site calls split, in the status that the site has on? */
static bool site_splits(struct region *g, const struct site *s, unsigned depth)
{
	if (s->other || s->region & REGION_EXEMPT)
		return false;
	if (s->maysplit || !s->callee)
		return true;
	if (s->callee->flags & FN_EXTERNAL)
		return true;
	return splits(g, s->callee, depth);
}

static bool splits(struct region *g, struct func *f, unsigned depth)
{
	if (f->kind == FUNC_SPLIT)
		return true;
	if (!f->info || depth > 2000)
		return false;
	if (g->state[f->index] != UNASKED)
		return g->state[f->index] == YES;
	g->state[f->index] = RUNNING; /* around a circle: what the rest of it says */
	for (unsigned i = 0; i < f->info->nsites; i++) {
		const struct site *s = &f->info->sites[i];
		if (s->region & REGION_SAME && site_splits(g, s, depth + 1)) {
			g->state[f->index] = YES;
			g->via[f->index] = i;
			return true;
		}
	}
	g->state[f->index] = NO;
	return false;
}

/* f calls at s, in syscall status, what leads to a split. */
static void report(struct region *g, struct func *f, const struct site *s)
{
	struct finding *e;
	struct func *last = s->callee;
	size_t cap = 0;
	unsigned n = 0;

	while (last && last->kind != FUNC_SPLIT && last->info && !(last->flags & FN_EXTERNAL) && n++ < 100) {
		const struct site *next = &last->info->sites[g->via[last->index]];
		if (next->maysplit || !next->callee)
			break;
		last = next->callee;
	}
	if (last && last->kind == FUNC_SPLIT)
		e = finding_add(g->r, NS006, f, s->pc, "%s may split the stack in syscall status", last->name);
	else
		e = finding_add(g->r, NS006, f, s->pc, "in syscall status there is a call of which nobody knows whether it splits");
	if (!e)
		return;
	e->hint = mem_fmt("Mark it nosplit, or call it after the function that leaves syscall status.");
	e->chain.limit = g->r->limit;
	e->chain.quality = Q_EXACT;
	for (n = 0; n < 100; n++) {
		struct step st = { .f = f, .pc = s->pc, .uses = known(s->hi) ? s->hi : 0 };
		e->chain.steps = mem_grow(e->chain.steps, e->chain.nsteps, &cap, sizeof st);
		e->chain.steps[e->chain.nsteps++] = st;
		f = s->callee;
		if (!f || !f->info || f->kind == FUNC_SPLIT)
			break;
		s = &f->info->sites[g->via[f->index]];
	}
	if (f && f != e->f) {
		struct step st = { .f = f, .pc = f->start, .split = f->kind == FUNC_SPLIT };
		e->chain.steps = mem_grow(e->chain.steps, e->chain.nsteps, &cap, sizeof st);
		e->chain.steps[e->chain.nsteps++] = st;
	}
	chain_close(&e->chain);
	e->chain.used = chain_sum(&e->chain);
}

void region_check(struct result *r)
{
	struct region g = { .r = r };
	struct image *im = r->image;

	g.state = mem_alloc(im->nfuncs + 1);
	g.via = mem_alloc((im->nfuncs + 1) * sizeof *g.via);
	for (size_t i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];
		for (unsigned k = 0; f->info && k < f->info->nsites; k++)
			if (f->info->sites[k].region & REGION_IN && site_splits(&g, &f->info->sites[k], 0))
				report(&g, f, &f->info->sites[k]);
	}
	free(g.state);
	free(g.via);
}
