/*
 * figures.c - the figures that are compared over time: of two images, or of one and a baseline.
 *
 * A root counts with the bytes that its worst chain uses, a rule with the number of its findings
 * in a function. Keys hold neither addresses nor lines. A figure of several images (the tests of
 * one port) is the largest of them.
 */
#include "user.h"

#include <stdlib.h>
#include <string.h>

const char *const change_word[] = {"same", "grew", "shrank", "new", "gone"};

static int order(const char *label, const char *what, const char *key, const struct figure *f)
{
	int c = strcmp(label, f->label);

	/* Roots after rules: capital letters. */
	c = c != 0 ? c : -strcmp(what, f->what);
	return c != 0 ? c : strcmp(key, f->key);
}

static int by_key(const void *a, const void *b)
{
	const struct figure *f = a;

	return order(f->label, f->what, f->key, b);
}

void figures_sort(struct figures *v)
{
	if (v->n > 0)
		qsort(v->f, v->n, sizeof *v->f, by_key);
}

struct figure *figures_find(struct figures *v, const char *label, const char *what, const char *key)
{
	size_t lo = 0, hi = v->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = order(label, what, key, &v->f[mid]);

		if (c == 0)
			return &v->f[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

void figures_put(struct figures *v, const char *label, const char *what, const char *key, int64_t value, int64_t least, int64_t limit)
{
	v->f = mem_grow(v->f, v->n, &v->cap, sizeof *v->f);
	v->f[v->n++] = (struct figure){mem_dup(label), mem_dup(what), mem_dup(key), value, limit, least, false, false};
}

static void drop(struct figure *f)
{
	free(f->label);
	free(f->what);
	free(f->key);
}

void figures_free(struct figures *v)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		drop(&v->f[i]);
	free(v->f);
	*v = (struct figures){0};
}

/* Whatever is not known can be worse than all that is. */
static int rank(int64_t value)
{
	return value == UNKNOWN ? 2 : value == UNBOUNDED;
}

bool figures_worse(int64_t a, int64_t b)
{
	return rank(a) != rank(b) ? rank(a) > rank(b) : a > b;
}

/* Of equal keys one is left: the sum within an image, the largest over several. */
static void merge(struct figures *v, bool sum)
{
	size_t i, n = 0;

	figures_sort(v);
	for (i = 0; i < v->n; i++) {
		struct figure *last = n > 0 ? &v->f[n - 1] : NULL;

		if (last == NULL || by_key(last, &v->f[i]) != 0) {
			v->f[n++] = v->f[i];
			continue;
		}
		if (sum && known(last->value) && known(v->f[i].value) && v->f[i].what[0] != 'r')
			last->value += v->f[i].value;
		else if (figures_compare(last, &v->f[i]) == GREW)
			last->value = v->f[i].value, last->least = v->f[i].least;
		drop(&v->f[i]);
	}
	v->n = n;
}

void figures_add(struct figures *v, const struct result *r, const char *label)
{
	struct figures one = {0};
	size_t i;

	for (i = 0; i < r->nroots; i++) {
		struct buf key = {0};

		func_key(&key, r->image, r->roots[i].f);
		figures_put(&one, label, "root", key.p, r->roots[i].worst.used, r->roots[i].worst.atleast, r->roots[i].worst.limit);
		buf_free(&key);
	}
	for (i = 0; i < r->nfindings; i++) {
		const struct finding *f = &r->findings[i];
		struct buf key = {0};

		/* What is over budget is told by its root. */
		if (f->rule == NS001)
			continue;
		if (f->f != NULL)
			func_key(&key, r->image, f->f);
		figures_put(&one, label, rules[f->rule].id, buf_text(&key), 1, 0, -1);
		buf_free(&key);
	}
	merge(&one, true);
	for (i = 0; i < one.n; i++) {
		v->f = mem_grow(v->f, v->n, &v->cap, sizeof *v->f);
		v->f[v->n++] = one.f[i];
	}
	free(one.f);
	merge(v, false);
}

static const struct finding *base; /* of the qsort at hand */

static int by_owner(const void *pa, const void *pb)
{
	const struct finding *a = &base[*(const size_t *)pa], *b = &base[*(const size_t *)pb];

	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	if (a->f != b->f)
		return a->f < b->f ? -1 : 1;
	return (a > b) - (a < b);
}

unsigned *finding_ordinals(const struct result *r)
{
	unsigned *ordinal = mem_alloc((r->nfindings + 1) * sizeof *ordinal);
	size_t *v = mem_alloc((r->nfindings + 1) * sizeof *v), i;

	for (i = 0; i < r->nfindings; i++)
		v[i] = i;
	base = r->findings;
	if (r->nfindings > 0)
		qsort(v, r->nfindings, sizeof *v, by_owner);
	for (i = 0; i < r->nfindings; i++) {
		const struct finding *f = &base[v[i]], *last = i > 0 ? &base[v[i - 1]] : NULL;

		ordinal[v[i]] = last != NULL && last->rule == f->rule && last->f == f->f ? ordinal[v[i - 1]] + 1 : 1;
	}
	free(v);
	return ordinal;
}

enum change figures_compare(const struct figure *old, const struct figure *new)
{
	if (old == NULL)
		return APPEARED;
	if (new == NULL)
		return GONE;
	if (new->value == UNKNOWN && old->value == UNKNOWN && old->least >= 0 && new->least != old->least)
		return new->least > old->least ? GREW : SHRANK;
	return new->value == old->value ? SAME : figures_worse(new->value, old->value) ? GREW : SHRANK;
}

void put_figure(struct buf *b, int64_t value, int64_t least)
{
	put_bytes(b, value);
	if (value == UNKNOWN && least > 0)
		buf_fmt(b, ">=%lld", (long long)least);
}
