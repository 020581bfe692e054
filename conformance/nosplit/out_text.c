/*
 * out_text.c - what a person reads: findings with their chains, or a table of budgets.
 */
#include "user.h"

#include <stdlib.h>
#include <string.h>

enum { NameColumn = 36, PathSteps = 12, BarWidth = 16 };

static void plural(struct buf *b, size_t n, const char *word)
{
	buf_fmt(b, "%zu %s%s", n, word, n == 1 ? "" : "s");
}

static void growth(struct report *p, const struct result *r, const struct root *root, const struct delta *d)
{
	struct buf *b = &p->b;

	put_place(b, r->image, root->f, root->f->start);
	buf_fmt(b, ": %serror:%s ", p->paint == COLOR ? "\033[1;31m" : "", p->paint == COLOR ? "\033[0m" : "");
	put_growth(b, root, d);
	buf_str(b, " [");
	put_clean(b, r->label);
	buf_str(b, " growth]\n");
	put_chain(b, r, &root->worst, p->paint, false);
	buf_str(b, "\n");
}

static void summary(struct report *p, const struct result *r, size_t new, size_t known, size_t grew)
{
	const struct root *worst = worst_root(r);
	struct buf *b = &p->b;

	put_clean(b, r->image->path);
	buf_str(b, ": ");
	if (new + grew == 0) {
		buf_str(b, "ok");
	} else {
		if (new > 0)
			plural(b, new, "finding");
		if (grew > 0) {
			buf_str(b, new > 0 ? ", " : "");
			plural(b, grew, "root");
			buf_str(b, " grew");
		}
	}
	if (known > 0)
		buf_fmt(b, ", %zu known to the baseline", known);
	buf_str(b, "; ");
	plural(b, r->nroots, "root");
	if (worst != NULL) {
		buf_str(b, ", worst ");
		put_clean(b, worst->f->name);
		buf_str(b, " ");
		put_used(b, &worst->worst);
		if (hasbudget(worst->worst.limit))
			buf_fmt(b, " of %lld", (long long)worst->worst.limit);
	}
	buf_str(b, "; ");
	plural(b, r->analyzed, "function");
	buf_fmt(b, ": %u exact, %u bound, %u unknown [", r->exact, r->bound, r->unknown);
	put_clean(b, r->label);
	buf_str(b, "]\n");
}

static void check(struct report *p, const struct result *r, const struct delta *d)
{
	size_t i, new = 0, known = 0, grew = 0;

	for (i = 0; i < r->nfindings; i++) {
		const struct finding *f = &r->findings[i];

		if (f->baselined) {
			known++;
			continue;
		}
		new++;
		put_verdict(&p->b, r, f, p->paint);
		put_chain(&p->b, r, &f->chain, p->paint, false);
		put_advice(&p->b, f);
	}
	for (i = 0; d != NULL && i < r->nroots; i++) {
		if (!grown(&d[i]))
			continue;
		grew++;
		growth(p, r, &r->roots[i], &d[i]);
	}
	summary(p, r, new, known, grew);
}

static void bar(struct buf *b, const struct chain *c)
{
	int64_t n = !known(c->used) || c->used > c->limit ? BarWidth : c->limit == 0 ? 0 : c->used * BarWidth / c->limit, i;

	buf_str(b, "[");
	for (i = 0; i < BarWidth; i++)
		buf_str(b, i < n ? known(c->used) && c->used <= c->limit ? "#" : "!" : ".");
	buf_str(b, "]");
}

static void put_delta(struct buf *b, const struct delta *d, int64_t used)
{
	if (d->change == APPEARED || !known(d->old) || !known(used))
		buf_fmt(b, "%7s", d->change == SAME ? "=" : change_word[d->change]);
	else if (d->change == SAME)
		buf_fmt(b, "%7s", "=");
	else
		buf_fmt(b, "%+7lld", (long long)(used - d->old));
}

/* What is known of an amount that is not: >=132. */
static void used_word(struct buf *b, const struct chain *c)
{
	char text[32];

	snprintf(text, sizeof text, ">=%lld", (long long)c->atleast);
	buf_fmt(b, "%9s", c->used == UNKNOWN && c->atleast > 0 ? text : quality_word(c));
}

static void table(struct report *p, const struct result *r, const struct delta *d)
{
	const struct root **roots = sorted_roots(r);
	struct buf *b = &p->b;
	size_t i, width = 4;
	bool budget = false;

	for (i = 0; i < r->nroots; i++)
		budget = budget || hasbudget(roots[i]->worst.limit);
	for (i = 0; i < r->nroots; i++) {
		struct buf t = {0};

		put_clean(&t, roots[i]->f->name);
		if (columns(t.p, t.n) > width && columns(t.p, t.n) <= NameColumn)
			width = columns(t.p, t.n);
		buf_free(&t);
	}
	buf_fmt(b, "%9s", "used");
	if (budget)
		buf_fmt(b, " %6s", "left");
	buf_str(b, d != NULL ? "  change" : "");
	buf_pad(b, budget ? 2 + BarWidth + 2 : 0);
	buf_fmt(b, "  %-*s  worst chain\n", (int)width, "root");
	for (i = 0; i < r->nroots; i++) {
		const struct chain *c = &roots[i]->worst;
		size_t start;

		if (known(c->used))
			buf_fmt(b, "%9lld", (long long)c->used);
		else
			used_word(b, c);
		if (known(c->used) && hasbudget(c->limit))
			buf_fmt(b, " %6lld", (long long)(c->limit - c->used));
		else if (budget)
			buf_fmt(b, " %6s", hasbudget(c->limit) ? "?" : "-");
		if (d != NULL) {
			buf_str(b, " ");
			put_delta(b, &d[roots[i] - r->roots], c->used);
		}
		buf_str(b, budget ? "  " : "");
		if (hasbudget(c->limit))
			bar(b, c);
		else if (budget)
			buf_pad(b, BarWidth + 2);
		buf_str(b, "  ");
		start = b->n;
		put_clean(b, roots[i]->f->name);
		if (columns(b->p + start, b->n - start) < width)
			buf_pad(b, width - columns(b->p + start, b->n - start));
		buf_str(b, "  ");
		put_path(b, c, PathSteps, " > ", put_clean);
		buf_str(b, c->used == UNKNOWN ? "  (unknown)\n" : c->quality == Q_BOUND ? "  (bound)\n" : "\n");
	}
	free(roots);
}

static void figures(struct buf *b, const struct result *r)
{
	const struct func *f;
	size_t i = 0;

	buf_fmt(b, "functions     %u of %u analyzed: %u exact, %u bound, %u unknown\n", r->analyzed, r->nfuncs, r->exact, r->bound,
		r->unknown);
	buf_fmt(b, "instructions  %u, and %u bytes that are none\n", r->ninsns, r->undecoded);
	buf_fmt(b, "call sites    %u: depth unknown at %u, in dynamic frames %u\n", r->ncallsites, r->nunknownsites, r->ndynamicsites);
	buf_fmt(b, "indirect      %u calls and jumps, %u unresolved\n", r->nindirect, r->nunresolved);
	buf_fmt(b, "CFI           %u places compared, %u disagree\n", r->cfichecked, r->cfibad);
	while ((f = odd_next(r, &i)) != NULL) {
		buf_str(b, "              ");
		put_odd(b, r->image, f);
		buf_str(b, "\n");
	}
	buf_fmt(b, "findings      %zu, %zu of them new\n", r->nfindings, r->nnew);
	buf_fmt(b, "time          %.3f s\n", r->seconds);
}

static void report(struct report *p, const struct result *r, const struct delta *d)
{
	struct buf *b = &p->b;

	if (p->files > 0)
		buf_str(b, "\n");
	put_clean(b, r->image->path);
	buf_str(b, " [");
	put_clean(b, r->label);
	buf_str(b, "]: ");
	plural(b, r->nroots, "root");
	if (hasbudget(r->limit))
		buf_fmt(b, ", limit %lld bytes\n", (long long)r->limit);
	else
		buf_str(b, ", no limit: give one with --limit\n");
	if (r->nroots > 0)
		table(p, r, d);
	figures(b, r);
}

static void file(struct report *p, const struct result *r, const struct delta *d)
{
	if (p->verb == REPORT)
		report(p, r, d);
	else
		check(p, r, d);
}

/* What the baseline holds of the labels that were looked at, and no image had any more: no failure, but a line to be removed. */
static void end(struct report *p)
{
	size_t i, gone = 0;

	for (i = 0; p->baseline != NULL && i < p->baseline->n; i++)
		gone += p->baseline->f[i].asked && !p->baseline->f[i].seen;
	if (gone > 0) {
		plural(&p->b, gone, "line");
		buf_str(&p->b, " of the baseline no longer found: write it again with --write-baseline\n");
	}
}

const struct output out_text = {"text", NULL, file, end};
