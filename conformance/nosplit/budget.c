/*
 * budget.c - NS001: chains that are over, and what would shorten them.
 *
 * Depends on roots.c for the roots and their worst chains. Promises: a chain of which only a
 * part is known is over if that part is.
 */
#include "graph.h"

#include <stdlib.h>
#include <string.h>

static int64_t least(const struct chain *c)
{
	return known(c->used) ? c->used : c->atleast;
}

static bool over(const struct chain *c)
{
	return c->limit >= 0 && least(c) > c->limit;
}

static struct chain copy(const struct chain *c)
{
	struct chain d = *c;

	d.steps = mem_alloc((c->nsteps + 1) * sizeof *d.steps);
	memcpy(d.steps, c->steps, c->nsteps * sizeof *d.steps);
	return d;
}

static void advise(struct result *r, struct finding *e)
{
	const struct chain *c = &e->chain;

	for (unsigned i = 0; i < c->nsteps; i++)
		if (c->steps[i].biggest)
			e->shrink = c->steps[i].f;
	e->shrinkby = least(c) - c->limit;
	for (size_t k = 0; k < r->nroots; k++) {
		const struct chain *o = &r->roots[k].worst;
		bool through = false;
		for (unsigned i = 0; i < o->nsteps; i++)
			through |= o->steps[i].f == e->shrink;
		if (through && over(o) && least(o) - o->limit <= e->shrinkby)
			e->fixes++;
	}
}

static void overflow(struct result *r, struct func *root, struct chain c)
{
	int64_t used = least(&c);
	struct finding *e = finding_add(r, NS001, root, c.nsteps ? c.steps[c.nsteps - 1].pc : root->start,
					"nosplit stack overflow: %s%lld of %lld bytes, %lld over", known(c.used) ? "" : "at least ",
					(long long)used, (long long)c.limit, (long long)(used - c.limit));
	if (e) {
		e->chain = c;
		advise(r, e);
	} else {
		free(c.steps);
	}
}

/* Every way from a root that is over, not the worst alone. */
struct paths {
	struct result *r;
	struct func *root;
	struct step step[128];
	unsigned found;
};

enum { MaxPaths = 200 };

static void walk(struct paths *p, struct func *f, unsigned n, int64_t used, int64_t call, int64_t limit)
{
	const struct info *in = f->info;
	bool entry = graph_entry(f);
	int64_t own;

	if (!in || n + 1 >= nelem(p->step) || p->found >= MaxPaths || in->total[entry].recursive)
		return;
	own = entry ? in->slowdeepest : in->deepest;
	p->step[n] = (struct step){ .f = f, .pc = entry ? in->slowdeepestpc : in->deepestpc, .uses = own, .call = call, .split = entry };
	if (known(own) && used + call + own > limit) {
		struct chain c = { .limit = limit, .used = used + call + own, .nsteps = n + 1, .quality = in->quality };
		c.steps = p->step;
		c = copy(&c);
		chain_close(&c);
		p->found++;
		overflow(p->r, p->root, c);
	}
	for (unsigned i = 0; i < in->nsites; i++) {
		const struct site *s = &in->sites[i];
		if (!site_counts(f, s, entry) || !s->callee || !s->callee->info || !known(s->hi))
			continue;
		int64_t below = used + call + s->hi;
		if (below + site_call(p->r->image, s) + s->callee->info->total[graph_entry(s->callee)].atleast <= limit)
			continue;
		p->step[n].pc = s->pc;
		p->step[n].uses = s->hi;
		walk(p, s->callee, n + 1, below, site_call(p->r->image, s), limit);
	}
}

void budgets_check(struct result *r, bool allpaths)
{
	for (size_t i = 0; i < r->nroots; i++) {
		struct root *root = &r->roots[i];
		if (!over(&root->worst))
			continue;
		if (!allpaths) {
			overflow(r, root->f, copy(&root->worst));
			continue;
		}
		struct paths p = { .r = r, .root = root->f };
		walk(&p, root->f, 0, 0, r->image->arch->callsize, root->worst.limit);
	}
}
