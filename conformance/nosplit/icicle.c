/*
 * icicle.c - the worst chains as one inline SVG: a row a root, a block a function, the width
 * its bytes. The dark edge of a block is what the call pushed. The budget is a dashed line.
 */
#include "user.h"

#include <stdlib.h>
#include <string.h>

enum { Rows = 60, RowHeight = 24, Left = 150, Width = 1100, Right = 190, Top = 18, CharWidth = 7 };

/* Light enough for dark text on each. */
static const char *const palette[] = {"#9ec5fe", "#a3cfbb", "#ffe08a", "#f1aeb5", "#c5b3f0", "#9eeaf9", "#fecba1", "#d5dbe1", "#b8e08c", "#efadce"};

static const char *color(const char *name)
{
	uint32_t h = 2166136261u;

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * 16777619u;
	return palette[h % nelem(palette)];
}

/* As many characters of s as fit into so many pixels, ".." for the rest; nothing below three. */
static void label(struct buf *b, const char *s, double width)
{
	struct buf clean = {0};
	size_t fit = width > 10 ? (size_t)((width - 8) / CharWidth) : 0, n = 0, k = 0;

	buf_add(&clean, "", 0);
	put_clean(&clean, s);
	while (n < clean.n && k < fit) {
		n++;
		while (n < clean.n && ((unsigned char)clean.p[n] & 0xc0) == 0x80)
			n++;
		k++;
	}
	if (n == clean.n || fit >= 3) {
		bool cut = n < clean.n;

		while (cut && k-- > fit - 2)
			while (n > 0 && ((unsigned char)clean.p[--n] & 0xc0) == 0x80)
				;
		clean.p[n] = 0;
		if (n > 0)
			put_markup(b, clean.p);
		buf_str(b, cut ? ".." : "");
	}
	buf_free(&clean);
}

static void block(struct buf *b, const struct image *im, const struct chain *c, const struct step *s, double x, double y, double scale)
{
	double w = (double)(s->uses + s->call) * scale, call = (double)s->call * scale;
	struct buf place = {0};

	buf_fmt(b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>", x, y, w, RowHeight - 4, color(s->f->name));
	put_markup(b, s->f->name);
	buf_fmt(b, ": uses %lld", (long long)s->uses);
	if (s->call > 0)
		buf_fmt(b, ", call %lld", (long long)s->call);
	if (hasbudget(c->limit))
		buf_fmt(b, ", %lld left", (long long)s->left);
	buf_str(b, s->biggest ? ", the largest; " : "; ");
	put_place(&place, im, s->f, s->pc);
	put_markup(b, place.p);
	buf_str(b, "</title></rect>");
	if (call > 0)
		buf_fmt(b, "<rect class=\"call\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>", x, y, call, RowHeight - 4);
	buf_fmt(b, "<text x=\"%.1f\" y=\"%.1f\">", x + call + 4, y + 14);
	label(b, s->f->name, w - call);
	buf_str(b, "</text>\n");
	buf_free(&place);
}

static void row(struct buf *b, const struct result *r, const struct root *root, double y, double scale, unsigned file)
{
	const struct chain *c = &root->worst;
	bool over = !known(c->used) || (hasbudget(c->limit) && c->used > c->limit);
	double x = Left;
	unsigned i;

	buf_fmt(b, "<a class=\"hit\" href=\"#f%ur%zu\"><text class=\"say\" x=\"0\" y=\"%.1f\">", file, (size_t)(root - r->roots), y + 14);
	label(b, root->f->name, Left);
	buf_str(b, "</text>\n");
	for (i = 0; i < c->nsteps && known(c->steps[i].uses); i++) {
		block(b, r->image, c, &c->steps[i], x, y, scale);
		x += (double)(c->steps[i].uses + c->steps[i].call) * scale;
	}
	buf_fmt(b, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", over ? "over" : "say", x + 6, y + 14);
	if (c->used == UNKNOWN && c->atleast > 0)
		buf_fmt(b, "at least %lld", (long long)c->atleast);
	else
		put_bytes(b, c->used);
	if (hasbudget(c->limit) && known(c->used))
		buf_fmt(b, over ? ", %lld over" : ", %lld left", (long long)llabs((long long)(c->limit - c->used)));
	buf_str(b, "</text></a>\n");
}

/* Bytes of the blocks of a row. */
static int64_t drawn(const struct chain *c)
{
	int64_t sum = 0;
	unsigned i;

	for (i = 0; i < c->nsteps && known(c->steps[i].uses); i++)
		sum += c->steps[i].uses + c->steps[i].call;
	return sum;
}

void put_icicle(struct buf *b, const struct result *r, unsigned file)
{
	const struct root **roots = sorted_roots(r);
	size_t n = r->nroots < Rows ? r->nroots : Rows, i;
	int64_t most = hasbudget(r->limit) ? r->limit : 1;
	double scale, height;

	for (i = 0; i < n; i++)
		if (drawn(&roots[i]->worst) > most)
			most = drawn(&roots[i]->worst);
	scale = (double)(Width - Left - Right) / (double)(most > 0 ? most : 1);
	height = Top + (double)n * RowHeight + 4;
	buf_fmt(b, "<div class=\"wide\"><svg class=\"icicle\" viewBox=\"0 0 %d %.0f\" role=\"img\" aria-label=\"Worst chain of each root, "
		   "a block a function, as wide as its bytes\">\n", Width, height);
	for (i = 0; i < n; i++)
		row(b, r, roots[i], Top + (double)i * RowHeight, scale, file);
	if (hasbudget(r->limit)) {
		double x = Left + (double)r->limit * scale;

		buf_fmt(b, "<line x1=\"%.1f\" y1=\"4\" x2=\"%.1f\" y2=\"%.0f\"/><text class=\"say\" x=\"%.1f\" y=\"12\">limit %lld</text>\n", x, x,
			height, x + 5, (long long)r->limit);
	}
	buf_str(b, "</svg></div>\n");
	if (r->nroots > n)
		buf_fmt(b, "<p class=\"dim small\">The %zu roots with the least left; %zu more are in the table.</p>\n", n, r->nroots - n);
	free(roots);
}
