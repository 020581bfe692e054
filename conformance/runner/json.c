/*
 * json.c - report.json, schema 1. Every string is valid UTF-8 already (runner.h).
 */
#include "runner.h"

static void string(struct buf *b, const char *s)
{
	buf_str(b, "\"");
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			buf_fmt(b, "\\%c", *s);
		else if (*s == '\n')
			buf_str(b, "\\n");
		else if (*s == '\t')
			buf_str(b, "\\t");
		else
			buf_add(b, s, 1);
	}
	buf_str(b, "\"");
}

static void key(struct buf *b, const char *name, const char *value)
{
	string(b, name);
	buf_str(b, ":");
	string(b, value);
	buf_str(b, ",");
}

static void result(
	struct buf *b, const struct plan *p, const struct test *t, const struct result *r)
{
	buf_str(b, "{");
	key(b, "id", r->id);
	key(b, "subject", p->subjects[t->subject]);
	key(b, "sentence", r->sentence);
	key(b, "source", t->source);
	key(b, "status", status_name(r->status));
	buf_fmt(b, "\"ms\":%.3f,\"message\":", r->ms);
	string(b, r->message);
	buf_str(b, "}");
}

void json_report(struct buf *b, const struct plan *p)
{
	struct counts all = count(p, ANY, ANY);
	const char *comma = "";
	size_t row, i, k;

	buf_fmt(b,
		"{\"schema\":1,\n\"summary\":{\"passed\":%zu,\"failed\":%zu,\"skipped\":%zu,"
		"\"xfailed\":%zu},\n\"ports\":[",
		all.passed, all.failed, all.skipped, all.xfailed);
	for (row = 0; row < p->nrows; row++) {
		const char *inner = "\n";
		struct counts c = count(p, row, ANY);

		if (c.passed + c.failed + c.skipped == 0)
			continue; /* --only left nothing of it */
		buf_fmt(b, "%s\n{", comma);
		key(b, "port", p->rows[row].port);
		key(b, "variant", p->rows[row].variant);
		key(b, "how", p->rows[row].how);
		buf_str(b, "\"results\":[");
		for (i = 0; i < p->ntests; i++) {
			const struct test *t = &p->tests[i];

			for (k = 0; t->row == row && k < t->nresults; k++) {
				buf_str(b, inner);
				result(b, p, t, &t->results[k]);
				inner = ",\n";
			}
		}
		buf_str(b, "]}");
		comma = ",";
	}
	buf_str(b, "]}\n");
}
