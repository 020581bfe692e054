/*
 * user.h - what the files that meet the user share: the command line and the outputs.
 *
 *	main.c options.c		verbs, options, exit status
 *	buf.c escape.c			text in memory, files written whole, hostile strings
 *	words.c chain.c			bytes, places, chains
 *	names.c keys.c			which function is meant, and what it is called for good
 *	assume.c assumed.c places.c	what the user says of the program
 *	figures.c baseline.c diff.c	figures that outlive one image, and how they changed
 *	out_*.c why.c			one format or verb a file
 *
 * Names come from the image and may hold any bytes. Everything goes through a put_ function of
 * escape.c (nil is ""): each shows control characters, invalid UTF-8 and characters that reorder text as
 * \xHH and then escapes what its format needs. buf_str and buf_fmt are for our own words only.
 */
#ifndef NOSPLIT_USER_H
#define NOSPLIT_USER_H

#include "nosplit.h"

#define VERSION "1.0"

struct delta;

enum { EXIT_FINDINGS = 1, EXIT_USAGE = 2 };

/* ---- buf.c ---- */

struct buf {
	char *p; /* NUL-terminated once something was added; nil before */
	size_t n, cap;
};

void buf_add(struct buf *, const void *p, size_t n);
void buf_str(struct buf *, const char *);
void buf_fmt(struct buf *, const char *fmt, ...) PRINTF(2, 3);
void buf_pad(struct buf *, size_t n); /* spaces */
const char *buf_text(const struct buf *); /* never nil */
void buf_free(struct buf *);
/* Writes b to the file path, whole or not at all (a temporary file beside it is renamed), or
 * to stdout if path is nil or "-". fatal if it cannot. */
void buf_write(const struct buf *, const char *path);
/* The file, whole, at most max bytes; fatal if it cannot be read, naming what for. */
void buf_read(struct buf *, const char *path, const char *what, size_t max);

/* ---- escape.c ---- */

void put_clean(struct buf *, const char *);    /* for a terminal, a TSV field, a code block */
void put_json(struct buf *, const char *);     /* with its quotes */
void put_markup(struct buf *, const char *);   /* HTML and XML, elements and quoted attributes */
void put_dot(struct buf *, const char *);      /* inside quotes */
void put_markdown(struct buf *, const char *); /* inline text of GitHub's Markdown */
void put_github(struct buf *, const char *);   /* message or property of a workflow command */
void put_uri(struct buf *, const char *);      /* a path, percent-encoded; not quoted */
/* The same for text of several lines that is our own and clean already. */
void put_json_text(struct buf *, const char *);
void put_markup_text(struct buf *, const char *);
void put_github_text(struct buf *, const char *);
size_t columns(const char *s, size_t n); /* of a cleaned text on a terminal, about */

/* ---- keys.c ---- */

/* Appends a name that stays the same when addresses and lines move: the symbol, with @FILE and
 * #N where several functions have it. Not escaped. */
void func_key(struct buf *, struct image *, const struct func *);
void keys_free(struct image *); /* before image_close */

/* ---- assume.c, assumed.c ---- */

enum statement { SAYS_CALLS, SAYS_FRAME, SAYS_ROOT, SAYS_NORETURN, SAYS_NOSPLIT, SAYS_SPLIT };

struct assume {
	char *path; /* clean */
	struct line {
		unsigned number;
		enum statement statement;
		struct func *f; /* nil: calls */
	} *lines;
	size_t n, cap;
};

/* FILE:LINE: and what is wrong with it, exit 2. */
NORETURN void assume_bad(const struct assume *, unsigned line, const char *fmt, ...) PRINTF(3, 4);

/* ---- places.c: which indirect calls an --assume line means ---- */

struct places {
	addr *a;
	size_t n, cap;
};

/* WHERE is FUNCTION+0xOFFSET, FUNCTION, FILE:LINE or 0xADDRESS. False: one line in err. */
bool places_find(struct places *, struct image *, const char *where, char err[256]);

/* ---- words.c ---- */

#define hasbudget(limit) ((limit) >= 0)

void put_bytes(struct buf *, int64_t); /* 132, unbounded, unknown */
void put_used(struct buf *, const struct chain *); /* ... or "unknown, at least 132" */
const char *quality_word(const struct chain *); /* exact, bound, unknown, unbounded */
const char *kind_word(const struct func *);	/* nosplit, assembly ...; "" if nothing is known */
/* Appends the source file of a, relative to the working directory where it lies below it, not
 * escaped; false if there is none. */
bool put_source(struct buf *, const struct image *, addr a, int *line);
/* Appends FILE:LINE, or IMAGE:FUNCTION+0xOFFSET without line numbers, escaped for a terminal. */
void put_place(struct buf *, const struct image *, const struct func *f, addr a);
/* Where CFI and the code disagree: from *i = 0 on the next function with such a place, or nil; and
 * the first of its places, as put_place does. */
const struct func *odd_next(const struct result *, size_t *i);
void put_odd(struct buf *, const struct image *, const struct func *);
/* Appends +0xOFFSET of a in f, with the name of the part of f if it lies outside of f. */
void put_offset(struct buf *, const struct image *, const struct func *f, addr a);
/* Appends the instruction at a as a disassembler has it; false if it cannot be decoded. */
bool put_insn(struct buf *, const struct image *, addr a);
addr finding_pc(const struct finding *);
/* The largest use among the roots: nil if there are none. */
const struct root *worst_root(const struct result *);
/* Order of a table of roots: least left first. */
int by_headroom(const void *, const void *); /* of struct root * */
/* Of each finding, how many of the same rule and function it is, from 1; to be freed. */
unsigned *finding_ordinals(const struct result *);
int64_t headroom(const struct chain *);	     /* limit - used; INT64_MIN if used is not known */
const struct root **sorted_roots(const struct result *); /* in that order; to be freed */
/* "a > b > c", each name passed through put, arrow between them as it is; at most max steps. */
void put_path(struct buf *, const struct chain *, unsigned max, const char *arrow, void (*put)(struct buf *, const char *));

/* ---- chain.c: a finding as lines of plain text ---- */

enum paint { PLAIN, COLOR };
void put_verdict(struct buf *, const struct result *, const struct finding *, enum paint);
/* The chain, deepest line and hint; insns: with the instruction that makes each step. */
void put_chain(struct buf *, const struct result *, const struct chain *, enum paint, bool insns);
void put_advice(struct buf *, const struct finding *);
void put_growth(struct buf *, const struct root *, const struct delta *); /* no line end */

/* ---- figures.c: what is compared over time ---- */

struct figure { /* of a root: bytes used; of a rule and a function: number of findings */
	char *label, *what, *key; /* what: "root" or the rule's id */
	int64_t value, limit;	  /* limit: of a root, -1: none */
	int64_t least;		  /* of an UNKNOWN value: what is known of it, -1: a baseline does not say */
	bool seen;
	bool asked;		  /* an image with this label was looked at */
};

enum change { SAME, GREW, SHRANK, APPEARED, GONE };

struct figures {
	struct figure *f;
	size_t n, cap;
};

/* Adds the figures of r; of several images the largest counts. */
void figures_add(struct figures *, const struct result *, const char *label);
void figures_put(struct figures *, const char *label, const char *what, const char *key, int64_t value, int64_t least, int64_t limit);
void figures_sort(struct figures *);
/* In sorted figures, or nil. */
struct figure *figures_find(struct figures *, const char *label, const char *what, const char *key);
void figures_free(struct figures *);
bool figures_worse(int64_t a, int64_t b); /* bytes, unbounded, unknown: in this order */
enum change figures_compare(const struct figure *old, const struct figure *new); /* either may be nil */
void put_figure(struct buf *, int64_t value, int64_t least); /* unknown>=24 */
extern const char *const change_word[];

/* ---- baseline.c ---- */

void baseline_read(struct figures *, const char *path);
void baseline_format(struct buf *, struct figures *);

/* ---- the outputs ---- */

enum verb { CHECK, REPORT, WHY, DIFF };

struct delta { /* of a root against the baseline */
	enum change change;
	int64_t old, oldleast;
	bool told; /* a finding says so already */
};

struct report {
	struct buf b;
	enum verb verb;
	enum paint paint;
	struct figures *baseline; /* nil: none */
	unsigned files, bad;	  /* written so far; could not be read */
	size_t findings, known, grew; /* counted by main.c */
	size_t items;		      /* of a list that an output writes over several files */
};

struct output {
	const char *name;
	void (*begin)(struct report *); /* begin and end may be nil */
	void (*file)(struct report *, const struct result *, const struct delta *); /* delta: one a root; nil without a baseline */
	void (*end)(struct report *);
};

extern const struct output out_text, out_json, out_sarif, out_junit, out_dot, out_html, out_markdown, out_github;

/* page.c, icicle.c: parts of the HTML page. */
extern const char page_style[], page_script[];
void put_icicle(struct buf *, const struct result *, unsigned file);
/* out_json.c: what why and diff need as well. */
void json_bytes(struct buf *, int64_t);
void json_place(struct buf *, const struct image *, addr); /* members, without braces */
void json_chain(struct buf *, const struct image *, const struct chain *);

/* Marks what the baseline knows; one delta a root, to be freed. */
struct delta *baseline_apply(struct figures *, struct result *);
bool grown(const struct delta *); /* and no finding says so; nil: false */

/* The instructions of f before pc that lower sp, a line each: linear, so other paths included. */
void put_lowering(struct buf *, const struct image *, const struct func *f, addr pc);
/* why.c and diff.c: format is text, json or markdown. */
void why(struct report *, const struct result *, struct func *, const char *format);
/* True if something grew. */
bool diff(struct report *, const struct result *old, const struct result *new, const char *format);

/* ---- options.c ---- */

struct options {
	enum verb verb;
	struct request request;
	const char *format, *out, *baseline, *writebaseline;
	enum paint paint;
	char **files;
	int nfiles;
	const char *function; /* why */
};

void options_parse(struct options *, int argc, char **argv); /* exits on --help, --version and misuse */

#endif
