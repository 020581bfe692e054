/*
 * tap.c - reads what a test printed: TAP 13, strictly.
 *
 * Points must be numbered and in order, the plan must be there once, before the first point or
 * after the last. TODO is not a directive here: expected failures are listed in one file, with
 * reasons, and not in the tests. Lines that are no TAP are ignored, as TAP 13 says.
 */
#include "runner.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct reader {
	struct tap *tap;
	const struct test *t;
	int line;
	size_t mark;
	int64_t before; /* when the previous point had arrived */
	size_t plan_at; /* points before the plan */
	bool stopped;   /* the order is lost: later points mean nothing */
	struct buf ahead; /* diagnostics that came before the point they explain */
};

static char *clean(const char *p, size_t n)
{
	struct buf b = {0};

	buf_clean(&b, p, n);
	return buf_keep(&b);
}

static void broken(struct reader *r, const char *what, const char *line, size_t n)
{
	if (r->tap->broken.n == 0)
		buf_fmt(&r->tap->broken, "%s, found stdout line %d: %s", what, r->line,
			clean(line, n < 200 ? n : 200));
}

static bool starts(const char *p, size_t n, const char *with)
{
	size_t len = strlen(with);

	return n >= len && memcmp(p, with, len) == 0;
}

/* Digits at p up to end or a blank: the number and its length, or false. */
static bool number(const char *p, size_t n, size_t *value, size_t *len)
{
	size_t i;

	*value = 0;
	for (i = 0; i < n && p[i] >= '0' && p[i] <= '9'; i++)
		if (i >= 9)
			return false;
		else
			*value = *value * 10 + (size_t)(p[i] - '0');
	*len = i;
	return i > 0 && (i == n || p[i] == ' ' || p[i] == '\t');
}

static const char *trim(const char *p, size_t *n)
{
	while (*n > 0 && (*p == ' ' || *p == '\t')) {
		p++;
		--*n;
	}
	while (*n > 0 && (p[*n - 1] == ' ' || p[*n - 1] == '\t'))
		--*n;
	return p;
}

/* Finds "# SKIP reason" in p: cuts p there and returns the reason, or NULL. */
static const char *cut_skip(const char *p, size_t *n)
{
	size_t i, rest;
	const char *q;

	for (i = 0; i < *n; i++) {
		if (p[i] != '#' || (i > 0 && p[i - 1] != ' ' && p[i - 1] != '\t'))
			continue;
		rest = *n - i - 1;
		q = trim(p + i + 1, &rest);
		if (rest < 4 || strncasecmp(q, "skip", 4) != 0)
			continue;
		rest -= 4;
		q = trim(q + 4, &rest);
		*n = i;
		return rest > 0 ? clean(q, rest) : "no reason given";
	}
	return NULL;
}

static void plan(struct reader *r, const char *p, size_t n)
{
	struct tap *tap = r->tap;
	const char *skip;
	size_t value, len, rest;

	if (tap->planned) {
		broken(r, "expected one plan 1..N, found a second one", p, n);
		return;
	}
	if (!number(p + 3, n - 3, &value, &len) || value > POINTS_MAX) {
		broken(r, "expected a plan 1..N of at most 10000 points", p, n);
		return;
	}
	rest = n - 3 - len;
	skip = cut_skip(p + 3 + len, &rest);
	if (value == 0 && skip == NULL)
		broken(r, "expected a plan of at least one point", p, n);
	tap->skip_all = value == 0 && skip != NULL;
	tap->skip_reason = skip;
	tap->planned = true;
	tap->plan = value;
	r->plan_at = tap->npoints;
}

static double elapsed(struct reader *r, const char *line)
{
	const struct capture *c = &r->t->out;
	size_t at = (size_t)(line - c->b.p);
	double ms;

	while (r->mark + 1 < c->nmarks && c->marks[r->mark].end <= at)
		r->mark++;
	ms = (double)(c->marks[r->mark].ns - r->before) / 1e6;
	r->before = c->marks[r->mark].ns;
	return ms;
}

static void point(struct reader *r, const char *p, size_t n, bool ok)
{
	struct tap *tap = r->tap;
	struct point new = {.ok = ok};
	size_t value, len, skip = ok ? 2 : 6, rest;
	const char *q;

	rest = n - skip;
	q = trim(p + skip, &rest);
	if (!number(q, rest, &value, &len)) {
		broken(r, "expected `ok K - text` or `not ok K - text`", p, n);
		r->stopped = true;
		return;
	}
	if (value != tap->npoints + 1) {
		broken(r, mem_fmt("expected point %zu", tap->npoints + 1), p, n);
		r->stopped = true;
		return;
	}
	rest -= len;
	q = trim(q + len, &rest);
	if (starts(q, rest, "- ") || (rest == 1 && *q == '-')) {
		rest--;
		q = trim(q + 1, &rest);
	}
	new.reason = cut_skip(q, &rest);
	new.skip = new.reason != NULL;
	q = trim(q, &rest);
	new.text = clean(q, rest);
	new.ms = elapsed(r, p);
	if (ok)
		buf_free(&r->ahead);
	else
		new.diagnostics = r->ahead;
	r->ahead = (struct buf){0};
	if (tap->throws != NULL && tap->throws_at == tap->npoints) {
		new.ok = false;
		buf_fmt(&new.diagnostics,
			"expected a throw of \"%s\", found that the test went on: %s\n",
			clean(tap->throws, tap->throws_n), clean(p, n));
	}
	tap->points = grow(tap->points, tap->npoints, &tap->cappoints, sizeof *tap->points);
	tap->points[tap->npoints++] = new;
}

static void diagnostic(struct reader *r, const char *p, size_t n)
{
	struct tap *tap = r->tap;
	size_t rest = n - 1;
	const char *q = p + 1;

	if (rest > 0 && *q == ' ') {
		q++;
		rest--;
	}
	if (starts(q, rest, "throws:")) {
		rest -= 7;
		q = trim(q + 7, &rest);
		if (tap->throws != NULL || rest == 0) {
			broken(r, "expected one `# throws: MESSAGE`", p, n);
			return;
		}
		tap->throws = q;
		tap->throws_n = rest;
		tap->throws_at = tap->npoints;
	} else {
		bool after = tap->npoints > 0 && !tap->points[tap->npoints - 1].ok;
		struct buf *b = after ? &tap->points[tap->npoints - 1].diagnostics : &r->ahead;
		buf_clean(b, q, rest);
		buf_str(b, "\n");
	}
}

static void line(struct reader *r, const char *p, size_t n)
{
	r->line++;
	if (n > 0 && p[n - 1] == '\r') /* what a program of Windows prints */
		n--;
	if (starts(p, n, "1.."))
		plan(r, p, n);
	else if (starts(p, n, "Bail out!"))
		broken(r, "expected no bail-out", p, n);
	else if (r->stopped)
		return;
	else if (starts(p, n, "ok") && (n == 2 || p[2] == ' ' || p[2] == '\t'))
		point(r, p, n, true);
	else if (starts(p, n, "not ok") && (n == 6 || p[6] == ' ' || p[6] == '\t'))
		point(r, p, n, false);
	else if (starts(p, n, "#"))
		diagnostic(r, p, n);
}

void tap_parse(struct tap *tap, const struct test *t)
{
	struct reader r = {.tap = tap, .t = t, .before = t->started};
	const char *p = t->out.b.p, *end, *nl;

	*tap = (struct tap){0};
	if (t->out.b.n == 0)
		return;
	for (end = p + t->out.b.n; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (nl == NULL && t->out.cut)
			break; /* half a line says nothing */
		if (nl == NULL)
			nl = end;
		line(&r, p, (size_t)(nl - p));
	}
	if (tap->planned && r.plan_at > 0 && tap->npoints > r.plan_at && tap->broken.n == 0)
		buf_fmt(&tap->broken,
			"expected the plan before the first point or after the last, "
			"found it after point %zu of %zu",
			r.plan_at, tap->npoints);
	buf_free(&r.ahead);
}

void tap_free(struct tap *tap)
{
	size_t i;

	for (i = 0; i < tap->npoints; i++)
		buf_free(&tap->points[i].diagnostics);
	free(tap->points);
	buf_free(&tap->broken);
}
