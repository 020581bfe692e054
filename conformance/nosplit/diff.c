/*
 * diff.c - how the figures of one image differ from those of another: roots and findings.
 */
#include "user.h"

#include <stdlib.h>
#include <string.h>

struct row {
	const struct figure *old, *new; /* either may be nil */
	enum change change;
};

static const struct chain *chain_of(const struct result *r, const struct figure *f)
{
	size_t i;

	for (i = 0; f != NULL && i < r->nroots; i++) {
		struct buf key = {0};
		bool same;

		func_key(&key, r->image, r->roots[i].f);
		same = strcmp(buf_text(&key), f->key) == 0;
		buf_free(&key);
		if (same)
			return &r->roots[i].worst;
	}
	return NULL;
}

static bool worse(const struct row *row)
{
	/* A new root is no growth, a new finding is. */
	return row->change == GREW || (row->change == APPEARED && strcmp(row->new->what, "root") != 0);
}

static int64_t by(const struct row *row)
{
	if (row->old == NULL || row->new == NULL || !known(row->old->value) || !known(row->new->value))
		return worse(row) ? INT64_MAX : 0;
	return row->new->value - row->old->value;
}

static int by_change(const void *pa, const void *pb)
{
	const struct row *a = pa, *b = pb;
	int64_t x = by(a), y = by(b);

	if (worse(a) != worse(b))
		return worse(a) ? -1 : 1;
	if (a->change != b->change)
		return a->change < b->change ? -1 : 1;
	if (x != y)
		return x > y ? -1 : 1;
	return strcmp((a->new ? a->new : a->old)->key, (b->new ? b->new : b->old)->key);
}

/* What is different in the chain: functions that use another amount, came or went. */
static void reason(struct buf *b, const struct chain *old, const struct chain *new)
{
	const char *comma = "";
	unsigned i, k, told = 0;

	for (i = 0; old != NULL && new != NULL && i < new->nsteps && told < 4; i++) {
		const struct step *s = &new->steps[i];

		for (k = 0; k < old->nsteps && strcmp(old->steps[k].f->name, s->f->name) != 0; k++)
			;
		if (k < old->nsteps && old->steps[k].uses == s->uses)
			continue;
		buf_str(b, comma);
		put_clean(b, s->f->name);
		buf_str(b, " ");
		if (k < old->nsteps) {
			put_bytes(b, old->steps[k].uses);
			buf_str(b, " -> ");
		} else {
			buf_str(b, "+");
		}
		put_bytes(b, s->uses);
		comma = ", ";
		told++;
	}
	for (i = 0; old != NULL && new != NULL && i < old->nsteps && told < 4; i++) {
		for (k = 0; k < new->nsteps && strcmp(new->steps[k].f->name, old->steps[i].f->name) != 0; k++)
			;
		if (k < new->nsteps)
			continue;
		buf_str(b, comma);
		buf_str(b, "without ");
		put_clean(b, old->steps[i].f->name);
		comma = ", ";
		told++;
	}
}

static void value(struct buf *b, const struct figure *f, const struct figure *other)
{
	if (f == NULL)
		buf_str(b, "-");
	else if (f->value == UNKNOWN && other != NULL && other->value == UNKNOWN)
		buf_fmt(b, ">=%lld", (long long)f->least);
	else
		put_bytes(b, f->value);
}

static void text_row(struct buf *b, const struct row *row, size_t width, const struct result *old, const struct result *new, bool markdown)
{
	const struct figure *f = row->new != NULL ? row->new : row->old;
	struct buf name = {0}, from = {0}, to = {0}, change = {0}, note = {0};

	buf_fmt(&name, "%s%s", strcmp(f->what, "root") == 0 ? "" : f->what, strcmp(f->what, "root") == 0 ? "" : " ");
	put_clean(&name, f->key);
	value(&from, row->old, row->new);
	value(&to, row->new, row->old);
	if (row->old != NULL && row->new != NULL && known(row->old->value) && known(row->new->value))
		buf_fmt(&change, "%+lld", (long long)(row->new->value - row->old->value));
	else
		buf_str(&change, change_word[row->change]);
	if (row->new != NULL && hasbudget(f->limit) && known(f->value) && f->value > f->limit)
		buf_fmt(&note, "%lld over %lld; ", (long long)(f->value - f->limit), (long long)f->limit);
	if (strcmp(f->what, "root") == 0)
		reason(&note, chain_of(old, row->old), chain_of(new, row->new));
	if (markdown) {
		buf_str(b, "| <code>");
		put_markdown(b, name.p);
		buf_fmt(b, "</code> | %s | %s | %s%s%s | ", from.p, to.p, worse(row) ? "**" : "", change.p, worse(row) ? "**" : "");
		put_markdown(b, buf_text(&note));
		buf_str(b, " |\n");
	} else {
		size_t n = columns(name.p, name.n);

		buf_str(b, name.p);
		buf_pad(b, n < width ? width - n : 0);
		buf_fmt(b, "  %9s  %9s  %6s%s%s\n", from.p, to.p, change.p, note.n > 0 ? "  " : "", buf_text(&note));
	}
	buf_free(&name);
	buf_free(&from);
	buf_free(&to);
	buf_free(&change);
	buf_free(&note);
}

static void as_text(struct buf *b, const struct row *rows, size_t n, const size_t count[5], const struct result *old,
	const struct result *new, bool markdown)
{
	size_t i, width = 4;

	for (i = 0; i < n; i++) {
		const struct figure *f = rows[i].new != NULL ? rows[i].new : rows[i].old;
		struct buf t = {0};
		size_t k;

		put_clean(&t, f->key);
		k = columns(buf_text(&t), t.n) + (strcmp(f->what, "root") == 0 ? 0 : strlen(f->what) + 1);
		if (rows[i].change != SAME && k > width && k <= 48)
			width = k;
		buf_free(&t);
	}
	if (markdown)
		buf_str(b, "| root | old | new | change | why |\n|---|--:|--:|--:|---|\n");
	else if (count[SAME] < n)
		buf_fmt(b, "%-*s  %9s  %9s  %6s\n", (int)width, "root", "old", "new", "change");
	for (i = 0; i < n; i++)
		if (rows[i].change != SAME)
			text_row(b, &rows[i], width, old, new, markdown);
	buf_fmt(b, "%s%zu grew, %zu shrank, %zu new, %zu gone, %zu the same\n", markdown ? "\n" : "", count[GREW], count[SHRANK],
		count[APPEARED], count[GONE], count[SAME]);
}

static void as_json(struct buf *b, const struct row *rows, size_t n, const size_t count[5], const struct result *old,
	const struct result *new)
{
	size_t i;

	buf_str(b, "{\"schema\":1,\"tool\":\"nosplit\",\"verb\":\"diff\",\"old\":");
	put_json(b, old->image->path);
	buf_str(b, ",\"new\":");
	put_json(b, new->image->path);
	buf_str(b, ",\"changes\":[");
	for (i = 0; i < n; i++) {
		const struct figure *f = rows[i].new != NULL ? rows[i].new : rows[i].old;

		buf_fmt(b, "%s\n{\"what\":\"%s\",\"key\":", i > 0 ? "," : "", f->what);
		put_json(b, f->key);
		buf_fmt(b, ",\"change\":\"%s\",\"old\":", change_word[rows[i].change]);
		json_bytes(b, rows[i].old != NULL ? rows[i].old->value : UNKNOWN);
		buf_str(b, ",\"new\":");
		json_bytes(b, rows[i].new != NULL ? rows[i].new->value : UNKNOWN);
		buf_str(b, "}");
	}
	buf_fmt(b, "],\n\"summary\":{\"grew\":%zu,\"shrank\":%zu,\"new\":%zu,\"gone\":%zu,\"same\":%zu}}\n", count[GREW], count[SHRANK],
		count[APPEARED], count[GONE], count[SAME]);
}

bool diff(struct report *p, const struct result *old, const struct result *new, const char *format)
{
	struct figures a = {0}, b = {0};
	struct row *rows;
	size_t i, n = 0, count[5] = {0};
	bool any = false;

	figures_add(&a, old, "");
	figures_add(&b, new, "");
	rows = mem_alloc((a.n + b.n + 1) * sizeof *rows);
	for (i = 0; i < b.n; i++) {
		struct figure *was = figures_find(&a, "", b.f[i].what, b.f[i].key);

		if (was != NULL)
			was->seen = true;
		rows[n++] = (struct row){was, &b.f[i], figures_compare(was, &b.f[i])};
	}
	for (i = 0; i < a.n; i++)
		if (!a.f[i].seen)
			rows[n++] = (struct row){&a.f[i], NULL, GONE};
	for (i = 0; i < n; i++) {
		count[rows[i].change]++;
		any = any || worse(&rows[i]);
	}
	qsort(rows, n, sizeof *rows, by_change);
	if (strcmp(format, "json") == 0)
		as_json(&p->b, rows, n, count, old, new);
	else
		as_text(&p->b, rows, n, count, old, new, strcmp(format, "markdown") == 0);
	free(rows);
	figures_free(&a);
	figures_free(&b);
	return any;
}
