/* The table on standard output, and the same as JSON. */
#include "bench.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Three significant digits, as far as they mean anything. */
static const char *show(char buf[24], double v)
{
	snprintf(buf, 24, v < 100 ? "%.2f" : "%.0f", v);
	return buf;
}

void printhead(const char *arch, size_t nruns)
{
	char head[64];

	snprintf(head, sizeof head, "linux/%s, %zu runs", arch, nruns);
	printf("\n%-22s %8s %8s %8s    %8s %-18s %7s  %s\n", head, "median", "min", "max", "floor", "", "ratio",
	       "must reach");
}

void printfigure(const struct figure *f)
{
	const struct row *row = f->row;
	char a[24], b[24], c[24], d[24];

	printf("%-22s %8s %8s %8s %-2s ", row->name, show(a, f->median), show(b, f->min), show(c, f->max), row->unit);
	if (f->hasfloor)
		printf("%8s %-18s %7s", show(d, f->floor), row->floorname, show(a, f->ratio));
	else
		printf("%8s %-18s %7s", "-", "", "-");
	switch (row->rule) {
	case RuleRatio:
		printf("  <= %g x", row->limit);
		break;
	case RuleFaster:
		printf("  >= %g x", row->limit);
		break;
	case RuleDifference:
		printf("  %+.2f <= %g %s", f->difference, row->limit, row->unit);
		break;
	case RuleValue:
		printf("  <= %g %s", row->limit, row->unit);
		break;
	case RuleQuiet:
		printf("  %.2f <= %g %s quiet", f->quiet, row->limit, row->unit);
		break;
	case RuleNone:
		printf("\n");
		return;
	}
	printf("  %s\n", f->missed ? "MISSED" : "ok");
}

/* Names come from the rows file and the command line: no control characters. */
static void string(FILE *f, const char *key, const char *s)
{
	fprintf(f, "\"%s\": \"", key);
	for (; *s; s++)
		fprintf(f, *s == '"' || *s == '\\' ? "\\%c" : "%c", *s);
	fprintf(f, "\", ");
}

static void object(FILE *f, const struct figure *g)
{
	string(f, "name", g->row->name);
	string(f, "arch", g->arch);
	string(f, "unit", g->row->unit);
	fprintf(f, "\"median_ns\": %.4f, \"min_ns\": %.4f, \"max_ns\": %.4f, ", g->median, g->min, g->max);
	if (g->hasfloor) {
		fprintf(f, "\"floor\": %.4f, ", g->floor);
		string(f, "floor_name", g->row->floorname);
		fprintf(f, "\"ratio\": %.4f, \"difference\": %.4f, ", g->ratio, g->difference);
	} else {
		fprintf(f, "\"floor\": null, \"ratio\": null, ");
	}
	if (g->row->rule == RuleNone) {
		fprintf(f, "\"rule\": null");
	} else {
		string(f, "rule", rulenames[g->row->rule]);
		if (g->row->rule == RuleQuiet)
			fprintf(f, "\"quiet\": %.4f, ", g->quiet);
		fprintf(f, "\"limit\": %g, \"ok\": %s", g->row->limit, g->missed ? "false" : "true");
	}
}

void writejson(const char *path, const struct figure *f, size_t n)
{
	size_t size = strlen(path) + 8;
	char *tmp = malloc(size);
	FILE *out;
	int fd;

	if (!tmp)
		err(2, "malloc");
	snprintf(tmp, size, "%s.XXXXXX", path);
	fd = mkstemp(tmp);
	if (fd < 0)
		err(2, "%s", tmp);
	fchmod(fd, 0644);
	out = fdopen(fd, "w");
	if (!out)
		err(2, "%s", tmp);
	fprintf(out, "[\n");
	for (size_t i = 0; i < n; i++) {
		fprintf(out, "  { ");
		object(out, &f[i]);
		fprintf(out, " }%s\n", i + 1 < n ? "," : "");
	}
	fprintf(out, "]\n");
	if (fflush(out) != 0 || fsync(fd) != 0 || fclose(out) != 0 || rename(tmp, path) != 0) {
		warn("%s", path);
		unlink(tmp);
		exit(2);
	}
	free(tmp);
}
