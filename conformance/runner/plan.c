/*
 * plan.c - reads the plan: which tests there are, and how each is run.
 *
 * Depends on tsv.c. Promises that ids are unique within a row (port, variant, how) and cannot
 * clash with the ids ID.K of the points of another test, and that row directories are unique.
 */
#include "runner.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS "port, variant, how, subject, id, source, limit, command"

bool id_within(const char *id, const char *base)
{
	size_t n = strlen(base);

	return strncmp(id, base, n) == 0 && (id[n] == 0 || id[n] == '.');
}

const char *row_name(const struct row *r)
{
	return mem_fmt("%s %s %s", r->port, r->variant, r->how);
}

static const char *row_dir(const struct plan *p, const struct row *r)
{
	char *dir = mem_fmt("%s-%s-%s", r->port, r->variant, r->how), *s;
	size_t i;

	for (s = dir; *s; s++)
		if (*s == '/')
			*s = '-';
	for (i = 0; i < p->nrows; i++)
		if (strcmp(p->rows[i].dir, dir) == 0)
			return mem_fmt("%s+%zu", dir, p->nrows); /* a name cannot hold a '+' */
	return dir;
}

static size_t find_row(struct plan *p, char **f)
{
	struct row r = {f[0], f[1], f[2], NULL};
	size_t i;

	for (i = 0; i < p->nrows; i++)
		if (strcmp(p->rows[i].port, r.port) == 0 &&
			strcmp(p->rows[i].variant, r.variant) == 0 &&
			strcmp(p->rows[i].how, r.how) == 0)
			return i;
	r.dir = row_dir(p, &r);
	p->rows = grow(p->rows, p->nrows, &p->caprows, sizeof *p->rows);
	p->rows[p->nrows] = r;
	return p->nrows++;
}

static size_t find_subject(struct plan *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->nsubjects; i++)
		if (strcmp(p->subjects[i], name) == 0)
			return i;
	p->subjects = grow(p->subjects, p->nsubjects, &p->capsubjects, sizeof *p->subjects);
	p->subjects[p->nsubjects] = name;
	return p->nsubjects++;
}

static int64_t limit(const struct tsv *t, const char *s)
{
	size_t whole = strspn(s, "0123456789"), n = whole;
	double seconds;

	if (s[n] == '.')
		n += 1 + strspn(s + n + 1, "0123456789");
	seconds = strtod(s, NULL);
	if (whole == 0 || s[n] != 0 || s[n - 1] == '.' || !(seconds >= 0.001 && seconds <= 86400))
		die_at(t->name, t->line,
			"bad limit \"%s\": give seconds from 0.001 to 86400, such as 20 or 0.5", s);
	return (int64_t)(seconds * 1e9);
}

static char **words(const struct tsv *t, char *s)
{
	size_t n = 2, i = 0;
	char *p, **argv;

	for (p = s; *p; p++) {
		if (p[0] == ' ' && p[1] == ' ')
			die_at(t->name, t->line,
				"expected single spaces in the command, found two: \"%s\"", s);
		n += *p == ' ';
	}
	argv = mem(n * sizeof *argv);
	for (p = s; p != NULL; i++) {
		argv[i] = p;
		p = strchr(p, ' ');
		if (p != NULL)
			*p++ = 0;
	}
	return argv;
}

static void check_unique(const struct plan *p, const struct test *new, const struct tsv *t)
{
	size_t i;

	for (i = 0; i < p->ntests; i++) {
		const struct test *o = &p->tests[i];

		if (o->row == new->row && (id_within(o->id, new->id) || id_within(new->id, o->id)))
			die_at(t->name, t->line,
				"%s clashes with %s of line %d in %s: rename one of them", new->id,
				o->id, o->line, row_name(&p->rows[new->row]));
	}
}

void plan_read(struct plan *p, const char *name)
{
	struct tsv t;

	p->name = name;
	tsv_open(&t, name);
	while (tsv_next(&t, 8, COLUMNS)) {
		struct test new = {.line = t.line, .chosen = true};

		tsv_name(&t, 0, "port", "/._-");
		tsv_name(&t, 1, "variant", "._-");
		tsv_name(&t, 2, "how", "._-+");
		tsv_name(&t, 3, "subject", "._-");
		tsv_name(&t, 4, "id", "._-");
		new.row = find_row(p, t.f);
		new.subject = find_subject(p, t.f[3]);
		new.id = t.f[4];
		new.source = t.f[5];
		new.limit_text = t.f[6];
		new.limit = limit(&t, t.f[6]);
		new.argv = words(&t, t.f[7]);
		check_unique(p, &new, &t);
		p->tests = grow(p->tests, p->ntests, &p->captests, sizeof *p->tests);
		p->tests[p->ntests++] = new;
	}
	if (p->ntests == 0)
		die("%s has no test, so nothing can be run: give a plan with at least one line of "
		    "%s",
			name, COLUMNS);
}

void plan_free(struct plan *p)
{
	size_t i;

	for (i = 0; i < p->ntests; i++) {
		struct test *t = &p->tests[i];

		buf_free(&t->out.b);
		buf_free(&t->err.b);
		free(t->out.marks);
		free(t->err.marks);
		free(t->results);
	}
	free(p->tests);
	free(p->rows);
	free(p->subjects);
}
