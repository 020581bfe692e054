/*
 * choose.c - which tests of the plan run: --only and --skip.
 *
 * A name that matches nothing is a usage error: a misspelt --skip must not run a port, and a
 * misspelt --only must not pass by running nothing.
 */
#include "runner.h"

#include <string.h>

static void skip_port(struct plan *p, const char *port)
{
	bool known = false;
	struct buf ports = {0};
	size_t i;

	for (i = 0; i < p->ntests; i++)
		if (strcmp(p->rows[p->tests[i].row].port, port) == 0)
			p->tests[i].skipped = known = true;
	if (known)
		return;
	for (i = 0; i < p->nrows; i++) {
		size_t k = 0;

		while (strcmp(p->rows[k].port, p->rows[i].port) != 0)
			k++;
		if (k == i)
			buf_fmt(&ports, "%s%s", ports.n ? ", " : "", p->rows[i].port);
	}
	die("--skip %s: no such port in %s: choose from %s", port, p->name, buf_keep(&ports));
}

static void only_id(struct plan *p, const char *id)
{
	bool known = false;
	size_t i;

	for (i = 0; i < p->ntests; i++) {
		struct test *t = &p->tests[i];

		/* Either way round: S04 chooses S04.2, and S04.2 the test S04 that prints it. */
		if (id_within(t->id, id) || id_within(id, t->id))
			t->chosen = known = true;
	}
	if (!known)
		die("--only %s: no such test in %s: see column 5 of that file", id, p->name);
}

void choose(struct plan *p, char **only, size_t nonly, char **skip, size_t nskip)
{
	size_t i, left = 0;

	for (i = 0; nonly > 0 && i < p->ntests; i++)
		p->tests[i].chosen = false;
	for (i = 0; i < nonly; i++)
		only_id(p, only[i]);
	for (i = 0; i < nskip; i++)
		skip_port(p, skip[i]);
	for (i = 0; i < p->ntests; i++)
		left += p->tests[i].chosen && !p->tests[i].skipped;
	if (left == 0)
		die("no test to run: every chosen test of %s is skipped: leave out a --skip",
			p->name);
}
