/*
 * html.c - index.html: one static page without script, and nothing from elsewhere.
 *
 * Matrix, failures and expected failures; everything.c adds the assertions, style.c the looks.
 * Every string goes through buf_markup(); status is always a word or a mark, never colour alone.
 */
#include "runner.h"

#include <time.h>

static const struct plan *plan;

static bool row_used(size_t row)
{
	struct counts c = count(plan, row, ANY);

	return c.passed + c.failed + c.skipped > 0;
}

static void head(struct buf *b, struct counts all)
{
	char date[64] = "";
	time_t now = time(NULL);
	struct tm tm;

	if (gmtime_r(&now, &tm) != NULL)
		strftime(date, sizeof date, "%Y-%m-%d %H:%M UTC", &tm);
	buf_str(b,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n");
	buf_fmt(b, "<title>%s: portkit conformance</title>\n<style>\n%s</style>\n</head>\n<body>\n",
		all.failed ? "FAILED" : "Passed", html_style);
	buf_str(b, "<header>\n<h1>portkit conformance</h1>\n");
	buf_fmt(b,
		"<p class=\"verdict\"><strong class=\"%s\">%s</strong> %zu passed, %zu failed, "
		"%zu skipped",
		all.failed ? "f" : "p", all.failed ? "Findings" : "All passed", all.passed,
		all.failed, all.skipped);
	if (all.xfailed > 0)
		buf_fmt(b, " <span class=\"dim\">(%zu of the passed are expected failures)</span>",
			all.xfailed);
	buf_fmt(b,
		"</p>\n<div class=\"bar\" aria-hidden=\"true\">"
		"<i class=\"p\" style=\"flex:%zu\"></i><i class=\"f\" style=\"flex:%zu\"></i>"
		"<i class=\"s\" style=\"flex:%zu\"></i></div>\n",
		all.passed, all.failed, all.skipped);
	buf_fmt(b, "<p class=\"dim\">%s</p>\n</header>\n<main>\n", date);
}

static void cell(struct buf *b, size_t row, size_t subject)
{
	struct counts c = count(plan, row, subject);
	size_t total = c.passed + c.failed + c.skipped;

	if (total == 0) {
		buf_str(b, "<td class=\"none\">–</td>");
		return;
	}
	buf_fmt(b, "<td class=\"%s\">", c.failed ? "f" : c.skipped ? "s" : "p");
	if (subject != ANY)
		buf_fmt(b, "<a href=\"#s%zu\">", subject);
	buf_fmt(b, "%zu/%zu%s%s", c.passed, total,
		c.failed ? "<b><span aria-hidden=\"true\">!</span><span class=\"v\"> "
			   "failed</span></b>"
			 : "",
		c.skipped ? "<span aria-hidden=\"true\">~</span><span class=\"v\"> skips</span>"
			  : "");
	buf_str(b, subject != ANY ? "</a></td>" : "</td>");
}

static void row_head(struct buf *b, size_t row)
{
	const struct row *r = &plan->rows[row];

	buf_str(b, "<th scope=\"row\"><b>");
	buf_markup(b, r->port);
	buf_str(b, "</b> <span class=\"dim\">");
	buf_markup(b, mem_fmt("%s %s", r->variant, r->how));
	buf_str(b, "</span></th>");
}

static void matrix(struct buf *b)
{
	size_t row, s;

	buf_str(b,
		"<section aria-labelledby=\"h-matrix\">\n<h2 id=\"h-matrix\">Matrix</h2>\n"
		"<p class=\"dim\">Passed of all, by port and subject. "
		"<b>!</b> has failures, <b>~</b> has skips. ");
	if (modelled(plan))
		buf_str(b, MODELLED ".");
	buf_str(b, "</p>\n"
		"<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Matrix\"><table "
		"class=\"matrix\">\n"
		"<thead><tr><th scope=\"col\">port</th>");
	for (s = 0; s < plan->nsubjects; s++) {
		buf_str(b, "<th scope=\"col\">");
		buf_markup(b, plan->subjects[s]);
		buf_str(b, "</th>");
	}
	buf_str(b, "<th scope=\"col\">total</th></tr></thead>\n<tbody>\n");
	for (row = 0; row < plan->nrows; row++) {
		if (!row_used(row))
			continue;
		buf_str(b, "<tr>");
		row_head(b, row);
		for (s = 0; s < plan->nsubjects; s++)
			cell(b, row, s);
		cell(b, row, ANY);
		buf_str(b, "</tr>\n");
	}
	buf_str(b, "</tbody>\n<tfoot><tr><th scope=\"row\">total</th>");
	for (s = 0; s < plan->nsubjects; s++)
		cell(b, ANY, s);
	cell(b, ANY, ANY);
	buf_str(b, "</tr></tfoot>\n</table></div>\n</section>\n");
}

static void finding(struct buf *b, const struct test *t, const struct result *r)
{
	buf_fmt(b,
		"<details open class=\"finding %s\"><summary><strong class=\"%s\">%s</strong> <b>",
		r->status == FAILED ? "f" : "x", r->status == FAILED ? "f" : "x",
		r->status == FAILED ? "FAIL" : "XFAIL");
	buf_markup(b, r->id);
	buf_str(b, "</b> ");
	buf_markup(b, r->sentence);
	buf_str(b, " <span class=\"dim\">");
	buf_markup(b, row_name(&plan->rows[t->row]));
	buf_str(b, "</span></summary>\n<pre>");
	buf_markup(b, r->message[0] ? r->message : "(no message)");
	if (r + 1 < t->results + t->nresults && r[1].unreached)
		buf_fmt(b, "and %td more not reached\n", t->results + t->nresults - r - 1);
	buf_str(b, "</pre>\n<p class=\"dim\"><code>");
	buf_markup(b, t->source);
	buf_str(b, "</code> · <code>");
	buf_markup(b, run_command(plan, t));
	buf_str(b, "</code></p></details>\n");
}

static void findings(struct buf *b, enum status status, const char *title, const char *id)
{
	size_t i, k, n = 0;

	for (i = 0; i < plan->ntests; i++) {
		const struct test *t = &plan->tests[i];

		for (k = 0; k < t->nresults; k++) {
			if (t->results[k].status != status || t->results[k].unreached)
				continue; /* the first point missing speaks for the rest */
			if (n++ == 0)
				buf_fmt(b,
					"<section aria-labelledby=\"h-%s\">\n<h2 "
					"id=\"h-%s\">%s</h2>\n",
					id, id, title);
			finding(b, t, &t->results[k]);
		}
	}
	if (n > 0)
		buf_str(b, "</section>\n");
}

/* Closed: a port that was skipped by name may hold hundreds. */
static void skips(struct buf *b, size_t n)
{
	size_t i, k;

	if (n == 0)
		return;
	buf_fmt(b, "<details><summary><b>Skipped</b> %zu, with reasons</summary>\n<ul>\n", n);
	for (i = 0; i < plan->ntests; i++) {
		const struct test *t = &plan->tests[i];

		for (k = 0; k < t->nresults; k++) {
			const struct result *r = &t->results[k];

			if (r->status != SKIPPED)
				continue;
			buf_str(b, "<li><b>");
			buf_markup(b, r->id);
			buf_str(b, "</b> ");
			buf_markup(b, r->sentence);
			buf_str(b, " <span class=\"dim\">");
			buf_markup(b, row_name(&plan->rows[t->row]));
			buf_str(b, "</span>: ");
			buf_markup(b, r->message);
			buf_str(b, "</li>\n");
		}
	}
	buf_str(b, "</ul></details>\n");
}

void html_report(struct buf *b, const struct context *c)
{
	plan = &c->plan;
	head(b, count(plan, ANY, ANY));
	matrix(b);
	findings(b, FAILED, "Failures", "fail");
	findings(b, XFAILED, "Expected failures", "xfail");
	skips(b, count(plan, ANY, ANY).skipped);
	html_everything(b, c);
	buf_str(b, "</main>\n</body>\n</html>\n");
}
