/* Reads the table of figures: conformance/bench/rows says what it looks like. */
#include "bench.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

const char *const rulenames[] = { "-", "ratio", "faster", "difference", "value", "quiet" };

static bool number(const char *s, double *v)
{
	char *end;

	*v = strtod(s, &end);
	return end != s && *end == 0;
}

static void parse(const char *path, int line, char *text, struct row *row)
{
	char *field[7];
	size_t n = 0;
	double v;

	for (char *p = text; p; n++) {
		if (n == 7)
			errx(2, "%s:%d: expected 7 fields, found more", path, line);
		field[n] = strsep(&p, "\t");
	}
	if (n != 7)
		errx(2, "%s:%d: expected 7 fields, found %zu", path, line, n);
	*row = (struct row){ field[0], field[1], field[2], field[3], field[4], RuleNone, 0 };
	for (size_t i = 0;; i++) {
		if (i == sizeof rulenames / sizeof *rulenames)
			errx(2, "%s:%d: unknown rule '%s'", path, line, field[5]);
		if (strcmp(field[5], rulenames[i]) == 0) {
			row->rule = (enum rule)i;
			break;
		}
	}
	if (strlen(row->unit) > 4)
		errx(2, "%s:%d: unit: expected 4 characters at most, found '%s'", path, line, row->unit);
	if (row->rule != RuleNone && !number(field[6], &row->limit))
		errx(2, "%s:%d: limit: expected a number, found '%s'", path, line, field[6]);
	if (strcmp(row->floor, "-") == 0 && row->rule != RuleNone && row->rule != RuleValue)
		errx(2, "%s:%d: rule %s needs a floor", path, line, field[5]);
	if (row->rule == RuleQuiet && strtod(row->floor, NULL) > 0)
		errx(2, "%s:%d: rule quiet needs a series as its floor: a number is the same on every machine", path, line);
	if (number(row->floor, &v) && v <= 0)
		errx(2, "%s:%d: floor: expected more than 0", path, line);
}

size_t readrows(const char *path, struct row *rows)
{
	FILE *f = fopen(path, "r");
	size_t n = 0, size = 0;
	char *line = NULL;
	ssize_t got;

	if (!f)
		err(2, "%s", path);
	for (int at = 1; (got = getline(&line, &size, f)) >= 0; at++) {
		if (got > 0 && line[got - 1] == '\n')
			line[got - 1] = 0;
		if (line[0] == '#' || line[0] == 0)
			continue;
		if (n == MaxRows)
			errx(2, "%s:%d: more than %d rows", path, at, MaxRows);
		parse(path, at, line, &rows[n++]);
		line = NULL; /* the row keeps it */
		size = 0;
	}
	free(line);
	fclose(f);
	return n;
}
