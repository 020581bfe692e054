/*
 * graph.c - adds depths up over the call graph.
 *
 * Depends on the infos of flow.c. Promises: totals of every function that was analyzed. A node
 * is a function as a whole, or the part of a splitting one before its check has passed: that
 * is all that a caller pays for, since the check answers for the rest. Strongly connected
 * nodes that grow have no bound.
 */
#include "graph.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE, ENTRY };

struct node {
	struct func *f;
	uint32_t index, low; /* of Tarjan's search; 0: not yet */
	uint32_t next;	     /* site to look at */
	uint32_t component;
	bool onstack, entry;
};

struct search {
	struct image *image;
	struct node *node; /* 2 a function */
	uint32_t *stack, *path;
	size_t nstack, npath, capstack, cappath;
	uint32_t count;
	struct total anysplit;
};

bool site_counts(const struct func *f, const struct site *s, bool entry)
{
	return !s->other && (f->kind != FUNC_SPLIT || s->slow == entry);
}

bool graph_entry(const struct func *f)
{
	return f->kind == FUNC_SPLIT;
}

int64_t site_call(const struct image *im, const struct site *s)
{
	return s->kind == SITE_CALL || s->kind == SITE_ICALL ? im->arch->callsize : 0;
}

static uint32_t node_of(const struct func *f)
{
	return 2 * f->index + graph_entry(f);
}

static struct total *total(const struct node *n)
{
	return &n->f->info->total[n->entry];
}

/* a and what a callee at depth adds. */
static void take(struct total *t, int64_t depth, const struct total *callee, int site)
{
	int64_t least = known(depth) ? depth + callee->atleast : callee->atleast;

	if (least > t->atleast) {
		t->atleast = least;
		t->site = site;
	}
	if (!known(depth) || !known(callee->used)) {
		if (depth == UNBOUNDED || callee->used == UNBOUNDED)
			t->used = UNBOUNDED;
		else if (t->used != UNBOUNDED)
			t->used = UNKNOWN;
	} else if (known(t->used) && depth + callee->used > t->used) {
		t->used = depth + callee->used;
	}
	if (callee->quality > t->quality)
		t->quality = callee->quality;
}

static const struct total lost = { .used = UNKNOWN, .quality = Q_UNKNOWN, .site = -1 };

static const struct total *callee_total(const struct search *g, const struct site *s)
{
	if (s->maysplit)
		return &g->anysplit;
	if (!s->callee || !s->callee->info)
		return &lost;
	return &s->callee->info->total[graph_entry(s->callee)];
}

static struct total own(const struct func *f, bool entry)
{
	const struct info *in = f->info;
	int64_t d = entry ? in->slowdeepest : in->deepest;
	struct total t = { .used = d, .atleast = known(d) ? d : 0, .site = -1, .quality = in->quality };

	if (in->quality == Q_UNKNOWN && known(t.used))
		t.used = UNKNOWN;
	return t;
}

static void finish(struct search *g, struct node *n)
{
	struct total t = own(n->f, n->entry);
	const struct info *in = n->f->info;

	for (unsigned i = 0; i < in->nsites; i++) {
		const struct site *s = &in->sites[i];
		if (site_counts(n->f, s, n->entry))
			take(&t, known(s->hi) ? s->hi + site_call(g->image, s) : s->hi, callee_total(g, s), (int)i);
	}
	t.recursive = total(n)->recursive;
	if (t.recursive)
		t.used = UNBOUNDED;
	*total(n) = t;
}

/* The nodes of one component, top of the stack down to root. */
static void component(struct search *g, uint32_t root)
{
	size_t first = g->nstack;
	bool grows = false, again = true;

	do {
		g->node[g->stack[--first]].onstack = false;
		g->node[g->stack[first]].component = root + 1;
	} while (g->stack[first] != root);
	for (size_t i = first; i < g->nstack; i++) {
		struct node *n = &g->node[g->stack[i]];
		for (unsigned k = 0; k < n->f->info->nsites; k++) {
			const struct site *s = &n->f->info->sites[k];
			if (!site_counts(n->f, s, n->entry) || !s->callee || !s->callee->info)
				continue;
			if (g->node[node_of(s->callee)].component == root + 1 &&
			    (!known(s->hi) || s->hi + site_call(g->image, s) > 0))
				grows = true;
		}
	}
	for (size_t i = first; i < g->nstack; i++) {
		struct total *t = total(&g->node[g->stack[i]]);
		*t = own(g->node[g->stack[i]].f, g->node[g->stack[i]].entry);
		t->recursive = grows;
	}
	/* Tail calls in a circle add nothing: every member reaches what any of them does. What one
	 * learns goes on in each round by one member at least; the last ones came first. */
	for (size_t round = 0; again && round <= g->nstack - first; round++) {
		again = false;
		for (size_t i = g->nstack; i-- > first;) {
			struct node *n = &g->node[g->stack[i]];
			struct total was = *total(n);
			finish(g, n);
			again |= !grows && (total(n)->used != was.used || total(n)->atleast != was.atleast || total(n)->quality != was.quality);
		}
		if (g->nstack - first == 1)
			again = false;
	}
	for (size_t i = first; again && i < g->nstack; i++) {
		struct total *t = total(&g->node[g->stack[i]]);
		t->used = UNKNOWN;
		t->quality = Q_UNKNOWN;
	}
	g->nstack = first;
}

static void open(struct search *g, uint32_t v)
{
	struct node *n = &g->node[v];

	n->index = n->low = ++g->count;
	n->onstack = true;
	n->next = 0;
	g->stack = mem_grow(g->stack, g->nstack, &g->capstack, sizeof *g->stack);
	g->stack[g->nstack++] = v;
	g->path = mem_grow(g->path, g->npath, &g->cappath, sizeof *g->path);
	g->path[g->npath++] = v;
}

static void search(struct search *g, uint32_t start)
{
	if (g->node[start].index || !g->node[start].f->info)
		return;
	open(g, start);
	while (g->npath > 0) {
		uint32_t v = g->path[g->npath - 1];
		struct node *n = &g->node[v];
		const struct info *in = n->f->info;
		bool down = false;
		while (n->next < in->nsites && !down) {
			const struct site *s = &in->sites[n->next++];
			if (!site_counts(n->f, s, n->entry) || !s->callee || !s->callee->info)
				continue;
			struct node *to = &g->node[node_of(s->callee)];
			if (!to->index) {
				open(g, node_of(s->callee));
				down = true;
			} else if (to->onstack && to->index < n->low) {
				n->low = to->index;
			}
		}
		if (down)
			continue;
		g->npath--;
		if (g->npath > 0 && n->low < g->node[g->path[g->npath - 1]].low)
			g->node[g->path[g->npath - 1]].low = n->low;
		if (n->low == n->index)
			component(g, v);
	}
}

bool graph_splits(const struct image *im)
{
	for (size_t i = 0; i < im->nfuncs; i++)
		if (im->funcs[i]->kind == FUNC_SPLIT && im->funcs[i]->info)
			return true;
	return false;
}

void graph_totals(struct image *im)
{
	struct search g = { .image = im };

	g.node = mem_alloc((2 * im->nfuncs + 1) * sizeof *g.node);
	for (size_t i = 0; i < im->nfuncs; i++) {
		im->funcs[i]->index = (unsigned)i;
		g.node[2 * i].f = g.node[2 * i + 1].f = im->funcs[i];
		g.node[2 * i + 1].entry = true;
	}
	/* What a call of some function that splits may cost: before it, nothing else is needed.
	 * Where none is, nobody knows what is meant. */
	if (!graph_splits(im))
		g.anysplit = lost;
	for (size_t i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];
		if (f->kind != FUNC_SPLIT || !f->info)
			continue;
		search(&g, 2 * (uint32_t)i + 1);
		take(&g.anysplit, 0, &f->info->total[ENTRY], -1);
	}
	for (size_t i = 0; i < im->nfuncs; i++) {
		search(&g, 2 * (uint32_t)i);
		if (im->funcs[i]->info && im->funcs[i]->kind != FUNC_SPLIT)
			im->funcs[i]->info->total[ENTRY] = im->funcs[i]->info->total[WHOLE];
	}
	free(g.node);
	free(g.stack);
	free(g.path);
}

/* ---- chains ---- */

/* Stands in a chain for a callee of which is known only that it may split. */
static const struct func anything = { .name = "(any function that may split)", .kind = FUNC_SPLIT };

static void add(struct chain *c, size_t *cap, struct step s)
{
	c->steps = mem_grow(c->steps, c->nsteps, cap, sizeof *c->steps);
	c->steps[c->nsteps++] = s;
}

void chain_close(struct chain *c)
{
	unsigned big = 0;
	int64_t left = c->limit;

	for (unsigned i = 0; i < c->nsteps; i++) {
		struct step *s = &c->steps[i];
		s->biggest = false;
		if (known(s->uses)) {
			left -= s->call + s->uses;
			if (!known(c->steps[big].uses) || s->uses > c->steps[big].uses)
				big = i;
		}
		s->left = left;
		if (s->f && s->f->info) {
			c->cfichecked += s->f->info->cfichecked;
			c->cfibad += s->f->info->ncfi;
		}
	}
	if (c->nsteps > 0)
		c->steps[big].biggest = true;
}

static bool comes_again(const struct chain *c, const struct func *f)
{
	for (unsigned i = 0; i < c->nsteps; i++)
		if (c->steps[i].f == f)
			return true;
	return false;
}

struct chain chain_from(struct image *im, struct func *f, int64_t limit)
{
	struct chain c = { .limit = limit, .quality = Q_EXACT };
	size_t cap = 0;
	int64_t call = im->arch->callsize;
	bool circle;
	const struct total *first;

	if (!f->info) {
		add(&c, &cap, (struct step){ .f = f, .pc = f->start, .call = call, .uses = UNKNOWN });
		c.used = UNKNOWN;
		c.quality = Q_UNKNOWN;
		chain_close(&c);
		return c;
	}
	first = &f->info->total[graph_entry(f)];
	c.used = known(first->used) ? first->used + call : first->used;
	c.atleast = first->atleast + call;
	c.quality = first->quality;
	while (f && f->info) {
		bool entry = graph_entry(f);
		const struct total *t = &f->info->total[entry];
		struct step s = { .f = f, .call = call, .split = entry };
		/* Once around a circle says it all: there is no number of rounds. */
		circle = comes_again(&c, f);
		if (t->site < 0 || circle) {
			s.pc = entry ? f->info->slowdeepestpc : f->info->deepestpc;
			s.uses = entry ? f->info->slowdeepest : f->info->deepest;
			add(&c, &cap, s);
			if (circle)
				c.atleast = chain_sum(&c);
			break;
		}
		const struct site *at = &f->info->sites[t->site];
		s.pc = at->pc;
		s.uses = at->hi;
		add(&c, &cap, s);
		call = site_call(im, at);
		f = at->callee;
		if (!f || !f->info) {
			if (at->maysplit)
				add(&c, &cap, (struct step){ .f = (struct func *)&anything, .pc = at->pc, .call = call, .split = true,
							     .uses = c.atleast - chain_sum(&c) - call });
			break;
		}
	}
	chain_close(&c);
	return c;
}

int64_t chain_sum(const struct chain *c)
{
	int64_t n = 0;

	for (unsigned i = 0; i < c->nsteps; i++)
		n += c->steps[i].call + (known(c->steps[i].uses) ? c->steps[i].uses : 0);
	return n;
}
