/*
 * roots.c - where chains begin, and what they reach.
 *
 * Depends on graph.c and chain.c. Promises: every function that is entered from where no chain
 * counts it is a root, or reached from one.
 */
#include "graph.h"

#include <stdlib.h>
#include <string.h>

bool func_nosplit(const struct func *f)
{
	return f->kind == FUNC_NOSPLIT || f->kind == FUNC_LEAF || f->kind == FUNC_ASM;
}

static void entered(struct image *im, uint8_t *in)
{
	for (size_t i = 0; i < im->nfuncs; i++) {
		const struct func *f = im->funcs[i];
		for (unsigned k = 0; f->info && k < f->info->nsites; k++) {
			const struct site *s = &f->info->sites[k];
			if (!s->callee || s->callee == f)
				continue;
			in[s->callee->index] |= 1; /* somebody calls it */
			if (!func_nosplit(f) || s->other)
				in[s->callee->index] |= 2; /* from where a chain begins */
		}
	}
}

static bool is_root(const struct image *im, const struct func *f, uint8_t in, bool named)
{
	if (f->flags & FN_ROOT)
		return true;
	if (named || f->whole || f->flags & (FN_PLT | FN_EXTERNAL | FN_PART))
		return false;
	if (!im->hasnotes)
		return f->flags & FN_ENTRY || !(in & 1);
	return func_nosplit(f) && (!(in & 1) || in & 2 || f->flags & (FN_TAKEN | FN_ENTRY));
}

struct todo {
	struct func **f;
	size_t n, cap;
};

static void later(struct todo *t, const uint8_t *in, struct func *f)
{
	if (!f->info || in[f->index])
		return;
	t->f = mem_grow(t->f, t->n, &t->cap, sizeof *t->f);
	t->f[t->n++] = f;
}

void graph_reach(const struct image *im, uint8_t *in, struct func *f)
{
	struct todo todo = { 0 };
	bool any = false;

	later(&todo, in, f);
	while (todo.n > 0) {
		f = todo.f[--todo.n];
		if (in[f->index])
			continue;
		in[f->index] = 1;
		for (unsigned i = 0; i < f->info->nsites; i++) {
			const struct site *s = &f->info->sites[i];
			if (!site_counts(f, s, graph_entry(f)))
				continue;
			if (s->callee)
				later(&todo, in, s->callee);
			if (!s->maysplit || any)
				continue;
			any = true;
			for (size_t k = 0; k < im->nfuncs; k++)
				if (im->funcs[k]->kind == FUNC_SPLIT)
					later(&todo, in, im->funcs[k]);
		}
	}
	free(todo.f);
}

static void add_root(struct result *r, size_t *cap, struct func *f)
{
	r->roots = mem_grow(r->roots, r->nroots, cap, sizeof *r->roots);
	r->roots[r->nroots++].f = f;
}

void roots_find(struct result *r, bool named)
{
	struct image *im = r->image;
	uint8_t *in = mem_alloc(im->nfuncs + 1);
	struct func *worst = 0;
	size_t cap = 0;

	entered(im, in);
	for (size_t i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];
		if (!f->info)
			continue;
		if (f->kind == FUNC_SPLIT && !(f->flags & FN_ROOT)) {
			/* All of them are entered with the same room: the worst stands for all that is known. */
			if (named)
				continue;
			if (!known(f->info->total[1].used))
				add_root(r, &cap, f);
			else if (!worst || f->info->total[1].used > worst->info->total[1].used)
				worst = f;
			continue;
		}
		if (is_root(im, f, in[i], named))
			add_root(r, &cap, f);
	}
	if (worst)
		add_root(r, &cap, worst);
	/* A circle of functions that nobody calls but each other: enter it anywhere. In the second
	 * round, circles of jumps alone: that is no recursion. */
	memset(in, 0, im->nfuncs);
	for (size_t i = 0; i < r->nroots; i++)
		graph_reach(im, in, r->roots[i].f);
	for (size_t k = 0; k < 2 * im->nfuncs && !named; k++) {
		size_t i = k % im->nfuncs;
		struct func *f = im->funcs[i];
		if (!f->info || in[i] || (k < im->nfuncs && !f->info->total[0].recursive) || f->whole ||
		    f->flags & (FN_PLT | FN_EXTERNAL | FN_PART) || (im->hasnotes && !func_nosplit(f)))
			continue;
		add_root(r, &cap, f);
		graph_reach(im, in, f);
	}
	for (size_t i = 0; i < r->nroots; i++) {
		struct func *f = r->roots[i].f;
		r->roots[i].worst = chain_from(im, f, f->limit > 0 ? f->limit : r->limit);
	}
	free(in);
}
