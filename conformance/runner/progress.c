/*
 * progress.c - what is going on, on stderr: one rewritten line on a terminal; otherwise a line
 * when a row of the matrix is complete, and one every ten seconds in between.
 */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const struct plan *plan;
static bool quiet, rewrites;
static size_t total, done, failed, width;
static int64_t last;
static const struct test *latest;

void progress_begin(const struct plan *p, bool be_quiet)
{
	const char *term = getenv("TERM");
	struct winsize w;
	size_t i;

	plan = p;
	quiet = be_quiet;
	rewrites = isatty(2) && term != NULL && strcmp(term, "dumb") != 0;
	width = ioctl(2, TIOCGWINSZ, &w) == 0 && w.ws_col > 20 ? w.ws_col - 1u : 79;
	for (i = 0; i < p->ntests; i++)
		total += p->tests[i].chosen;
	last = now_ns();
}

static void show(void)
{
	struct buf b = {0};

	buf_fmt(&b, "%zu/%zu tests done, %zu failed", done, total, failed);
	if (latest != NULL)
		buf_fmt(&b, "; %s of %s", latest->id, row_name(&plan->rows[latest->row]));
	if (rewrites)
		fprintf(stderr, "\r%.*s\033[K", (int)width, b.p);
	else
		fprintf(stderr, "%s\n", b.p);
	buf_free(&b);
	last = now_ns();
}

void progress_started(const struct test *t)
{
	latest = t;
	if (!quiet && rewrites && now_ns() - last > 50000000)
		show();
}

static void show_row(size_t row)
{
	struct counts c = count(plan, row, ANY);
	size_t i;

	for (i = 0; i < plan->ntests; i++) {
		const struct test *t = &plan->tests[i];

		if (t->row == row && t->chosen && t->nresults == 0)
			return;
	}
	fprintf(stderr, "%s: %zu passed, %zu failed, %zu skipped\n", row_name(&plan->rows[row]),
		c.passed, c.failed, c.skipped);
	last = now_ns();
}

void progress_done(const struct test *t)
{
	size_t i;

	done++;
	for (i = 0; i < t->nresults; i++)
		if (t->results[i].status == FAILED)
			break;
	failed += i < t->nresults;
	if (!quiet && !rewrites)
		show_row(t->row);
	else if (!quiet && now_ns() - last > 50000000)
		show();
}

void progress_tick(void)
{
	if (!quiet && now_ns() - last > (rewrites ? 500000000 : 10000000000))
		show();
}

void progress_end(void)
{
	if (!quiet && rewrites)
		fputs("\r\033[K", stderr);
}
