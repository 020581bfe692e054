/*
 * options.c - the command line: everything is checked before the first file is opened.
 *
 * Misuse is one line on stderr and exit 2. Depends on getopt_long of the C library.
 */
#include "user.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MaxLimit = 1 << 30 };

static const char help[] =
	"usage: nosplit check [options] FILE...       findings; exit 1 if there are any\n"
	"       nosplit report [options] FILE...      budget of every root, and figures\n"
	"       nosplit why [options] FILE FUNCTION   worst chain, with the instructions that make it\n"
	"       nosplit diff [options] OLD NEW        what grew and shrank; exit 1 if something grew\n"
	"\n"
	"Proves on linked ELF (amd64, 386, arm, arm64) how deep the stack gets below each root: by abstract\n"
	"interpretation of the code, never from tables that a compiler wrote. What cannot be known\n"
	"is said to be unknown, and is never counted as 0.\n"
	"\n"
	"  --limit N             bytes that a chain may use (default: what the program's notes say)\n"
	"  --root FUNCTION       start here; repeatable (default: the roots of the notes, else every\n"
	"                        entry). Also NAME@FILE, NAME#2, NAME@FILE#2 and\n"
	"                        0xADDRESS\n"
	"  --assume FILE         statements about the program, one a line: see the manual\n"
	"  --baseline FILE       check, report: fail only on growth and on findings that it lacks\n"
	"  --write-baseline FILE check: write it from what is found now, and exit 0\n"
	"  --all-paths           check: a finding for every path that is over budget\n"
	"  --lazy                look only at what the roots reach\n"
	"  --label ARCH/OS       name of the port in findings and baselines\n"
	"  --format FORMAT       text, json, markdown; check, report: also sarif, junit, dot, html,\n"
	"                        github\n"
	"  -o FILE               write there, whole or not at all (default: stdout)\n"
	"  --color WHEN          auto, always or never (default: auto, which honours NO_COLOR)\n"
	"  --help, --version\n"
	"\n"
	"Exit status: 0 clean, 1 findings or growth, 2 bad usage or input.\n"
	"The manual: man -l conformance/nosplit/nosplit.1\n";

static const char *const verbs[] = {"check", "report", "why", "diff"};

enum { OPT_LIMIT = 256, OPT_ROOT, OPT_ASSUME, OPT_BASELINE, OPT_WRITE, OPT_ALL, OPT_LAZY, OPT_LABEL, OPT_FORMAT, OPT_COLOR };

static const struct option table[] = {
	{"limit", required_argument, NULL, OPT_LIMIT},
	{"root", required_argument, NULL, OPT_ROOT},
	{"assume", required_argument, NULL, OPT_ASSUME},
	{"baseline", required_argument, NULL, OPT_BASELINE},
	{"write-baseline", required_argument, NULL, OPT_WRITE},
	{"all-paths", no_argument, NULL, OPT_ALL},
	{"lazy", no_argument, NULL, OPT_LAZY},
	{"label", required_argument, NULL, OPT_LABEL},
	{"format", required_argument, NULL, OPT_FORMAT},
	{"output", required_argument, NULL, 'o'},
	{"color", required_argument, NULL, OPT_COLOR},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{NULL, 0, NULL, 0},
};

/* "nosplit: WHAT VALUE: MESSAGE", with the value harmless. */
NORETURN static void misuse(const char *what, const char *value, const char *message)
{
	struct buf b = {0};

	buf_str(&b, what);
	if (value != NULL) {
		buf_str(&b, *what ? " " : "");
		put_clean(&b, value);
	}
	fatal("%s: %s", b.p, message);
}

static int64_t limit(const char *s)
{
	char *end;
	long long v;

	errno = 0;
	v = strtoll(s, &end, 0);
	if (*s < '0' || *s > '9' || *end != 0 || errno != 0 || v > MaxLimit)
		misuse("--limit", s, "expected a number of bytes from 0 to 1073741824");
	return v;
}

static enum paint paint(const char *when, const char *out)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (strcmp(when, "always") == 0)
		return COLOR;
	if (strcmp(when, "never") == 0)
		return PLAIN;
	if (strcmp(when, "auto") != 0)
		misuse("--color", when, "choose auto, always or never");
	if ((out != NULL && strcmp(out, "-") != 0) || (no != NULL && *no != 0) || term == NULL || strcmp(term, "dumb") == 0)
		return PLAIN;
	return isatty(1) ? COLOR : PLAIN;
}

static void version(void)
{
	puts("nosplit " VERSION " (portkit stack budget analyzer; JSON schema 1, baseline 1, SARIF 2.1.0)");
}

static void verb(struct options *o, int argc, char **argv)
{
	unsigned i;

	if (argc < 2)
		misuse("expected check, report, why or diff", NULL, "see nosplit --help");
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
		fputs(help, stdout);
		exit(fflush(stdout) == 0 ? 0 : EXIT_USAGE);
	}
	if (strcmp(argv[1], "--version") == 0) {
		version();
		exit(fflush(stdout) == 0 ? 0 : EXIT_USAGE);
	}
	for (i = 0; i < nelem(verbs); i++)
		if (strcmp(argv[1], verbs[i]) == 0) {
			o->verb = i;
			return;
		}
	misuse("no command", argv[1], "expected check, report, why or diff: see nosplit --help");
}

static void check_format(const struct options *o)
{
	static const char *const all[] = {"text", "json", "markdown", "sarif", "junit", "dot", "html", "github"};
	unsigned i, n = o->verb == WHY || o->verb == DIFF ? 3 : nelem(all);

	for (i = 0; i < n; i++)
		if (strcmp(o->format, all[i]) == 0)
			return;
	misuse("--format", o->format, n == 3 ? "why and diff have text, json and markdown"
					     : "choose text, json, sarif, junit, dot, html, markdown or github");
}

static void check_verb(const struct options *o, int operands)
{
	if ((o->verb == CHECK || o->verb == REPORT) && operands < 1)
		misuse(verbs[o->verb], NULL, "expected at least one FILE, found none: see nosplit --help");
	if (o->verb == WHY && operands != 2)
		misuse("why", NULL, "expected FILE and FUNCTION: see nosplit --help");
	if (o->verb == DIFF && operands != 2)
		misuse("diff", NULL, "expected OLD and NEW: see nosplit --help");
	if (o->baseline != NULL && o->verb != CHECK && o->verb != REPORT)
		misuse("--baseline", NULL, "is for check and report");
	if (o->writebaseline != NULL && o->verb != CHECK)
		misuse("--write-baseline", NULL, "is for check");
	if (o->writebaseline != NULL && (o->baseline != NULL || o->out != NULL))
		misuse("--write-baseline", NULL, "goes with neither --baseline nor -o");
	if (o->request.allpaths && o->verb != CHECK)
		misuse("--all-paths", NULL, "is for check");
}

static const char *value(int option)
{
	if (*optarg == 0)
		misuse(option == 'o' ? "-o" : "an option", NULL, "its value is empty: see nosplit --help");
	return optarg;
}

NORETURN static void unknown_option(int argc, char **argv, bool needs)
{
	const char *s = optind > 1 && optind <= argc ? argv[optind - 1] : "";
	char one[3] = {'-', (char)optopt, 0};

	/* A short option may stand in the middle of a word. */
	if (optopt > 0 && optopt < 128 && strncmp(s, "--", 2) != 0)
		s = one;
	if (needs)
		misuse("", s, "needs a value: see nosplit --help");
	misuse("no option", s, "see nosplit --help");
}

/* What is read is not written over: not by a mistake, and not silently. */
static void check_output(const struct options *o, const char *option, const char *out)
{
	struct stat to, from;
	const char *other[] = {o->baseline, o->request.assume};
	int i;

	if (out == NULL || strcmp(out, "-") == 0 || stat(out, &to) != 0 || !S_ISREG(to.st_mode))
		return;
	for (i = 0; i < o->nfiles + (int)nelem(other); i++) {
		const char *in = i < o->nfiles ? o->files[i] : other[i - o->nfiles];

		if (in != NULL && stat(in, &from) == 0 && from.st_dev == to.st_dev && from.st_ino == to.st_ino)
			misuse(option, out, "is a file that is read: choose another one");
	}
}

void options_parse(struct options *o, int argc, char **argv)
{
	const char *color = "auto";
	size_t cap = 0;
	int c;

	*o = (struct options){.format = "text", .request.limit = -1};
	verb(o, argc, argv);
	optind = 2;
	opterr = 0;
	while ((c = getopt_long(argc, argv, ":o:h", table, NULL)) != -1) {
		switch (c) {
		case OPT_LIMIT: o->request.limit = limit(optarg); break;
		case OPT_ROOT:
			o->request.roots = mem_grow(o->request.roots, o->request.nroots, &cap, sizeof *o->request.roots);
			o->request.roots[o->request.nroots++] = value(c);
			break;
		case OPT_ASSUME: o->request.assume = value(c); break;
		case OPT_BASELINE: o->baseline = value(c); break;
		case OPT_WRITE: o->writebaseline = value(c); break;
		case OPT_ALL: o->request.allpaths = true; break;
		case OPT_LAZY: o->request.lazy = true; break;
		case OPT_LABEL: o->request.label = value(c); break;
		case OPT_FORMAT: o->format = value(c); break;
		case OPT_COLOR: color = optarg; break;
		case 'o': o->out = value(c); break;
		case 'h': fputs(help, stdout); exit(fflush(stdout) == 0 ? 0 : EXIT_USAGE);
		case 'V': version(); exit(fflush(stdout) == 0 ? 0 : EXIT_USAGE);
		default: unknown_option(argc, argv, c == ':');
		}
	}
	check_format(o);
	check_verb(o, argc - optind);
	o->paint = paint(color, o->out);
	o->files = argv + optind;
	o->nfiles = argc - optind;
	if (o->verb == WHY)
		o->function = o->files[--o->nfiles];
	check_output(o, "-o", o->out);
	check_output(o, "--write-baseline", o->writebaseline);
}
