/*
 * junit.c - junit.xml, as continuous integration servers read it.
 *
 * A row is a testsuite, a subject the last part of the class name. An expected failure is a
 * pass with its message as system-out: JUnit knows no other word for it.
 */
#include "runner.h"

#include <string.h>

static void attribute(struct buf *b, const char *name, const char *value)
{
	buf_fmt(b, " %s=\"", name);
	buf_markup(b, value);
	buf_str(b, "\"");
}

static void testcase(
	struct buf *b, const struct plan *p, const struct test *t, const struct result *r)
{
	const struct row *row = &p->rows[t->row];
	const char *nl = strchr(r->message, '\n');
	const char *first =
		mem_fmt("%.*s", (int)(nl ? nl - r->message : (long)strlen(r->message)), r->message);

	buf_str(b, "    <testcase");
	attribute(b, "classname",
		mem_fmt("%s.%s.%s.%s", row->port, row->variant, row->how, p->subjects[t->subject]));
	attribute(b, "name", mem_fmt("%s %s", r->id, r->sentence));
	buf_fmt(b, " time=\"%.6f\"", r->ms / 1000);
	if (r->status == PASSED) {
		buf_str(b, "/>\n");
		return;
	}
	buf_str(b, ">\n");
	if (r->status == SKIPPED) {
		buf_str(b, "      <skipped");
		attribute(b, "message", first);
		buf_str(b, "/>\n");
	} else if (r->status == FAILED) {
		buf_str(b, "      <failure type=\"failure\"");
		attribute(b, "message", first);
		buf_str(b, ">");
		buf_markup(
			b, mem_fmt("%s\n%s\nrun: %s\n", t->source, r->message, run_command(p, t)));
		buf_str(b, "</failure>\n");
	} else {
		buf_str(b, "      <system-out>");
		buf_markup(b, mem_fmt("expected failure\n%s\n", r->message));
		buf_str(b, "</system-out>\n");
	}
	buf_str(b, "    </testcase>\n");
}

static void numbers(struct buf *b, const struct plan *p, size_t row)
{
	struct counts c = count(p, row, ANY);
	int64_t ns = 0;
	size_t i;

	for (i = 0; i < p->ntests; i++)
		if (row == ANY || p->tests[i].row == row)
			ns += p->tests[i].ns;
	buf_fmt(b, " tests=\"%zu\" failures=\"%zu\" errors=\"0\"", c.passed + c.failed + c.skipped,
		c.failed);
	if (row != ANY) /* testsuites has no such attribute in the schema */
		buf_fmt(b, " skipped=\"%zu\"", c.skipped);
	buf_fmt(b, " time=\"%.6f\">\n", (double)ns / 1e9);
}

void junit_report(struct buf *b, const struct plan *p)
{
	size_t row, i, k;

	buf_str(b,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"portkit "
		"conformance\"");
	numbers(b, p, ANY);
	for (row = 0; row < p->nrows; row++) {
		struct counts c = count(p, row, ANY);

		if (c.passed + c.failed + c.skipped == 0)
			continue;
		buf_str(b, "  <testsuite");
		attribute(b, "name", row_name(&p->rows[row]));
		numbers(b, p, row);
		for (i = 0; i < p->ntests; i++)
			for (k = 0; p->tests[i].row == row && k < p->tests[i].nresults; k++)
				testcase(b, p, &p->tests[i], &p->tests[i].results[k]);
		buf_str(b, "  </testsuite>\n");
	}
	buf_str(b, "</testsuites>\n");
}
