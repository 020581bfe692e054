/*
 * chain.c - a finding and a chain as lines of plain text.
 *
 * The verdict is one line that editors and log readers know how to follow. Under it one line a
 * function: what is left of the budget behind it (without a budget: what is used so far), what
 * it takes, how it was called, and where. Colour only repeats what the words say.
 */
#include "user.h"

#include <string.h>

#define RED "\033[1;31m"
#define BOLD "\033[1m"
#define DIM "\033[2m"
#define RESET "\033[0m"

enum { PlaceColumn = 72 }; /* places of longer lines follow after two spaces */

static const char *paint(enum paint p, const char *code)
{
	return p == COLOR ? code : "";
}

void put_verdict(struct buf *b, const struct result *r, const struct finding *f, enum paint p)
{
	buf_str(b, paint(p, BOLD));
	put_place(b, r->image, f->f, finding_pc(f));
	buf_fmt(b, ":%s %s%s:%s ", paint(p, RESET), paint(p, f->baselined ? DIM : RED), f->baselined ? "known" : "error",
		paint(p, RESET));
	put_clean(b, f->message);
	buf_str(b, " [");
	put_clean(b, r->label);
	buf_fmt(b, " %s]\n", rules[f->rule].id);
}

static void amount(struct buf *b, int64_t n, bool isknown)
{
	if (isknown)
		buf_fmt(b, "%6lld  ", (long long)n);
	else
		buf_str(b, "     ?  ");
}

/* "after NAME uses N, call C (at +0x2f)  <- largest" */
static void step_words(struct buf *b, const struct image *im, const struct chain *c, unsigned i, bool budget)
{
	const struct step *s = &c->steps[i];

	buf_str(b, budget ? "after " : "");
	put_clean(b, s->f->name);
	buf_str(b, s->split ? " (up to its check) uses " : " uses ");
	put_bytes(b, s->uses);
	if (i > 0) {
		const struct step *from = &c->steps[i - 1];

		if (s->call > 0)
			buf_fmt(b, ", call %lld", (long long)s->call);
		else if (im->arch->callsize > 0)
			buf_str(b, ", jump");
		buf_str(b, " (at ");
		put_offset(b, im, from->f, from->pc);
		buf_str(b, ")");
	} else if (!budget && s->call > 0) {
		buf_fmt(b, ", call %lld", (long long)s->call);
	}
	if (s->biggest)
		buf_str(b, "  <- largest");
}

/* The line that is being made: from start, padded to width, then the place. */
static void step_place(struct buf *b, size_t start, size_t width, const struct image *im, const struct step *s)
{
	size_t n = columns(b->p + start, b->n - start);
	struct buf file = {0};
	int line;

	if (put_source(&file, im, s->pc, &line)) {
		buf_pad(b, n < width ? width - n + 2 : 2);
		put_clean(b, file.p);
		buf_fmt(b, ":%d", line);
	}
	buf_free(&file);
	buf_str(b, "\n");
}

static size_t step_width(const struct image *im, const struct chain *c, bool budget)
{
	size_t width = 0;
	unsigned i;

	for (i = 0; i < c->nsteps; i++) {
		struct buf t = {0};
		size_t n;

		step_words(&t, im, c, i, budget);
		n = 8 + columns(t.p, t.n);
		if (n <= PlaceColumn && n > width)
			width = n;
		buf_free(&t);
	}
	return width;
}

static void deepest(struct buf *b, const struct result *r, const struct chain *c, enum paint p)
{
	const struct step *last = &c->steps[c->nsteps - 1];
	struct buf insn = {0};

	buf_str(b, "  deepest at ");
	put_clean(b, last->f->name);
	put_offset(b, r->image, last->f, last->pc);
	if (put_insn(&insn, r->image, last->pc)) {
		buf_str(b, ": ");
		buf_str(b, insn.p);
	}
	buf_free(&insn);
	buf_fmt(b, "  %s[%s; ", paint(p, DIM), quality_word(c));
	if (c->cfichecked == 0)
		buf_str(b, "no CFI");
	else if (c->cfibad == 0)
		buf_str(b, "CFI agrees");
	else
		buf_fmt(b, "CFI disagrees at %u of %u", c->cfibad, c->cfichecked);
	buf_fmt(b, "]%s", paint(p, RESET));
}

void put_chain(struct buf *b, const struct result *r, const struct chain *c, enum paint p, bool insns)
{
	bool budget = hasbudget(c->limit), isknown = true;
	size_t width;
	int64_t sum = 0;
	unsigned i;

	if (c->nsteps == 0)
		return;
	width = step_width(r->image, c, budget);
	if (budget) {
		const struct func *root = c->steps[0].f;

		amount(b, c->limit - c->steps[0].call, true);
		buf_str(b, "available on entry to ");
		put_clean(b, root->name);
		if (kind_word(root)[0] != 0)
			buf_fmt(b, " (%s)", kind_word(root));
		buf_str(b, "\n");
	}
	for (i = 0; i < c->nsteps; i++) {
		const struct step *s = &c->steps[i];
		size_t start = b->n;

		isknown = isknown && known(s->uses);
		if (isknown)
			sum += s->uses + s->call;
		amount(b, budget ? s->left : sum, isknown);
		step_words(b, r->image, c, i, budget);
		step_place(b, start, width, r->image, s);
		if (insns) {
			struct buf insn = {0};

			buf_str(b, paint(p, DIM));
			put_lowering(b, r->image, s->f, s->pc);

			buf_str(b, i + 1 < c->nsteps ? "          calls at  " : "          deepest at ");
			put_offset(b, r->image, s->f, s->pc);
			buf_str(b, ": ");
			if (put_insn(&insn, r->image, s->pc))
				buf_str(b, insn.p);
			else
				buf_str(b, "(no code here)");
			buf_fmt(b, "%s\n", paint(p, RESET));
			buf_free(&insn);
		}
	}
	deepest(b, r, c, p);
}

void put_growth(struct buf *b, const struct root *root, const struct delta *d)
{
	put_clean(b, root->f->name);
	buf_str(b, " grew: ");
	put_figure(b, root->worst.used, root->worst.atleast);
	buf_str(b, " bytes, ");
	put_figure(b, d->old, d->oldleast);
	buf_str(b, " in the baseline");
}

/* Only what can be done: a frame cannot be made smaller than nothing. */
static bool can_shrink(const struct finding *f)
{
	unsigned i;

	for (i = 0; f->shrink != NULL && i < f->chain.nsteps; i++)
		if (f->chain.steps[i].f == f->shrink && f->chain.steps[i].uses < f->shrinkby)
			return false;
	return f->shrink != NULL;
}

void put_advice(struct buf *b, const struct finding *f)
{
	if (can_shrink(f)) {
		buf_str(b, ". Shrinking ");
		put_clean(b, f->shrink->name);
		buf_fmt(b, " by %lld fixes %u chain%s.", (long long)f->shrinkby, f->fixes, f->fixes == 1 ? "" : "s");
	}
	if (f->hint != NULL) {
		buf_str(b, f->chain.nsteps > 0 ? "\n  " : "  ");
		put_clean(b, f->hint);
	}
	if (f->chain.nsteps > 0 || f->hint != NULL)
		buf_str(b, "\n");
}
