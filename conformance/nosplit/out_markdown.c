/*
 * out_markdown.c - for a job summary or a review comment: a table of budgets, and the findings.
 *
 * Names stand in code elements, where GitHub makes neither links nor mentions of them.
 */
#include "user.h"

#include <stdlib.h>

enum { MaxRows = 60, MaxFindings = 100, PathSteps = 8 }; /* a job summary holds a mebibyte */

static void code(struct buf *b, const char *s)
{
	buf_str(b, "<code>");
	put_markdown(b, s);
	buf_str(b, "</code>");
}

static void change(struct buf *b, const struct delta *d, int64_t used)
{
	if (d->change == SAME)
		buf_str(b, " = |");
	else if (d->change == APPEARED || !known(d->old) || !known(used))
		buf_fmt(b, " %s |", change_word[d->change]);
	else
		buf_fmt(b, " %+lld |", (long long)(used - d->old));
}

static void table(struct report *p, const struct result *r, const struct delta *d)
{
	const struct root **roots = sorted_roots(r);
	struct buf *b = &p->b;
	size_t i;

	buf_fmt(b, "\n| root | bytes | limit | left |%s worst chain |\n|---|--:|--:|--:|%s---|\n", d != NULL ? " change |" : "",
		d != NULL ? "--:|" : "");
	for (i = 0; i < r->nroots && i < MaxRows; i++) {
		const struct chain *c = &roots[i]->worst;

		buf_str(b, "| ");
		code(b, roots[i]->f->name);
		buf_str(b, " | ");
		put_used(b, c);
		if (hasbudget(c->limit) && known(c->used))
			buf_fmt(b, " | %lld | %lld%s |", (long long)c->limit, (long long)(c->limit - c->used),
				c->used > c->limit ? " **over**" : "");
		else
			buf_str(b, " | – | – |");
		if (d != NULL)
			change(b, &d[roots[i] - r->roots], c->used);
		buf_str(b, " ");
		put_path(b, c, PathSteps, " &gt; ", code);
		buf_str(b, " |\n");
	}
	if (r->nroots > MaxRows)
		buf_fmt(b, "\nand %zu roots with more left.\n", r->nroots - MaxRows);
	free(roots);
}

static void finding(struct buf *b, const struct result *r, const struct finding *f)
{
	struct buf text = {0};

	buf_fmt(b, "\n<details%s><summary><b>%s</b> ", f->baselined ? "" : " open", rules[f->rule].id);
	put_place(&text, r->image, f->f, finding_pc(f));
	code(b, text.p);
	buf_str(b, ": ");
	code(b, f->message);
	buf_str(b, f->baselined ? " (known)</summary>\n" : "</summary>\n");
	buf_free(&text);
	put_chain(&text, r, &f->chain, PLAIN, false);
	put_advice(&text, f);
	if (text.n > 0) {
		buf_str(b, "\n<pre>\n");
		put_markup_text(b, text.p);
		buf_str(b, "</pre>\n");
	}
	buf_str(b, "</details>\n");
	buf_free(&text);
}

static void file(struct report *p, const struct result *r, const struct delta *d)
{
	struct buf *b = &p->b;
	size_t i, n = 0;

	for (i = 0; i < r->nroots; i++)
		n += d != NULL && grown(&d[i]);
	buf_fmt(b, "%s### ", p->files > 0 ? "\n" : "");
	code(b, r->image->path);
	buf_str(b, " ");
	code(b, r->label);
	buf_fmt(b, "\n\n%s%zu finding%s", r->nnew + n == 0 ? "**ok**: " : "", r->nnew, r->nnew == 1 ? "" : "s");
	if (n > 0)
		buf_fmt(b, ", %zu root%s grew", n, n == 1 ? "" : "s");
	if (r->nfindings > r->nnew)
		buf_fmt(b, ", %zu known to the baseline", r->nfindings - r->nnew);
	buf_fmt(b, ". %u functions: %u exact, %u bound, %u unknown.\n", r->analyzed, r->exact, r->bound, r->unknown);
	if (r->nroots > 0)
		table(p, r, d);
	for (i = 0; i < r->nfindings && i < MaxFindings; i++)
		finding(b, r, &r->findings[i]);
	if (i < r->nfindings)
		buf_fmt(b, "\nand %zu more: the text output has all of them.\n", r->nfindings - i);
}

const struct output out_markdown = {"markdown", NULL, file, NULL};
