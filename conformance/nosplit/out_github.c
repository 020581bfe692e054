/*
 * out_github.c - workflow commands of GitHub Actions: an annotation a finding, at its line.
 */
#include "user.h"

#include <string.h>

static void annotation(struct report *p, const struct result *r, const struct func *f, addr pc, const char *title, const char *text)
{
	struct buf *b = &p->b, file = {0};
	int line = 0;

	buf_str(b, "::error ");
	if (put_source(&file, r->image, pc, &line)) {
		buf_str(b, "file=");
		put_github(b, file.p);
		buf_fmt(b, ",line=%d,", line);
	}
	buf_str(b, "title=");
	put_github(b, title);
	buf_str(b, "::");
	if (file.n == 0) {
		struct buf place = {0};

		put_place(&place, r->image, f, pc);
		put_github_text(b, place.p);
		buf_str(b, ": ");
		buf_free(&place);
	}
	put_github_text(b, text);
	buf_str(b, "\n");
	buf_free(&file);
}

static void finding(struct report *p, const struct result *r, const struct finding *f)
{
	struct buf text = {0}, title = {0};

	put_clean(&text, f->message);
	buf_fmt(&title, "%s %s [%s]", rules[f->rule].id, rules[f->rule].title, r->label);
	if (f->chain.nsteps > 0 || f->hint != NULL)
		buf_str(&text, "\n");
	put_chain(&text, r, &f->chain, PLAIN, false);
	put_advice(&text, f);
	annotation(p, r, f->f, finding_pc(f), title.p, text.p);
	buf_free(&text);
	buf_free(&title);
}

static void growth(struct report *p, const struct result *r, const struct root *root, const struct delta *d)
{
	struct buf text = {0}, title = {0};

	buf_fmt(&title, "growth [%s]", r->label);
	put_growth(&text, root, d);
	buf_str(&text, "\n");
	put_chain(&text, r, &root->worst, PLAIN, false);
	annotation(p, r, root->f, root->f->start, title.p, text.p);
	buf_free(&text);
	buf_free(&title);
}

static void file(struct report *p, const struct result *r, const struct delta *d)
{
	size_t i;

	for (i = 0; i < r->nfindings; i++)
		if (!r->findings[i].baselined)
			finding(p, r, &r->findings[i]);
	for (i = 0; d != NULL && i < r->nroots; i++)
		if (grown(&d[i]))
			growth(p, r, &r->roots[i], &d[i]);
}

const struct output out_github = {"github", NULL, file, NULL};
