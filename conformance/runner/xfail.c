/*
 * xfail.c - expected failures: known, listed with a reason, and strict.
 *
 * An entry names a port and an id, ID or ID.K; ID stands for all points of the test. Its first
 * column may be narrowed to "port variant" or "port variant how". An entry that names nothing
 * in the plan or the assertions ends the program; one whose test passes fails that test, so
 * that a mended failure cannot stay on the list.
 */
#include "runner.h"

#include <string.h>

static bool is_where(const char *where, const struct row *r)
{
	return strcmp(where, r->port) == 0 ||
		strcmp(where, mem_fmt("%s %s", r->port, r->variant)) == 0 ||
		strcmp(where, row_name(r)) == 0;
}

/* K of ID.K as a point number. */
static bool is_point(const char *id, const char *base)
{
	const char *k = id + strlen(base);

	return id_within(id, base) && k[0] == '.' && k[1] &&
		k[1 + strspn(k + 1, "0123456789")] == 0;
}

static bool names(const struct xfail *x, const struct plan *p, const struct test *t)
{
	return (strcmp(x->id, t->id) == 0 || is_point(x->id, t->id)) &&
		is_where(x->where, &p->rows[t->row]);
}

static bool is_asserted(const struct assertions *s, const char *id)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (id_within(id, s->a[i].id) || id_within(s->a[i].id, id))
			return true;
	return s->name == NULL;
}

static void check(const struct xfails *x, const struct xfail *e, const struct plan *p,
	const struct assertions *s)
{
	size_t i;

	for (i = 0; i + 1 < x->n; i++)
		if (strcmp(x->x[i].where, e->where) == 0 && strcmp(x->x[i].id, e->id) == 0)
			die_at(x->name, e->line, "%s %s is already on line %d: keep one of them",
				e->where, e->id, x->x[i].line);
	if (!is_asserted(s, e->id))
		die_at(x->name, e->line, "%s is not in %s: correct the id or remove the line",
			e->id, s->name);
	for (i = 0; i < p->ntests; i++)
		if (names(e, p, &p->tests[i]))
			return;
	die_at(x->name, e->line, "no test %s for %s in %s: correct the line or remove it", e->id,
		e->where, p->name);
}

void xfails_read(
	struct xfails *x, const char *name, const struct plan *p, const struct assertions *s)
{
	struct tsv t;

	x->name = name;
	tsv_open(&t, name);
	while (tsv_next(&t, 3, "port, id, reason")) {
		tsv_name(&t, 0, "port", "/._-+ ");
		tsv_name(&t, 1, "id", "._-");
		x->x = grow(x->x, x->n, &x->cap, sizeof *x->x);
		x->x[x->n++] = (struct xfail){t.f[0], t.f[1], t.f[2], t.line};
		check(x, &x->x[x->n - 1], p, s);
	}
}

static void expect(struct result *r, const struct xfail *e)
{
	r->status = XFAILED;
	r->unreached = false;
	r->message = mem_fmt("expected: %s\n%s", e->reason, r->message);
}

static void apply(const struct xfails *x, const struct xfail *e, struct test *t)
{
	size_t i, matched = 0, excused = 0;
	struct result *passed = NULL;

	for (i = 0; i < t->nresults; i++) {
		struct result *r = &t->results[i];

		if (!id_within(r->id, e->id)) {
			/* The whole test broke down: its failure says so, and is not excused. */
			if (strcmp(r->id, t->id) == 0 && r->status == FAILED)
				return;
			continue;
		}
		matched++;
		if (r->status == PASSED) {
			passed = r;
			continue;
		}
		excused++; /* skipped or excused by another entry: nothing to object to */
		if (r->status == FAILED)
			expect(r, e);
	}
	if (excused > 0)
		return;
	if (passed == NULL) {
		passed = result_add(t, e->id, FAILED);
		passed->sentence = e->reason;
	}
	passed->status = FAILED;
	passed->message = matched > 0
		? mem_fmt("%s:%d: expected a failure (%s), found a pass: remove the line", x->name,
			  e->line, e->reason)
		: mem_fmt("%s:%d: expected a failure of %s (%s), found no such point: remove the "
			  "line",
			  x->name, e->line, e->id, e->reason);
}

void xfails_apply(const struct xfails *x, const struct plan *p, struct test *t)
{
	size_t i;

	for (i = 0; i < x->n; i++)
		if (!t->skipped && names(&x->x[i], p, t))
			apply(x, &x->x[i], t);
}
