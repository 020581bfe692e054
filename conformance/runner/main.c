/*
 * main.c - the conformance runner's command line.
 *
 * Everything the user gave is read and checked before the first test starts. Exit status: 0 all
 * passed, 1 findings, 2 usage or bad input, 128 + N after signal N (no report is touched then).
 */
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { JOBS_MAX = 256 };

static const char help[] =
	"usage: runner [options] PLAN\n"
	"       runner coverage --assertions FILE PLAN\n"
	"\n"
	"Runs every test of PLAN, judges its TAP, and prints a matrix of ports by subjects, then\n"
	"what failed. `coverage` lists assertions without a test and tests without an assertion.\n"
	"\n"
	"  -j N               tests at a time (default: three for every two processors)\n"
	"  -o DIR             write report.json, junit.xml, index.html and tap/ there\n"
	"  --assertions FILE  TSV: id, subject, sentence, source\n"
	"  --xfail FILE       TSV: port, id, reason; strict: one that passes is a failure.\n"
	"                     The port may be narrowed to \"port variant\" or \"port variant "
	"how\"\n"
	"  --only ID          run only this test, or ID.*; repeatable\n"
	"  --skip PORT        count the tests of this port as skipped; repeatable\n"
	"  --summary-only     print the matrix and the counts only\n"
	"  --color WHEN       auto, always or never (default: auto, which honours NO_COLOR)\n"
	"  --help, --version\n"
	"\n"
	"PLAN is TSV: port, variant, how, subject, id, source, limit in seconds, command.\n"
	"'#' comments and blank lines are allowed in every TSV file.\n"
	"Exit status: 0 all passed, 1 findings, 2 usage or bad input.\n";

struct options {
	const char *out, *assertions, *xfail, *color, *plan;
	char **only, **skip;
	size_t nonly, nskip, caponly, capskip;
	int jobs;
	bool summary_only, coverage;
};

static int jobs(const char *s)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(s, &end, 10);
	if (*s < '0' || *s > '9' || *end || errno || n < 1 || n > JOBS_MAX)
		die("-j %s: give a number of tests from 1 to %d", s, JOBS_MAX);
	return (int)n;
}

static void parse(struct options *o, int argc, char **argv)
{
	static const struct option options[] = {
		{"assertions", required_argument, NULL, 'a'},
		{"xfail", required_argument, NULL, 'x'},
		{"only", required_argument, NULL, 'O'},
		{"skip", required_argument, NULL, 's'},
		{"summary-only", no_argument, NULL, 'S'},
		{"color", required_argument, NULL, 'c'},
		{"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'V'},
		{NULL, 0, NULL, 0},
	};
	int c;

	if (argc > 1 && strcmp(argv[1], "coverage") == 0) {
		o->coverage = true;
		optind = 2;
	}
	opterr = 0;
	while ((c = getopt_long(argc, argv, ":j:o:", options, NULL)) != -1) {
		switch (c) {
		case 'j': o->jobs = jobs(optarg); break;
		case 'o': o->out = optarg; break;
		case 'a': o->assertions = optarg; break;
		case 'x': o->xfail = optarg; break;
		case 'c': o->color = optarg; break;
		case 'S': o->summary_only = true; break;
		case 'O':
			o->only = grow(o->only, o->nonly, &o->caponly, sizeof *o->only);
			o->only[o->nonly++] = optarg;
			break;
		case 's':
			o->skip = grow(o->skip, o->nskip, &o->capskip, sizeof *o->skip);
			o->skip[o->nskip++] = optarg;
			break;
		case 'h': fputs(help, stdout); exit(0);
		case 'V': puts("runner (portkit conformance runner, report schema 1)"); exit(0);
		case ':': die("%s needs a value: see runner --help", argv[optind - 1]);
		default:
			die("unknown option %s: see runner --help",
				optopt > 0 && optopt < 128 && argv[optind - 1][1] != '-'
					? mem_fmt("-%c", optopt)
					: argv[optind - 1]);
		}
	}
	if (argc - optind != 1)
		die("expected one PLAN, found %d: see runner --help", argc - optind);
	o->plan = argv[optind];
	if (o->out != NULL && o->out[0] == 0)
		die("-o needs the name of a directory: see runner --help");
	if (strcmp(o->color, "auto") && strcmp(o->color, "always") && strcmp(o->color, "never"))
		die("--color %s: choose auto, always or never", o->color);
	if (o->coverage && o->assertions == NULL)
		die("coverage needs --assertions FILE: see runner --help");
	if (o->coverage && (o->out || o->xfail || o->nonly || o->nskip))
		die("coverage takes no option but --assertions FILE: see runner --help");
}

static bool want_color(const char *when)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	return isatty(1) && (no == NULL || *no == 0) && term != NULL && strcmp(term, "dumb") != 0;
}

static int run(struct context *c, const struct options *o)
{
	bool written = true;
	int sig;

	progress_begin(&c->plan, o->summary_only);
	sig = run_all(c, o->jobs);
	progress_end();
	if (sig != 0) {
		fprintf(stderr,
			"runner: ended by %s: the tests were killed, no report was written\n",
			strsignal(sig));
		return 128 + sig;
	}
	if (o->out != NULL)
		written = report_write(o->out, c);
	text_report(&c->plan, want_color(o->color), o->summary_only);
	if (!written)
		return EXIT_USAGE;
	return count(&c->plan, ANY, ANY).failed > 0 ? EXIT_FINDINGS : 0;
}

int main(int argc, char **argv)
{
	static struct context c;
	static struct options o = {.color = "auto"};
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	int status, fd;

	/* Pipes must not land on 0, 1 or 2: the child puts its own files there. */
	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd < 3);
	if (fd >= 0)
		close(fd);
	signal(SIGPIPE, SIG_IGN);
	cpus += cpus / 2; /* a test waits for a third of its time, or more */
	o.jobs = cpus < 1 ? 1 : cpus > JOBS_MAX ? JOBS_MAX : (int)cpus;
	parse(&o, argc, argv);
	if (o.assertions != NULL)
		assertions_read(&c.assertions, o.assertions);
	plan_read(&c.plan, o.plan);
	if (o.coverage) {
		status = coverage(&c.assertions, &c.plan) ? 0 : EXIT_FINDINGS;
	} else {
		choose(&c.plan, o.only, o.nonly, o.skip, o.nskip);
		if (o.xfail != NULL)
			xfails_read(&c.xfails, o.xfail, &c.plan, &c.assertions);
		if (o.out != NULL)
			report_probe(o.out);
		status = run(&c, &o);
	}
	if (fflush(stdout) != 0 || ferror(stdout))
		die("cannot write to stdout: %s", strerror(errno));
	plan_free(&c.plan);
	free(c.assertions.a);
	free(c.xfails.x);
	free(o.only);
	free(o.skip);
	mem_release();
	return status;
}
