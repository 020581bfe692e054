/*
 * text.c - the report on stdout: one matrix, what failed, and the line that counts.
 *
 * Colour is only an addition: a failing cell carries a '!', a skipped one a '~'. The last line
 * is exactly `N passed, N failed, N skipped`, for other programs to read.
 */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RED "\033[1;31m"
#define YELLOW "\033[33m"
#define RESET "\033[0m"

static const struct plan *plan;
static bool color;

static const char *paint(const char *code)
{
	return color ? code : "";
}

static const char *cell(size_t row, size_t subject)
{
	struct counts c = count(plan, row, subject);
	size_t total = c.passed + c.failed + c.skipped;

	if (total == 0)
		return "-";
	return mem_fmt("%zu/%zu%s%s", c.passed, total, c.failed ? "!" : "", c.skipped ? "~" : "");
}

static bool row_used(size_t row)
{
	struct counts c = count(plan, row, ANY);

	return c.passed + c.failed + c.skipped > 0;
}

static void put_cell(const char *s, size_t width, bool left)
{
	const char *code = strchr(s, '!') ? RED : strchr(s, '~') ? YELLOW : NULL;

	if (left)
		printf("%-*s  ", (int)width, s);
	else
		printf("  %*s%s%s%s", (int)(width - strlen(s)), "", code ? paint(code) : "", s,
			code ? paint(RESET) : "");
}

/* Columns: port, variant, how, the subjects in use, total; then a line of totals. */
static void matrix(void)
{
	size_t columns = 0, rows = plan->nrows + 2, r, s, c, *width;
	const char **table = mem(rows * (plan->nsubjects + 4) * sizeof *table);
	size_t used = 0;

	for (r = 0; r < rows; r++) {
		bool head = r == 0, foot = r == rows - 1;
		const struct row *row = head || foot ? NULL : &plan->rows[r - 1];
		const char **line = table + used * (plan->nsubjects + 4);
		size_t which = foot ? ANY : r - 1;

		if (row != NULL && !row_used(r - 1))
			continue;
		columns = 0;
		line[columns++] = head ? "port" : foot ? "total" : row->port;
		line[columns++] = head ? "variant" : foot ? "" : row->variant;
		line[columns++] = head ? "how" : foot ? "" : row->how;
		for (s = 0; s < plan->nsubjects; s++)
			if (cell(ANY, s)[0] != '-')
				line[columns++] = head ? plan->subjects[s] : cell(which, s);
		line[columns++] = head ? "total" : cell(which, ANY);
		used++;
	}
	width = mem(columns * sizeof *width);
	for (r = 0; r < used; r++)
		for (c = 0; c < columns; c++)
			if (strlen(table[r * (plan->nsubjects + 4) + c]) > width[c])
				width[c] = strlen(table[r * (plan->nsubjects + 4) + c]);
	for (r = 0; r < used; r++) {
		for (c = 0; c < columns; c++)
			put_cell(table[r * (plan->nsubjects + 4) + c], width[c], c < 3);
		putchar('\n');
	}
}

static void indented(const char *s)
{
	while (*s) {
		size_t n = strcspn(s, "\n");

		printf("    %.*s\n", (int)n, s);
		s += n + (s[n] != 0);
	}
}

static void failures(const struct test *t)
{
	size_t i, unreached = 0;

	for (i = 0; i < t->nresults; i++) {
		const struct result *r = &t->results[i];

		if (r->status != FAILED)
			continue;
		if (r->unreached) { /* one line for all of them, below */
			unreached++;
			continue;
		}
		printf("\n%sFAIL%s %s %s %s\n    %s\n", paint(RED), paint(RESET),
			row_name(&plan->rows[t->row]), r->id, r->sentence, t->source);
		indented(r->message);
		printf("    run: %s\n", run_command(plan, t));
	}
	if (unreached > 0)
		printf("\n%sFAIL%s %s %s: %zu more point%s not reached\n", paint(RED), paint(RESET),
			row_name(&plan->rows[t->row]), t->id, unreached, unreached == 1 ? "" : "s");
}

static void expected(const struct test *t)
{
	size_t i;

	for (i = 0; i < t->nresults; i++) {
		const struct result *r = &t->results[i];
		size_t n = strcspn(r->message, "\n");

		if (r->status == XFAILED)
			printf("XFAIL %s %s %s: %.*s\n", row_name(&plan->rows[t->row]), r->id,
				r->sentence, (int)n, r->message);
	}
}

struct skip {
	size_t row;
	const char *id, *reason;
};

static int by_row_and_reason(const void *a, const void *b)
{
	const struct skip *x = a, *y = b;
	int order;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	order = strcmp(x->reason, y->reason);
	return order ? order : natural(x->id, y->id);
}

/* One line for all that one row skipped for one reason. */
static void skips(void)
{
	struct skip *v = NULL;
	size_t n = 0, cap = 0, i, k;

	for (i = 0; i < plan->ntests; i++) {
		const struct test *t = &plan->tests[i];

		for (k = 0; k < t->nresults; k++) {
			if (t->results[k].status != SKIPPED)
				continue;
			v = grow(v, n, &cap, sizeof *v);
			v[n++] = (struct skip){t->row, t->results[k].id, t->results[k].message};
		}
	}
	if (n > 0)
		qsort(v, n, sizeof *v, by_row_and_reason);
	for (i = 0; i < n; i = k) {
		printf("SKIP %s", row_name(&plan->rows[v[i].row]));
		for (k = i; k < n && v[k].row == v[i].row && strcmp(v[k].reason, v[i].reason) == 0;
			k++)
			printf(" %s", v[k].id);
		printf(": %s\n", v[i].reason);
	}
	free(v);
}

void text_report(const struct plan *p, bool use_color, bool summary_only)
{
	struct counts all = count(p, ANY, ANY);
	size_t i;

	plan = p;
	color = use_color;
	matrix();
	if (all.failed + all.skipped > 0)
		printf("%s%s%s\n", all.failed ? "! has failures" : "",
			all.failed && all.skipped ? ", " : "", all.skipped ? "~ has skips" : "");
	if (modelled(p))
		printf("%s\n", MODELLED);
	if (!summary_only) {
		for (i = 0; i < p->ntests; i++)
			failures(&p->tests[i]);
		if (all.xfailed + all.skipped > 0)
			putchar('\n');
		for (i = 0; i < p->ntests; i++)
			expected(&p->tests[i]);
		skips();
	}
	putchar('\n');
	/* Never coloured: other programs read it. */
	printf("%zu passed, %zu failed, %zu skipped\n", all.passed, all.failed, all.skipped);
}
