/*
 * region.c - NS006: nothing splits in syscall status.
 *
 * Between the return of a NOTE_ENTER function and the return of a NOTE_LEAVE function nothing
 * may be called that can split, but where NOTE_EXEMPT says so. record.c has, for each site,
 * the status relative to the entry of its function; here it is followed through callees.
 */
#include "graph.h"

#include <stdlib.h>

struct region {
	struct result *r;
	bool *splits;  /* by function: does it reach a split if it is entered in syscall status? */
	uint32_t *via; /* the site that leads there */
};

/* Does what the site calls split, in the status that the site has on? */
static bool site_splits(const struct region *g, const struct site *s)
{
	if (s->other || s->region & REGION_EXEMPT)
		return false;
	if (s->maysplit || !s->callee || !s->callee->info || s->callee->flags & FN_EXTERNAL)
		return true;
	return s->callee->kind == FUNC_SPLIT || g->splits[s->callee->index];
}

/* Round by round, until nobody else does: each via leads to a function that was found before. */
static void find_splits(struct region *g)
{
	const struct image *im = g->r->image;
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = im->nfuncs; i-- > 0;) {
			const struct func *f = im->funcs[i];
			for (unsigned k = 0; f->info && !g->splits[i] && k < f->info->nsites; k++)
				if (f->info->sites[k].region & REGION_SAME && site_splits(g, &f->info->sites[k])) {
					g->splits[i] = again = true;
					g->via[i] = k;
				}
		}
	}
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
	int64_t call = g->r->image->arch->callsize;
	for (n = 0; n < 100; n++) {
		struct step st = { .f = f, .pc = s->pc, .uses = known(s->hi) ? s->hi : 0, .call = call };
		e->chain.steps = mem_grow(e->chain.steps, e->chain.nsteps, &cap, sizeof st);
		e->chain.steps[e->chain.nsteps++] = st;
		call = site_call(g->r->image, s);
		f = s->callee;
		if (!f || !f->info || f->kind == FUNC_SPLIT || f->flags & FN_EXTERNAL)
			break;
		s = &f->info->sites[g->via[f->index]];
	}
	if (f && f != e->f) {
		struct step st = { .f = f, .pc = f->start, .call = call, .split = f->kind == FUNC_SPLIT };
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
	bool enters = false;

	for (size_t i = 0; i < im->nfuncs && !enters; i++)
		for (unsigned k = 0; im->funcs[i]->info && k < im->funcs[i]->info->nsites; k++)
			enters |= (im->funcs[i]->info->sites[k].region & REGION_IN) != 0;
	if (!enters)
		return;
	g.splits = mem_alloc(im->nfuncs + 1);
	g.via = mem_alloc((im->nfuncs + 1) * sizeof *g.via);
	find_splits(&g);
	for (size_t i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];
		for (unsigned k = 0; f->info && k < f->info->nsites; k++)
			if (f->info->sites[k].region & REGION_IN && site_splits(&g, &f->info->sites[k]))
				report(&g, f, &f->info->sites[k]);
	}
	free(g.splits);
	free(g.via);
}
