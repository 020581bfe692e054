/*
 * analyze.c - all of it in order: what the user asks, the analysis, findings, figures.
 *
 * Depends on flow.c, graph.c and the files of rules. Promises: findings are sorted, and none is
 * there twice.
 */
#include "graph.h"

#include <stdlib.h>
#include <time.h>

static void count(struct result *r)
{
	struct image *im = r->image;

	for (size_t i = 0; i < im->nfuncs; i++) {
		const struct info *in = im->funcs[i]->info;
		r->nfuncs++;
		if (!in)
			continue;
		r->analyzed++;
		r->ninsns += in->insns;
		r->undecoded += in->undecoded;
		r->ncallsites += in->callsites;
		r->nunknownsites += in->unknownsites;
		r->ndynamicsites += in->dynamicsites;
		r->cfichecked += in->cfichecked;
		r->cfibad += in->ncfi;
		r->exact += in->quality == Q_EXACT;
		r->bound += in->quality == Q_BOUND;
		r->unknown += in->quality == Q_UNKNOWN;
		for (unsigned k = 0; k < in->nsites; k++) {
			bool indirect = in->sites[k].kind == SITE_ICALL || in->sites[k].kind == SITE_IJUMP;
			r->nindirect += indirect;
			r->nunresolved += indirect && !in->sites[k].callee && !in->sites[k].maysplit && !in->sites[k].other;
		}
	}
}

static int order(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (x->f->start != y->f->start)
		return x->f->start < y->f->start ? -1 : 1;
	return x->pc < y->pc ? -1 : x->pc > y->pc;
}

static void named_roots(struct image *im, const struct request *q)
{
	char err[256];

	for (unsigned i = 0; i < q->nroots; i++) {
		struct func *f = func_named(im, q->roots[i], err);
		if (!f)
			fatal("--root %s: %s", q->roots[i], err);
		f->flags |= FN_ROOT;
	}
}

/* Where a lazy analysis starts: whatever may be a root, callers being unknown. */
static struct func **starts(struct image *im, bool named, size_t *n)
{
	struct func **s = mem_alloc((im->nfuncs + 1) * sizeof *s);

	*n = 0;
	for (size_t i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];
		bool start = f->flags & FN_ROOT || (!named && (im->hasnotes ? f->kind != FUNC_UNKNOWN : (f->flags & FN_ENTRY) != 0));
		if (start && !f->whole && !(f->flags & FN_EXTERNAL))
			s[(*n)++] = f;
	}
	return s;
}

struct result *analyze(struct image *im, const struct request *q)
{
	struct result *r = mem_alloc(sizeof *r);
	struct timespec t0, t1;
	struct func **first;
	size_t n;

	clock_gettime(CLOCK_MONOTONIC, &t0);
	r->image = im;
	r->label = q->label ? q->label : im->path;
	r->limit = q->limit >= 0 ? q->limit : im->limit;
	if (q->assume)
		assume_read(im, q->assume);
	named_roots(im, q);
	if (q->lazy) {
		first = starts(im, q->nroots > 0, &n);
		flow_from(im, first, n);
		free(first);
	} else {
		flow_all(im);
	}
	graph_totals(im);
	roots_find(r, q->nroots > 0);
	budgets_check(r, q->allpaths);
	rules_check(r);
	region_check(r);
	if (r->nfindings > 1)
		qsort(r->findings, r->nfindings, sizeof *r->findings, order);
	r->nnew = r->nfindings;
	if (q->assume)
		assume_check(im);
	count(r);
	clock_gettime(CLOCK_MONOTONIC, &t1);
	r->seconds = (double)(t1.tv_sec - t0.tv_sec) + (double)(t1.tv_nsec - t0.tv_nsec) / 1e9;
	return r;
}

void analyze_more(struct image *im, struct func *f)
{
	flow_from(im, &f, 1);
	graph_totals(im);
}

void result_free(struct result *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->nroots; i++)
		free(r->roots[i].worst.steps);
	for (size_t i = 0; i < r->nfindings; i++) {
		free(r->findings[i].message);
		free(r->findings[i].hint);
		free(r->findings[i].chain.steps);
	}
	free(r->roots);
	free(r->findings);
	free(r);
}
