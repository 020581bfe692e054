/*
 * baseline.c - the TSV that is committed, so that growth is a readable diff, and what it excuses.
 *
 * Sorted, one figure a line: label, "root" or a rule, key, value, limit. A root that uses no more
 * than its line says is known, whatever its budget; so is a finding of a rule in a function as
 * long as there are no more of them. Everything else is new.
 */
#include "user.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MaxFile = 64 << 20 };

static const char header[] = "# nosplit baseline 1: label, root or rule, function, bytes or findings, limit\n";

void baseline_format(struct buf *b, struct figures *v)
{
	size_t i;

	buf_str(b, header);
	for (i = 0; i < v->n; i++) {
		const struct figure *f = &v->f[i];

		put_clean(b, f->label);
		buf_fmt(b, "\t%s\t", f->what);
		put_clean(b, f->key[0] ? f->key : "-");
		buf_str(b, "\t");
		put_figure(b, f->value, f->least);
		if (hasbudget(f->limit))
			buf_fmt(b, "\t%lld\n", (long long)f->limit);
		else
			buf_str(b, "\t-\n");
	}
}

static bool number(const char *s, int64_t *v)
{
	char *end;

	if (strcmp(s, "unbounded") == 0 || strcmp(s, "unknown") == 0) {
		*v = s[2] == 'b' ? UNBOUNDED : UNKNOWN;
		return true;
	}
	errno = 0;
	*v = strcmp(s, "-") == 0 ? -1 : strtoll(s, &end, 10);
	return strcmp(s, "-") == 0 || (*s >= '0' && *s <= '9' && *end == 0 && errno == 0);
}

/* As put_figure writes it. */
static bool amount(const char *s, int64_t *v, int64_t *least)
{
	*least = -1;
	if (strncmp(s, "unknown>=", 9) != 0)
		return number(s, v);
	*v = UNKNOWN;
	return number(s + 9, least) && known(*least) && *least >= 0;
}

static bool is_rule(const char *s)
{
	int i;

	for (i = NS001; i < NRULES; i++)
		if (strcmp(rules[i].id, s) == 0)
			return true;
	return strcmp(s, "root") == 0;
}

void baseline_read(struct figures *v, const char *path)
{
	struct buf text = {0}, name = {0};
	unsigned line = 0;
	char *s, *next;

	buf_read(&text, path, "a baseline", MaxFile);
	put_clean(&name, path);
	if (strncmp(text.p, header, 20) != 0)
		fatal("%s: no baseline: expected \"%.20s\" on its first line: write one with --write-baseline", name.p, header);
	for (s = text.p; *s; s = next) {
		char *f[5], *p = s;
		int64_t value, least, limit;
		int i;

		line++;
		next = s + strcspn(s, "\n");
		if (*next)
			*next++ = 0;
		if (*s == '#' || *s == 0)
			continue;
		for (i = 0; i < 5 && p != NULL; i++)
			f[i] = strsep(&p, "\t");
		if (i < 5 || p != NULL || *f[0] == 0 || *f[2] == 0)
			fatal("%s:%u: expected 5 columns: write the baseline again with --write-baseline", name.p, line);
		if (!is_rule(f[1]) || !amount(f[3], &value, &least) || value < 0 || !number(f[4], &limit))
			fatal("%s:%u: expected root or a rule, a function, a number, a limit: write the baseline again with "
			      "--write-baseline", name.p, line);
		figures_put(v, f[0], f[1], strcmp(f[2], "-") == 0 ? "" : f[2], value, least, limit);
	}
	figures_sort(v);
	buf_free(&text);
	buf_free(&name);
}

/* Keys of the file are clean, so the ones that are looked up must be. */
static struct figure *lookup(struct figures *v, const struct result *r, const char *what, const struct func *f)
{
	struct buf key = {0}, clean = {0}, label = {0};
	struct figure *found;

	if (f != NULL)
		func_key(&key, r->image, f);
	put_clean(&clean, buf_text(&key));
	put_clean(&label, r->label);
	found = figures_find(v, buf_text(&label), what, buf_text(&clean));
	if (found != NULL)
		found->seen = true;
	buf_free(&key);
	buf_free(&clean);
	buf_free(&label);
	return found;
}

struct delta *baseline_apply(struct figures *v, struct result *r)
{
	struct delta *d = mem_alloc((r->nroots + 1) * sizeof *d);
	unsigned *ordinal = finding_ordinals(r);
	struct buf label = {0};
	size_t i, k;

	put_clean(&label, r->label);
	for (i = 0; i < v->n; i++)
		v->f[i].asked = v->f[i].asked || strcmp(v->f[i].label, buf_text(&label)) == 0;
	buf_free(&label);
	for (i = 0; i < r->nroots; i++) {
		struct figure *old = lookup(v, r, "root", r->roots[i].f), new = {.value = r->roots[i].worst.used, .least = r->roots[i].worst.atleast};

		d[i].change = figures_compare(old, &new);
		d[i].old = old != NULL ? old->value : 0;
		d[i].oldleast = old != NULL ? old->least : 0;
	}
	r->nnew = 0;
	for (i = 0; i < r->nfindings; i++) {
		struct finding *f = &r->findings[i];
		const struct figure *old;

		if (f->rule == NS001) {
			old = lookup(v, r, "root", f->f);
			f->baselined = old != NULL &&
				figures_compare(old, &(struct figure){.value = f->chain.used, .least = f->chain.atleast}) != GREW;
			for (k = 0; k < r->nroots && !f->baselined; k++)
				d[k].told = d[k].told || r->roots[k].f == f->f;
		} else {
			old = lookup(v, r, rules[f->rule].id, f->f);
			f->baselined = old != NULL && ordinal[i] <= old->value;
		}
		r->nnew += !f->baselined;
	}
	free(ordinal);
	return d;
}

bool grown(const struct delta *d)
{
	return d != NULL && d->change == GREW && !d->told;
}
