/*
 * out_html.c - one static page: budgets, the icicle of the worst chains, findings, figures.
 *
 * Self-contained: no network, no script or style from elsewhere, and a policy in the page that
 * says so to the browser. The overview of several files stands on top, so the parts are kept
 * until the end.
 */
#include "user.h"

#include <stdlib.h>

enum { MaxRows = 1000, PathSteps = 16, OpenFindings = 4, MaxFindings = 1000 };

static struct buf overview, body;

static void code(struct buf *b, const char *s)
{
	buf_str(b, "<code>");
	put_markup(b, s);
	buf_str(b, "</code>");
}

static void meter(struct buf *b, const struct chain *c)
{
	bool over = !known(c->used) || c->used > c->limit, near = !over && c->limit - c->used < c->limit / 16;
	double full = over && known(c->used) ? (double)c->used : (double)c->limit;
	double used = known(c->used) ? (double)c->used : full;

	buf_fmt(b, "<span class=\"meter%s\" aria-hidden=\"true\"><i style=\"width:%.1f%%\"></i>", over ? " over" : near ? " near" : "",
		full > 0 ? used * 100 / full : 0);
	if (over && full > 0)
		buf_fmt(b, "<b style=\"left:%.1f%%\"></b>", (double)c->limit * 100 / full);
	buf_str(b, "</span>");
}

static void change(struct buf *b, const struct delta *d, int64_t used)
{
	buf_fmt(b, "<td class=\"num%s\">", d->change == GREW ? " bad" : d->change == SHRANK ? " ok" : " dim");
	if (d->change == SAME || d->change == APPEARED || !known(d->old) || !known(used))
		buf_str(b, d->change == SAME ? "=" : change_word[d->change]);
	else
		buf_fmt(b, "%+lld", (long long)(used - d->old));
	buf_str(b, "</td>");
}

static void root_row(struct buf *b, const struct report *p, const struct result *r, const struct root *root, const struct delta *d)
{
	const struct chain *c = &root->worst;
	struct buf text = {0};

	buf_fmt(b, "<tr class=\"hit\" id=\"f%ur%zu\"><td class=\"name\">", p->files, (size_t)(root - r->roots));
	code(b, root->f->name);
	buf_str(b, "</td><td>");
	if (hasbudget(c->limit))
		meter(b, c);
	buf_str(b, "</td><td class=\"num\">");
	put_used(b, c);
	if (hasbudget(c->limit))
		buf_fmt(b, " of %lld", (long long)c->limit);
	buf_str(b, "</td>");
	if (!known(c->used))
		buf_str(b, "<td class=\"num bad\">?</td>");
	else if (!hasbudget(c->limit))
		buf_str(b, "<td class=\"num dim\">–</td>");
	else if (c->used > c->limit)
		buf_fmt(b, "<td class=\"num bad\">%lld over</td>", (long long)(c->used - c->limit));
	else
		buf_fmt(b, "<td class=\"num\">%lld</td>", (long long)(c->limit - c->used));
	if (d != NULL)
		change(b, d, c->used);
	buf_fmt(b, "<td class=\"num dim\">%s</td><td class=\"chain\"><details class=\"plain\"><summary><code>", quality_word(c));
	put_path(b, c, PathSteps, " &gt; ", put_markup);
	buf_str(b, "</code></summary><pre>");
	put_chain(&text, r, c, PLAIN, false);
	put_markup_text(b, buf_text(&text));
	buf_str(b, "</pre></details></td></tr>\n");
	buf_free(&text);
}

static void budgets(struct buf *b, const struct report *p, const struct result *r, const struct delta *d)
{
	const struct root **roots = sorted_roots(r);
	size_t i;

	buf_fmt(b, "<h3>Budgets</h3>\n<div class=\"wide\"><table><thead><tr><th scope=\"col\">root</th><th scope=\"col\">budget</th>"
		   "<th scope=\"col\" class=\"num\">bytes</th><th scope=\"col\" class=\"num\">left</th>%s<th scope=\"col\" class=\"num\">"
		   "quality</th><th scope=\"col\">worst chain</th></tr></thead>\n<tbody>\n",
		d != NULL ? "<th scope=\"col\" class=\"num\">to the baseline</th>" : "");
	for (i = 0; i < r->nroots && i < MaxRows; i++)
		root_row(b, p, r, roots[i], d != NULL ? &d[roots[i] - r->roots] : NULL);
	buf_str(b, "</tbody></table></div>\n");
	if (r->nroots > MaxRows)
		buf_fmt(b, "<p class=\"dim\">and %zu roots with more left</p>\n", r->nroots - MaxRows);
	free(roots);
}

static void finding(struct buf *b, const struct result *r, const struct finding *f, bool open)
{
	struct buf text = {0};

	buf_fmt(b, "<details class=\"hit%s\"%s><summary><b>%s</b> ", f->baselined ? " known" : "", open ? " open" : "", rules[f->rule].id);
	put_place(&text, r->image, f->f, finding_pc(f));
	code(b, text.p);
	buf_str(b, " ");
	put_markup(b, f->message);
	buf_str(b, f->baselined ? " <span class=\"dim\">(known to the baseline)</span></summary>\n" : "</summary>\n");
	buf_free(&text);
	put_chain(&text, r, &f->chain, PLAIN, false);
	put_advice(&text, f);
	if (text.n > 0) {
		buf_str(b, "<pre>");
		put_markup_text(b, text.p);
		buf_str(b, "</pre>\n");
	}
	buf_str(b, "<p class=\"dim small\">");
	put_markup(b, rules[f->rule].help);
	buf_str(b, "</p></details>\n");
	buf_free(&text);
}

static void findings(struct buf *b, const struct result *r)
{
	size_t i, shown = 0;

	buf_str(b, "<h3>Findings</h3>\n");
	for (i = 0; i < r->nfindings && shown < MaxFindings; i++)
		if (!r->findings[i].baselined) {
			finding(b, r, &r->findings[i], shown < OpenFindings);
			shown++;
		}
	if (shown < r->nnew)
		buf_fmt(b, "<p class=\"dim\">and %zu more: the text output has all of them</p>\n", r->nnew - shown);
	if (r->nnew == r->nfindings)
		return;
	buf_fmt(b, "<details class=\"known\"><summary>%zu known to the baseline</summary>\n", r->nfindings - r->nnew);
	for (i = 0, shown = 0; i < r->nfindings && shown < MaxFindings; i++)
		if (r->findings[i].baselined) {
			finding(b, r, &r->findings[i], false);
			shown++;
		}
	buf_str(b, "</details>\n");
}

static void figures(struct buf *b, const struct result *r)
{
	struct buf line = {0};
	const struct func *f;
	size_t i = 0;

	buf_fmt(b, "<h3>Figures</h3>\n<dl><dt>functions</dt><dd>%u of %u analyzed: %u exact, %u bound, %u unknown</dd>"
		   "<dt>instructions</dt><dd>%u, and %u bytes that are none</dd>", r->analyzed, r->nfuncs, r->exact, r->bound, r->unknown,
		r->ninsns, r->undecoded);
	buf_fmt(b, "<dt>call sites</dt><dd>%u: depth unknown at %u, in dynamic frames %u</dd><dt>indirect</dt><dd>%u calls and jumps, "
		   "%u unresolved</dd><dt>CFI</dt><dd>%u places compared, %u disagree</dd></dl>\n", r->ncallsites, r->nunknownsites,
		r->ndynamicsites, r->nindirect, r->nunresolved, r->cfichecked, r->cfibad);
	while ((f = odd_next(r, &i)) != NULL) {
		put_odd(&line, r->image, f);
		buf_str(b, "<p>CFI: ");
		put_markup(b, line.p);
		buf_str(b, "</p>\n");
		buf_free(&line);
	}
}

static void verdict(struct buf *b, size_t new, size_t known, size_t grew)
{
	buf_fmt(b, "<strong class=\"%s\">%s</strong>", new + grew == 0 ? "ok" : "bad", new + grew == 0 ? "ok" : "findings");
	if (new > 0)
		buf_fmt(b, " %zu finding%s", new, new == 1 ? "" : "s");
	if (grew > 0)
		buf_fmt(b, "%s %zu root%s grew", new > 0 ? "," : "", grew, grew == 1 ? "" : "s");
	if (known > 0)
		buf_fmt(b, " <span class=\"dim\">(%zu known to the baseline)</span>", known);
}

static void overview_row(struct report *p, const struct result *r, size_t grew)
{
	const struct root *worst = worst_root(r);
	struct buf *b = &overview;

	buf_fmt(b, "<tr><td class=\"name\"><a href=\"#f%u\">", p->files);
	code(b, r->image->path);
	buf_str(b, "</a></td><td>");
	put_markup(b, r->label);
	buf_str(b, "</td><td>");
	verdict(b, r->nnew, r->nfindings - r->nnew, grew);
	buf_str(b, "</td><td>");
	if (worst != NULL) {
		code(b, worst->f->name);
		buf_str(b, " ");
		put_used(b, &worst->worst);
		if (hasbudget(worst->worst.limit))
			buf_fmt(b, " of %lld", (long long)worst->worst.limit);
	}
	buf_str(b, "</td></tr>\n");
}

static void file(struct report *p, const struct result *r, const struct delta *d)
{
	struct buf *b = &body;
	size_t i, grew = 0;

	for (i = 0; d != NULL && i < r->nroots; i++)
		grew += grown(&d[i]);
	overview_row(p, r, grew);
	buf_fmt(b, "<section id=\"f%u\">\n<h2>", p->files);
	code(b, r->image->path);
	buf_str(b, " <span class=\"dim\">");
	put_markup(b, r->label);
	buf_str(b, "</span></h2>\n<p>");
	verdict(b, r->nnew, r->nfindings - r->nnew, grew);
	if (hasbudget(r->limit))
		buf_fmt(b, " <span class=\"dim\">limit %lld bytes</span>", (long long)r->limit);
	buf_str(b, "</p>\n");
	if (r->nfindings > 0)
		findings(b, r);
	if (r->nroots > 0) {
		budgets(b, p, r, d);
		buf_str(b, "<h3>Worst chains</h3>\n");
		put_icicle(b, r, p->files);
	}
	figures(b, r);
	buf_str(b, "</section>\n");
}

static void end(struct report *p)
{
	struct buf *b = &p->b;

	buf_fmt(b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src "
		   "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		   "<title>nosplit: %s</title>\n<style>\n%s</style>\n</head>\n<body>\n<header><h1>nosplit</h1><p>",
		p->findings + p->grew > 0 ? "findings" : "ok", page_style);
	verdict(b, p->findings, p->known, p->grew);
	if (p->bad > 0)
		buf_fmt(b, " <strong class=\"bad\">%u file%s could not be read</strong>", p->bad, p->bad == 1 ? "" : "s");
	buf_str(b, "</p></header>\n<div id=\"search\" hidden><input type=\"search\" id=\"q\" aria-label=\"Search functions\" "
		   "placeholder=\"Search functions and files\"><span id=\"count\" class=\"dim\" role=\"status\"></span></div>\n<main>\n");
	if (p->files > 1) {
		buf_str(b, "<h2>Files</h2>\n<div class=\"wide\"><table><thead><tr><th scope=\"col\">file</th><th scope=\"col\">port</th>"
			   "<th scope=\"col\">verdict</th><th scope=\"col\">least left</th></tr></thead>\n<tbody>\n");
		buf_add(b, overview.p, overview.n);
		buf_str(b, "</tbody></table></div>\n");
	}
	buf_add(b, body.p, body.n);
	buf_fmt(b, "</main>\n<script>\n%s</script>\n</body>\n</html>\n", page_script);
	buf_free(&overview);
	buf_free(&body);
}

const struct output out_html = {"html", NULL, file, end};
