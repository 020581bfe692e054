/*
 * everything.c - the part of index.html that lists every assertion, by subject: sentence and
 * source, then status and milliseconds in each row of the matrix.
 */
#include "runner.h"

#include <stdlib.h>
#include <string.h>

/* One result with the test it belongs to, sorted by subject, id, row. */
struct entry {
	const struct test *t;
	const struct result *r;
};

static int by_subject_id_row(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order;

	if (x->t->subject != y->t->subject)
		return x->t->subject < y->t->subject ? -1 : 1;
	order = natural(x->r->id, y->r->id);
	if (order != 0)
		return order;
	return x->t->row < y->t->row ? -1 : x->t->row > y->t->row;
}

static void status_cell(struct buf *b, const struct result *r)
{
	static const char *const marks[] = {"✓", "✗", "~", "x"};
	static const char classes[] = "pfsx";

	buf_fmt(b, "<td class=\"%c\"", classes[r->status]);
	if (r->status == SKIPPED) {
		buf_str(b, " title=\"");
		buf_markup(b, r->message);
		buf_str(b, "\"");
	}
	buf_fmt(b, "><span aria-hidden=\"true\">%s</span><span class=\"v\">%s</span>",
		marks[r->status], status_name(r->status));
	if (r->status != SKIPPED && !r->unreached)
		buf_fmt(b, " %.*f", r->ms < 10 ? 1 : 0, r->ms);
	buf_str(b, "</td>");
}

/* One assertion: e[0..n) are its results, in the order of rows. */
static void assertion(
	struct buf *b, const struct context *c, const struct entry *e, size_t n, const bool *used)
{
	const struct assertion *a = assertion_find(&c->assertions, e->r->id);
	size_t row, i = 0, failed = 0, skipped = 0;

	if (a == NULL)
		a = assertion_find(&c->assertions, e->t->id);
	for (i = 0; i < n; i++) {
		failed += e[i].r->status == FAILED;
		skipped += e[i].r->status == SKIPPED;
	}
	buf_fmt(b, "<tr class=\"%s\"><th scope=\"row\">", failed ? "hf" : skipped ? "hs" : "hp");
	buf_markup(b, e->r->id);
	buf_str(b, "</th><td class=\"t\">");
	buf_markup(b, e->r->sentence);
	buf_str(b, "<span class=\"dim\"><code>");
	buf_markup(b, e->t->source);
	buf_str(b, "</code>");
	if (a != NULL) {
		buf_str(b, " · ");
		buf_markup(b, a->source);
	}
	buf_str(b, "</span></td>");
	for (row = 0, i = 0; row < c->plan.nrows; row++) {
		if (!used[row])
			continue;
		if (i < n && e[i].t->row == row)
			status_cell(b, e[i++].r);
		else
			buf_str(b, "<td class=\"none\">–</td>");
	}
	buf_str(b, "</tr>\n");
}

static void subject(struct buf *b, const struct context *c, const struct entry *e, size_t n)
{
	size_t s = e->t->subject, row, i, k;
	struct counts all = count(&c->plan, ANY, s);
	bool *used = mem(c->plan.nrows * sizeof *used);

	buf_fmt(b, "<details class=\"subject\"%s><summary><b>", all.failed ? " open" : "");
	buf_markup(b, c->plan.subjects[s]);
	buf_fmt(b, "</b> %zu/%zu passed", all.passed, all.passed + all.failed + all.skipped);
	if (all.failed > 0)
		buf_fmt(b, ", <strong class=\"f\">%zu failed</strong>", all.failed);
	if (all.skipped > 0)
		buf_fmt(b, ", %zu skipped", all.skipped);
	buf_fmt(b,
		"</summary>\n<div class=\"wide\" id=\"s%zu\" tabindex=\"0\" role=\"region\" "
		"aria-label=\"",
		s);
	buf_markup(b, c->plan.subjects[s]);
	buf_str(b,
		"\"><table class=\"all\">\n<thead><tr><th scope=\"col\">id</th>"
		"<th scope=\"col\">assertion and source</th>");
	for (row = 0; row < c->plan.nrows; row++) {
		struct counts in = count(&c->plan, row, s);

		used[row] = in.passed + in.failed + in.skipped > 0;
		if (!used[row])
			continue;
		buf_str(b, "<th scope=\"col\"><b>");
		buf_markup(b, c->plan.rows[row].port);
		buf_str(b, "</b><br>");
		buf_markup(b, c->plan.rows[row].variant);
		buf_str(b, "<br>");
		buf_markup(b, c->plan.rows[row].how);
		buf_str(b, "</th>");
	}
	buf_str(b, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < n; i = k) {
		for (k = i + 1; k < n && strcmp(e[k].r->id, e[i].r->id) == 0; k++)
			;
		assertion(b, c, e + i, k - i, used);
	}
	buf_str(b, "</tbody>\n</table></div></details>\n");
}

void html_everything(struct buf *b, const struct context *c)
{
	struct entry *e = NULL;
	size_t n = 0, cap = 0, i, k;

	for (i = 0; i < c->plan.ntests; i++) {
		const struct test *t = &c->plan.tests[i];

		for (k = 0; k < t->nresults; k++) {
			e = grow(e, n, &cap, sizeof *e);
			e[n++] = (struct entry){t, &t->results[k]};
		}
	}
	if (n > 0)
		qsort(e, n, sizeof *e, by_subject_id_row);
	buf_str(b,
		"<section class=\"every\" aria-labelledby=\"h-all\">\n<h2 id=\"h-all\">Every "
		"assertion</h2>\n"
		"<p class=\"dim\">✓ passed, ✗ failed, x failed as expected, ~ skipped, – not run "
		"here; "
		"the number is milliseconds. Open a subject to see its assertions.</p>\n"
		"<div role=\"radiogroup\" aria-label=\"Assertions to show\" class=\"filter\">"
		"<label><input type=\"radio\" name=\"show\" id=\"show-all\" checked> all</label> "
		"<label><input type=\"radio\" name=\"show\" id=\"show-f\"> with failures</label> "
		"<label><input type=\"radio\" name=\"show\" id=\"show-s\"> with "
		"skips</label></div>\n");
	for (i = 0; i < n; i = k) {
		for (k = i + 1; k < n && e[k].t->subject == e[i].t->subject; k++)
			;
		subject(b, c, e + i, k - i);
	}
	buf_str(b, "</section>\n");
	free(e);
}
