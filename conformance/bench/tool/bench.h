/* bench: runs the measuring programs in turns and makes figures of their samples.
 * A sample is what one operation took; a run's value is the median of the samples
 * of one run; a figure is the median of the runs' values, min and max beside it.
 * A ratio or difference is taken within each run, then the median over the runs.
 */
#ifndef BENCH_TOOL_H
#define BENCH_TOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { MaxRuns = 99, MaxRows = 32, MaxSeries = 64, MaxImages = 8, MaxPorts = 16 };

/* The values of one series, run by run. */
struct series {
	char name[32];
	size_t nruns;
	double value[MaxRuns];
};

struct port {
	const char *arch;
	size_t nimages;
	char *image[MaxImages];
	bool failed; /* it cannot run here after all, or a program failed */
	size_t nseries;
	struct series series[MaxSeries];
};

enum rule { RuleNone, RuleRatio, RuleFaster, RuleDifference, RuleValue, RuleQuiet };

/* One line of the rows file (conformance/bench/rows). */
struct row {
	char *name, *unit, *subject, *floor, *floorname;
	enum rule rule;
	double limit;
};

struct figure {
	const struct row *row;
	const char *arch;
	double median, min, max;
	bool hasfloor;
	double floor, ratio, difference;
	double quiet; /* the median, had the floor of each run been the least of all runs */
	bool missed; /* what must be reached */
};

extern const char *const rulenames[];

double median(const double *v, size_t n); /* n > 0 */

/* Reads the rows file; exits with 2 and one line if it is malformed. */
size_t readrows(const char *path, struct row *rows);

/* One run of every image of the port. False, and one line on standard error, if
 * one fails; port->failed is set. */
bool runport(struct port *p);

/* False if the port has not got the row's series. */
bool makefigure(const struct port *p, const struct row *row, struct figure *f);

void printhead(const char *arch, size_t nruns);
void printfigure(const struct figure *f);
/* Writes path whole or not at all; exits with 2 and one line if it cannot. */
void writejson(const char *path, const struct figure *f, size_t n);

#endif
