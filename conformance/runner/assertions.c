/*
 * assertions.c - the list of assertions, and which of them have a test.
 *
 * Depends on tsv.c and the plan. A test ID stands for the assertion ID and for every ID.K, so
 * that an assertion file may describe the points of a test one by one.
 */
#include "runner.h"

#include <stdio.h>
#include <string.h>

void assertions_read(struct assertions *s, const char *name)
{
	struct tsv t;

	s->name = name;
	tsv_open(&t, name);
	while (tsv_next(&t, 4, "id, subject, sentence, source")) {
		const struct assertion *old;

		tsv_name(&t, 0, "id", "._-");
		tsv_name(&t, 1, "subject", "._-");
		old = assertion_find(s, t.f[0]);
		if (old != NULL)
			die_at(name, t.line,
				"%s is already on line %d: give this assertion an id of its own",
				t.f[0], old->line);
		s->a = grow(s->a, s->n, &s->cap, sizeof *s->a);
		s->a[s->n++] = (struct assertion){t.f[0], t.f[1], t.f[2], t.f[3], t.line};
	}
}

const struct assertion *assertion_find(const struct assertions *s, const char *id)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (strcmp(s->a[i].id, id) == 0)
			return &s->a[i];
	return NULL;
}

static bool tested(const struct plan *p, const char *id)
{
	size_t i;

	for (i = 0; i < p->ntests; i++)
		if (id_within(id, p->tests[i].id))
			return true;
	return false;
}

static bool asserted(const struct assertions *s, const char *id)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (id_within(s->a[i].id, id))
			return true;
	return false;
}

/* A test that several rows run is one test here. */
static bool seen_before(const struct plan *p, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (strcmp(p->tests[k].id, p->tests[i].id) == 0)
			return true;
	return false;
}

bool coverage(const struct assertions *s, const struct plan *p)
{
	size_t i, untested = 0, unasserted = 0, tests = 0;

	for (i = 0; i < s->n; i++) {
		const struct assertion *a = &s->a[i];

		if (tested(p, a->id))
			continue;
		untested++;
		printf("%s:%d: %s (%s) has no test: %s\n", s->name, a->line, a->id, a->subject,
			a->sentence);
	}
	for (i = 0; i < p->ntests; i++) {
		const struct test *t = &p->tests[i];

		if (seen_before(p, i))
			continue;
		tests++;
		if (asserted(s, t->id))
			continue;
		unasserted++;
		printf("%s:%d: %s (%s) has no assertion: %s\n", p->name, t->line, t->id,
			p->subjects[t->subject], t->source);
	}
	printf("%zu assertions, %zu without a test; %zu tests, %zu without an assertion\n", s->n,
		untested, tests, unasserted);
	return untested == 0 && unasserted == 0;
}
