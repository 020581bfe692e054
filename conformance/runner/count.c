/*
 * count.c - the numbers and words that every report shares, so that no two can disagree.
 */
#include "runner.h"

#include <string.h>

struct counts count(const struct plan *p, size_t row, size_t subject)
{
	struct counts c = {0};
	size_t i, k;

	for (i = 0; i < p->ntests; i++) {
		const struct test *t = &p->tests[i];

		if ((row != ANY && t->row != row) || (subject != ANY && t->subject != subject))
			continue;
		for (k = 0; k < t->nresults; k++) {
			enum status s = t->results[k].status;

			c.passed += s == PASSED || s == XFAILED;
			c.xfailed += s == XFAILED;
			c.failed += s == FAILED;
			c.skipped += s == SKIPPED;
		}
	}
	return c;
}

const char *status_name(enum status s)
{
	static const char *const names[] = {"passed", "failed", "skipped", "xfailed"};

	return names[s];
}

const char *run_command(const struct plan *p, const struct test *t)
{
	const char *port = p->rows[t->row].port, *slash = strchr(port, '/');
	struct buf b = {0};
	char **arg;

	if (slash != NULL)
		return mem_fmt("make run TEST=%s ARCH=%s OS=%.*s", t->id, slash + 1,
			(int)(slash - port), port);
	for (arg = t->argv; *arg != NULL; arg++)
		buf_fmt(&b, "%s%s", arg == t->argv ? "" : " ", *arg);
	return buf_keep(&b);
}

bool modelled(const struct plan *p)
{
	for (size_t i = 0; i < p->nrows; i++)
		if (strstr(p->rows[i].how, "personality"))
			return true;
	return false;
}
