/*
 * judge.c - the verdict on one test, from what it printed and how it ended.
 *
 * A test passes only if the plan is there once, every point came, in order and ok, and the exit
 * status is 0; or if it announced a throw and died of exactly that. All that could not be
 * judged is a failure: points that did not come fail one by one, the first with the reason.
 */
#include "runner.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

struct result *result_add(struct test *t, const char *id, enum status status)
{
	struct result *r;

	t->results = grow(t->results, t->nresults, &t->capresults, sizeof *t->results);
	r = &t->results[t->nresults++];
	*r = (struct result){.id = id, .sentence = id, .message = "", .status = status};
	return r;
}

const char *sentence_of(const struct context *c, const struct test *t)
{
	const struct assertion *a = assertion_find(&c->assertions, t->id);

	return a != NULL ? a->sentence : t->source;
}

/* The one result of a test that cannot be told point by point. */
static void single(struct context *c, struct test *t, enum status status, const char *message)
{
	struct result *r = result_add(t, t->id, status);

	r->sentence = sentence_of(c, t);
	r->message = message;
	r->ms = (double)t->ns / 1e6;
}

static bool contains(const struct buf *b, const char *p, size_t n)
{
	return b->n >= n && memmem(b->p, b->n, p, n) != NULL;
}

/* A throw that was announced and then happened answers for the pending point. */
static bool take_throw(struct tap *tap, const struct test *t, struct buf *why)
{
	struct buf text = {0};
	bool right;

	if (tap->throws == NULL || tap->throws_at != tap->npoints)
		return false;
	if (tap->planned && tap->npoints >= tap->plan) {
		buf_fmt(why,
			"expected a point pending for the announced throw, found all %zu done and ",
			tap->plan);
		say_end(why, t);
		buf_str(why, "\n");
		return false;
	}
	buf_str(&text, "throws: ");
	buf_clean(&text, tap->throws, tap->throws_n);
	right = contains(&t->err.b, tap->throws, tap->throws_n);
	if (!t->timed_out && WIFEXITED(t->wait_status) && WEXITSTATUS(t->wait_status) == 2 &&
		right) {
		tap->points = grow(tap->points, tap->npoints, &tap->cappoints, sizeof *tap->points);
		tap->points[tap->npoints++] = (struct point){.ok = true, .text = buf_keep(&text)};
		return true;
	}
	buf_fmt(why, "expected a throw (exit status 2) with \"%s\" on stderr, found ", text.p + 8);
	say_end(why, t);
	buf_fmt(why, " and that text %s\n", right ? "on it" : "missing");
	buf_free(&text);
	return false;
}

/* How it ended, if that is worth a line; says at which point, if one was pending. */
static void object_to_end(struct buf *why, const struct tap *tap, const struct test *t)
{
	bool missing = !tap->planned || tap->npoints < tap->plan, all_ok = true;
	bool exited = !t->timed_out && WIFEXITED(t->wait_status);
	size_t i;

	for (i = 0; i < tap->npoints; i++)
		all_ok = all_ok && tap->points[i].ok;
	/* A failed point may be told by the exit status too; that needs no second word. */
	if (exited && (WEXITSTATUS(t->wait_status) == 0 || (!missing && !all_ok)))
		return;
	if (exited && WEXITSTATUS(t->wait_status) == 2 && t->err.b.n > 0 && missing)
		buf_str(why, "unexpected throw: ");
	buf_str(why, "expected exit status 0, found ");
	say_end(why, t);
	if (tap->planned && missing)
		buf_fmt(why, " at point %zu of %zu", tap->npoints + 1, tap->plan);
	buf_str(why, "\n");
}

static void object_to_tap(struct buf *why, const struct tap *tap, const struct test *t)
{
	bool said = why->n > 0;

	if (tap->broken.n > 0)
		buf_fmt(why, "%s\n", tap->broken.p);
	else if (!tap->planned && tap->npoints == 0)
		buf_fmt(why,
			"no TAP: expected a plan 1..N on stdout, found %zu bytes without one\n",
			t->out.b.n);
	else if (!tap->planned)
		buf_fmt(why, "expected one plan 1..N, found none with %zu points\n", tap->npoints);
	else if (tap->npoints > tap->plan || (tap->npoints < tap->plan && !said))
		buf_fmt(why, "expected %zu points as planned, found %zu\n", tap->plan,
			tap->npoints);
	if (t->out.cut)
		buf_str(why,
			"expected at most 1 MiB on stdout, found more: "
			"the rest was not judged\n");
}

/* What is wrong with the test as a whole, or an empty buffer. */
static struct buf objections(struct tap *tap, const struct test *t, const struct plan *p)
{
	struct buf why = {0};

	if (!take_throw(tap, t, &why) && why.n == 0)
		object_to_end(&why, tap, t);
	object_to_tap(&why, tap, t);
	if (why.n > 0) {
		say_cannot(&why, p, t);
		say_output(&why, t);
	}
	return why;
}

static const char *point_sentence(
	struct context *c, struct test *t, const char *id, const struct point *pt)
{
	const struct assertion *a = assertion_find(&c->assertions, id);

	if (a != NULL)
		return a->sentence;
	if (pt != NULL && pt->text[0] != 0)
		return pt->text;
	return sentence_of(c, t);
}

static void judge_point(struct context *c, struct test *t, const char *id, const struct point *pt)
{
	struct result *r = result_add(t, id, PASSED);

	r->sentence = point_sentence(c, t, id, pt);
	r->ms = pt->ms;
	if (!pt->ok) {
		r->status = FAILED;
		if (pt->diagnostics.n > 0)
			r->message = mem_str(pt->diagnostics.p);
		else
			r->message = mem_fmt(
				"not ok: %s (no diagnostic)\n", pt->text[0] ? pt->text : id);
	} else if (pt->skip) {
		r->status = SKIPPED;
		r->message = pt->reason;
	}
}

static void judge_points(struct context *c, struct test *t, const struct tap *tap, const char *why)
{
	size_t i;

	for (i = 0; i < tap->plan; i++) {
		const char *id = tap->plan == 1 ? t->id : mem_fmt("%s.%zu", t->id, i + 1);
		struct result *r;

		if (i < tap->npoints) {
			judge_point(c, t, id, &tap->points[i]);
			continue;
		}
		r = result_add(t, id, FAILED);
		r->sentence = point_sentence(c, t, id, NULL);
		r->unreached = i > tap->npoints;
		r->message = r->unreached ? "not reached" : why;
	}
	if (why[0] == 0 || tap->npoints < tap->plan)
		return;
	if (tap->plan == 1) {
		struct result *r = &t->results[0];

		r->message = mem_fmt("%s%s", r->status == FAILED ? r->message : "", why);
		r->status = FAILED;
	} else {
		single(c, t, FAILED, why);
	}
}

void judge(struct context *c, struct test *t)
{
	struct buf why = {0};
	struct tap tap;

	if (t->skipped || t->cannot != NULL) {
		if (t->cannot != NULL)
			say_cannot(&why, &c->plan, t);
		else
			buf_fmt(&why, "--skip %s", c->plan.rows[t->row].port);
		single(c, t, t->skipped ? SKIPPED : FAILED, buf_keep(&why));
		return;
	}
	tap_parse(&tap, t);
	why = objections(&tap, t, &c->plan);
	if (!tap.planned || (tap.plan == 0 && why.n > 0))
		single(c, t, FAILED, buf_keep(&why));
	else if (tap.skip_all)
		single(c, t, SKIPPED, tap.skip_reason);
	else
		judge_points(c, t, &tap, buf_keep(&why));
	if (t->nresults == 1)
		t->results[0].ms = (double)t->ns / 1e6;
	buf_free(&why);
	tap_free(&tap);
}
