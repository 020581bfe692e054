/* From the values of the runs to a figure. */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void sorted(const double *v, size_t n, double *to)
{
	memcpy(to, v, n * sizeof *v);
	qsort(to, n, sizeof *to, compare);
}

double median(const double *v, size_t n)
{
	double *copy = malloc(n * sizeof *v), m;

	if (!copy)
		abort();
	sorted(v, n, copy);
	m = (copy[(n - 1) / 2] + copy[n / 2]) / 2;
	free(copy);
	return m;
}

static const struct series *find(const struct port *p, const char *name)
{
	for (size_t i = 0; i < p->nseries; i++)
		if (strcmp(p->series[i].name, name) == 0)
			return &p->series[i];
	return NULL;
}

static bool missed(const struct row *row, const struct figure *f)
{
	switch (row->rule) {
	case RuleRatio:
		return !(f->ratio <= row->limit);
	case RuleFaster:
		return !(f->ratio >= row->limit);
	case RuleDifference:
		return !(f->difference <= row->limit);
	case RuleValue:
		return !(f->median <= row->limit);
	case RuleQuiet:
		return !(f->quiet <= row->limit);
	case RuleNone:
		break;
	}
	return false;
}

bool makefigure(const struct port *p, const struct row *row, struct figure *f)
{
	const struct series *s = find(p, row->subject), *fs = find(p, row->floor);
	double ratio[MaxRuns], difference[MaxRuns], copy[MaxRuns], constant = strtod(row->floor, NULL);

	if (!s || s->nruns == 0)
		return false;
	*f = (struct figure){ .row = row, .arch = p->arch, .hasfloor = fs || constant > 0 };
	if (!f->hasfloor && strcmp(row->floor, "-") != 0)
		return false;
	sorted(s->value, s->nruns, copy);
	f->median = median(s->value, s->nruns);
	f->min = copy[0];
	f->max = copy[s->nruns - 1];
	if (f->hasfloor) {
		for (size_t i = 0; i < s->nruns; i++) {
			double floor = fs ? fs->value[i] : constant;
			ratio[i] = s->value[i] / floor;
			difference[i] = s->value[i] - floor;
		}
		f->floor = fs ? median(fs->value, fs->nruns) : constant;
		if (fs) {
			double least[MaxRuns];
			sorted(fs->value, fs->nruns, least);
			for (size_t i = 0; i < s->nruns; i++)
				copy[i] = ratio[i] * least[0];
			f->quiet = median(copy, s->nruns);
		}
		f->ratio = median(ratio, s->nruns);
		f->difference = median(difference, s->nruns);
	}
	f->missed = missed(row, f);
	return true;
}
