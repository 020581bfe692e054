/*
 * runner.h - what the files of the conformance runner share.
 *
 * The flow: plan.c, assertions.c and choose.c read and check everything the user gave, before
 * the first test starts; run.c and child.c run the tests; tap.c and judge.c turn what a test
 * printed and how it ended into results; text.c, json.c, junit.c and html.c only print them.
 *
 * Every string that reaches a result or a report has passed buf_clean(): it is valid UTF-8
 * without control characters, so that the printers have to escape markup and nothing else.
 */
#ifndef RUNNER_H
#define RUNNER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
	EXIT_FINDINGS = 1,
	EXIT_USAGE = 2,
	CAPTURE_MAX = 1 << 20, /* bytes kept of each of stdout and stderr */
	POINTS_MAX = 10000,    /* a larger plan is taken for garbage */
	STACK_LIMIT = 512 << 10,
};

/* --- util.c ---------------------------------------------------------------------------- */

struct buf {
	char *p; /* NUL-terminated once something was added; NULL before */
	size_t n, cap;
};

/* Memory that lives until mem_release(): zeroed, never NULL. */
void *mem(size_t n);
char *mem_str(const char *s);
char *mem_fmt(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void mem_release(void);
/* Room for one more element: returns the (moved) array; dies when out of memory. */
void *grow(void *array, size_t n, size_t *cap, size_t size);

void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Adds n raw bytes with control characters (but \n and \t) and invalid UTF-8 as \xHH. */
void buf_clean(struct buf *b, const char *p, size_t n);
/* Adds s escaped for element content and quoted attributes of both HTML and XML. */
void buf_markup(struct buf *b, const char *s);
/* Moves the text to mem() memory and empties b. Never NULL. */
char *buf_keep(struct buf *b);
void buf_free(struct buf *b);

/* Length of the valid, printable UTF-8 sequence at p (or \n, \t), or 0. */
size_t utf8_len(const char *p, size_t n);
/* Orders S2 before S10 and S04.2 before S04.10; 0 only for equal strings. */
int natural(const char *a, const char *b);
int64_t now_ns(void);
bool put_all(int fd, const char *p, size_t n);

/* One line on stderr, then exit 2. */
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void die_at(const char *file, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* --- tsv.c ----------------------------------------------------------------------------- */

struct tsv {
	const char *name;
	char *at, *end;
	int line; /* of the fields below */
	char *f[8];
};

void tsv_open(struct tsv *t, const char *name);
/* Next row, with exactly `columns` non-empty fields, or false at the end; dies otherwise. */
bool tsv_next(struct tsv *t, int columns, const char *names);
/* Dies unless field i is a plain name: letters, digits, and the characters of `more`. */
void tsv_name(const struct tsv *t, int i, const char *what, const char *more);

/* --- the model ------------------------------------------------------------------------- */

enum status { PASSED, FAILED, SKIPPED, XFAILED };

struct result {
	const char *id;       /* ID, or ID.K */
	const char *sentence; /* never empty */
	const char *message;  /* lines; "" when there is nothing to say */
	enum status status;
	double ms;
	bool unreached; /* failed only because the test ended before this point */
};

struct capture {
	struct buf b;
	bool cut; /* there was more than CAPTURE_MAX */
	struct mark {
		size_t end; /* bytes [previous end, end) had arrived at ns */
		int64_t ns;
	} * marks;
	size_t nmarks, capmarks;
};

struct test {
	int line; /* in the plan */
	size_t row, subject;
	const char *id, *source, *limit_text;
	int64_t limit; /* ns */
	char **argv;
	bool chosen, skipped; /* --only, --skip */

	struct capture out, err;
	int64_t started, ns;
	int wait_status; /* as waitpid gives it */
	bool timed_out;
	const char *cannot; /* the step of the start that failed, NULL if it ran */
	int cannot_errno;

	struct result *results;
	size_t nresults, capresults;
};

struct row {
	const char *port, *variant, *how;
	const char *dir; /* as a file name, unique in the plan */
};

struct plan {
	const char *name;
	struct test *tests;
	size_t ntests, captests;
	struct row *rows; /* in order of first appearance */
	size_t nrows, caprows;
	const char **subjects; /* likewise */
	size_t nsubjects, capsubjects;
};

struct assertion {
	const char *id, *subject, *sentence, *source;
	int line;
};

struct assertions {
	const char *name; /* NULL: no such file was given */
	struct assertion *a;
	size_t n, cap;
};

struct xfail {
	const char *where; /* "port", "port variant" or "port variant how" */
	const char *id, *reason;
	int line;
};

struct xfails {
	const char *name;
	struct xfail *x;
	size_t n, cap;
};

struct counts {
	size_t passed, failed, skipped, xfailed; /* passed includes xfailed */
};

struct context {
	struct plan plan;
	struct assertions assertions;
	struct xfails xfails;
};

/* --- reading and choosing -------------------------------------------------------------- */

void plan_read(struct plan *p, const char *name);
void plan_free(struct plan *p);
/* "linux/arm futex qemu-arm", in mem() memory. */
const char *row_name(const struct row *r);
/* True when id is base, or base followed by a dot and anything. */
bool id_within(const char *id, const char *base);

void assertions_read(struct assertions *s, const char *name);
const struct assertion *assertion_find(const struct assertions *s, const char *id);
/* Prints to stdout what lacks a test or an assertion; true if nothing does. */
bool coverage(const struct assertions *s, const struct plan *p);

/* Marks the chosen tests; dies on a name that matches nothing. */
void choose(struct plan *p, char **only, size_t nonly, char **skip, size_t nskip);

void xfails_read(
	struct xfails *x, const char *name, const struct plan *p, const struct assertions *s);
/* Turns expected failures into XFAILED, and unexpected passes of t into failures. */
void xfails_apply(const struct xfails *x, const struct plan *p, struct test *t);

/* --- running --------------------------------------------------------------------------- */

/* Starts t: 0, or -1 with t->cannot set. fd: the read ends of its stdout and stderr. */
int child_start(struct test *t, bool limits, pid_t *pid, int fd[2]);
/* Runs every chosen test and judges it. 0, or the number of the signal that ended it all. */
int run_all(struct context *c, int jobs);

void progress_begin(const struct plan *p, bool quiet);
void progress_started(const struct test *t);
void progress_done(const struct test *t);
void progress_tick(void);
void progress_end(void);

/* --- judging --------------------------------------------------------------------------- */

struct point {
	bool ok, skip;
	const char *text, *reason; /* cleaned */
	struct buf diagnostics;
	double ms;
};

struct tap {
	struct point *points;
	size_t npoints, cappoints;
	bool planned, skip_all;
	size_t plan;             /* the N of 1..N */
	const char *skip_reason; /* of the whole test */
	struct buf broken;       /* first violation of the protocol, or empty */
	const char *throws;      /* raw bytes of the announced message, in the capture */
	size_t throws_n, throws_at;
};

void tap_parse(struct tap *tap, const struct test *t);
void tap_free(struct tap *tap);
/* Fills t->results from its captures and the way it ended. */
void judge(struct context *c, struct test *t);
struct result *result_add(struct test *t, const char *id, enum status status);
const char *sentence_of(const struct context *c, const struct test *t);

/* count.c: some row is run by a model of an OS's kernel. */
#define MODELLED "personality: by our model of the kernel, not the kernel"
bool modelled(const struct plan *p);

/* ends.c: words for how a test ended, as lines added to b. */
void say_end(struct buf *b, const struct test *t);
void say_cannot(struct buf *b, const struct plan *p, const struct test *t);
/* The first lines of stderr and the last of stdout. */
void say_output(struct buf *b, const struct test *t);

/* --- reporting ------------------------------------------------------------------------- */

struct counts count(const struct plan *p, size_t row, size_t subject); /* ANY: all of them */
#define ANY ((size_t)-1)
const char *status_name(enum status s);
/* The command that runs the test alone, in mem() memory. */
const char *run_command(const struct plan *p, const struct test *t);

void text_report(const struct plan *p, bool color, bool summary_only);
void json_report(struct buf *b, const struct plan *p);
void junit_report(struct buf *b, const struct plan *p);
void html_report(struct buf *b, const struct context *c);
void html_everything(struct buf *b, const struct context *c);
extern const char html_style[];

/* Makes dir and proves that files can be written in it; dies otherwise. */
void report_probe(const char *dir);
/* Writes all the files or, with a message on stderr, none: true if written. */
bool report_write(const char *dir, const struct context *c);

#endif
