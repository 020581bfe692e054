/*
 * out_junit.c - JUnit XML: a file is a test suite, a root a test case, and so is a function with
 * a finding that is no root. What the baseline knows is a pass that says so.
 */
#include "user.h"

#include <stdlib.h>
#include <string.h>

struct suite {
	struct buf cases;
	size_t tests, failures;
};

static void failure(struct suite *s, const char *type, const char *message, const char *text)
{
	buf_str(&s->cases, "      <failure type=\"");
	put_markup(&s->cases, type);
	buf_str(&s->cases, "\" message=\"");
	put_markup(&s->cases, message);
	buf_str(&s->cases, "\">");
	put_markup_text(&s->cases, text);
	buf_str(&s->cases, "</failure>\n");
}

static bool finding(struct suite *s, const struct result *r, const struct finding *f)
{
	struct buf text = {0};

	put_verdict(&text, r, f, PLAIN);
	put_chain(&text, r, &f->chain, PLAIN, false);
	put_advice(&text, f);
	if (f->baselined) {
		buf_str(&s->cases, "      <system-out>");
		put_markup_text(&s->cases, text.p);
		buf_str(&s->cases, "</system-out>\n");
	} else {
		failure(s, rules[f->rule].id, f->message, text.p);
	}
	buf_free(&text);
	return !f->baselined;
}

static void begin_case(struct suite *s, const struct result *r, const char *prefix, const struct func *f)
{
	struct buf key = {0};

	if (f != NULL)
		func_key(&key, r->image, f);
	buf_str(&s->cases, "    <testcase classname=\"");
	put_markup(&s->cases, r->label);
	buf_str(&s->cases, "\" name=\"");
	put_markup(&s->cases, prefix);
	put_markup(&s->cases, buf_text(&key));
	buf_str(&s->cases, "\" time=\"0\">\n");
	s->tests++;
	buf_free(&key);
}

static void end_case(struct suite *s)
{
	buf_str(&s->cases, "    </testcase>\n");
}

static void root_case(struct suite *s, const struct result *r, const struct root *root, const struct delta *d, bool *done)
{
	bool failed = false;
	size_t i;

	begin_case(s, r, "", root->f);
	/* The schema wants one failure, ahead of other output: more of them get cases of their own. */
	for (i = 0; i < r->nfindings && !failed; i++)
		if (r->findings[i].f == root->f && !done[i] && !r->findings[i].baselined)
			done[i] = failed = finding(s, r, &r->findings[i]);
	if (grown(d) && !failed) {
		struct buf text = {0}, message = {0};

		put_growth(&message, root, d);
		put_chain(&text, r, &root->worst, PLAIN, false);
		failure(s, "growth", message.p, buf_text(&text));
		failed = true;
		buf_free(&text);
		buf_free(&message);
	}
	s->failures += failed;
	for (i = 0; i < r->nfindings; i++)
		if (r->findings[i].f == root->f && !done[i] && r->findings[i].baselined) {
			finding(s, r, &r->findings[i]);
			done[i] = true;
		}
	end_case(s);
}

static void file(struct report *p, const struct result *r, const struct delta *d)
{
	bool *done = mem_alloc(r->nfindings + 1);
	struct suite s = {0};
	size_t i;

	for (i = 0; i < r->nroots; i++)
		root_case(&s, r, &r->roots[i], d != NULL ? &d[i] : NULL, done);
	for (i = 0; i < r->nfindings; i++) {
		const struct finding *f = &r->findings[i];
		struct buf prefix = {0};

		if (done[i])
			continue;
		buf_fmt(&prefix, "%s ", rules[f->rule].id);
		begin_case(&s, r, prefix.p, f->f);
		s.failures += finding(&s, r, f);
		end_case(&s);
		buf_free(&prefix);
	}
	if (s.tests == 0) { /* an empty suite reads like one that did not run */
		begin_case(&s, r, "no roots", NULL);
		end_case(&s);
	}
	buf_str(&p->b, "  <testsuite name=\"");
	put_markup(&p->b, r->image->path);
	buf_fmt(&p->b, "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\" time=\"%.6f\">\n", s.tests, s.failures, r->seconds);
	buf_add(&p->b, s.cases.p, s.cases.n);
	buf_str(&p->b, "  </testsuite>\n");
	buf_free(&s.cases);
	free(done);
}

static void begin(struct report *p)
{
	buf_str(&p->b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"nosplit\">\n");
}

static void end(struct report *p)
{
	buf_str(&p->b, "</testsuites>\n");
}

const struct output out_junit = {"junit", begin, file, end};
