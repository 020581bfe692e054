/*
 * assume.c - what the user says of a program: --assume FILE.
 *
 *	calls WHERE -> FUNCTION, FUNCTION	whom an indirect call may reach; *: any that may split
 *	frame FUNCTION BYTES			it and all that it calls take at most so much
 *	nosplit FUNCTION			counts as one without a stack check
 *	split FUNCTION				counts as one that checks the stack
 *	root FUNCTION [LIMIT]			is entered from outside
 *	noreturn FUNCTION			never comes back
 *
 * A statement that nothing needed, or that the code or the notes of the image contradict, is an
 * error: assumptions do not outlive their reason unnoticed.
 */
#include "user.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { MaxFile = 4 << 20, MaxWords = 256 };

void assume_bad(const struct assume *a, unsigned line, const char *fmt, ...)
{
	struct buf b = {0}, clean = {0};
	va_list ap;
	char text[600];

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	put_clean(&clean, text);
	buf_fmt(&b, "%s:%u: %s", a->path, line, clean.p);
	fatal("%s", b.p);
}

void assume_contradicted(const struct image *im, unsigned line, const char *fmt, ...)
{
	va_list ap;
	char text[400];

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	assume_bad(im->assume, line, "contradicted: %s: correct the line or remove it", text);
}

static struct func *function(struct image *im, unsigned line, const char *name)
{
	char err[256];
	struct func *f = func_named(im, name, err);

	if (f == NULL)
		assume_bad(im->assume, line, "%s", err);
	return f;
}

static int64_t bytes(struct image *im, unsigned line, const char *s)
{
	char *end;
	long long v;

	errno = 0;
	v = strtoll(s, &end, 0);
	if (*s < '0' || *s > '9' || *end != 0 || errno != 0 || v > 1 << 30)
		assume_bad(im->assume, line, "expected a number of bytes from 0 to %d, found %.60s", 1 << 30, s);
	return v;
}

static void calls(struct image *im, unsigned line, char **w, unsigned n)
{
	struct places at = {0};
	char err[256];
	size_t i, k, old = im->nspots;
	struct notespot *spots;
	unsigned t;

	if (n < 4 || strcmp(w[2], "->") != 0)
		assume_bad(im->assume, line, "expected: calls WHERE -> FUNCTION, ...");
	if (!places_find(&at, im, w[1], err))
		assume_bad(im->assume, line, "%s", err);
	spots = mem_alloc((im->nspots + at.n * (n - 3)) * sizeof *spots);
	if (old > 0)
		memcpy(spots, im->spots, old * sizeof *spots);
	for (i = 0; i < at.n; i++) {
		for (k = 0; k < old; k++)
			if (spots[k].where == at.a[i] && spots[k].kind == NOTE_CALLS && !spots[k].assumed)
				assume_bad(im->assume, line, "contradicted: the notes of the image say already whom %.120s reaches", w[1]);
		for (t = 3; t < n; t++) {
			struct notespot *s = &spots[im->nspots++];

			s->where = at.a[i];
			s->callee = strcmp(w[t], "*") == 0 ? NULL : function(im, line, w[t]);
			s->what = s->callee != NULL ? s->callee->start : 0;
			s->kind = NOTE_CALLS;
			s->assumed = true;
			s->line = line;
		}
	}
	free(im->spots);
	im->spots = spots;
	free(at.a);
}

static struct assumed *assumed(struct func *f)
{
	if (f->assumed == NULL) {
		f->assumed = mem_alloc(sizeof *f->assumed);
		f->assumed->frame = -1;
	}
	return f->assumed;
}

static void kind(struct image *im, unsigned line, struct func *f, uint8_t k, const char *word)
{
	bool split = f->kind == FUNC_SPLIT;
	unsigned before = f->assumed != NULL ? f->assumed->kindline : 0;

	if (f->kind != FUNC_UNKNOWN && split != (k == FUNC_SPLIT) && before > 0)
		assume_contradicted(im, line, "%s is %s, line %u says", f->name, split ? "split" : "nosplit", before);
	if (f->kind != FUNC_UNKNOWN && split != (k == FUNC_SPLIT))
		assume_contradicted(im, line, "%s is %s, the notes of the image say", f->name, split ? "split" : "nosplit");
	if (f->kind != FUNC_UNKNOWN)
		assume_bad(im->assume, line, "unused: %s is %s already: remove the line", f->name, word);
	f->kind = k;
	assumed(f)->kindline = line;
}

static void root(struct image *im, unsigned line, struct func *f, int64_t limit)
{
	if ((f->flags & FN_ROOT) && limit > 0 && f->limit > 0 && f->limit != limit)
		assume_contradicted(im, line, "%s has a limit of %lld already", f->name, (long long)f->limit);
	if ((f->flags & FN_ROOT) && (limit == 0 || f->limit == limit))
		assume_bad(im->assume, line, "unused: %s is such a root already: remove the line", f->name);
	f->flags |= FN_ROOT;
	if (limit > 0)
		f->limit = limit;
}

static void statement(struct image *im, unsigned number, char **w, unsigned n)
{
	struct assume *a = im->assume;
	struct line *l;
	struct func *f = NULL;
	const char *verb = w[0];
	static const char *const verbs[] = {"calls", "frame", "root", "noreturn", "nosplit", "split"};
	unsigned s;

	for (s = 0; s < nelem(verbs) && strcmp(verb, verbs[s]) != 0; s++)
		;
	if (s == nelem(verbs))
		assume_bad(a, number, "expected calls, frame, nosplit, split, root or noreturn, found %.60s", verb);
	if (s != SAYS_CALLS) {
		unsigned most = s == SAYS_FRAME || s == SAYS_ROOT ? 3 : 2, least = s == SAYS_FRAME ? 3 : 2;

		if (n < least || n > most)
			assume_bad(a, number, "expected: %s FUNCTION%s", verb, s == SAYS_FRAME ? " BYTES" : s == SAYS_ROOT ? " [LIMIT]" : "");
		f = function(im, number, w[1]);
		if (f->flags & FN_PLT && s != SAYS_ROOT)
			f = image_through(im, f);
	}
	switch (s) {
	case SAYS_CALLS: calls(im, number, w, n); break;
	case SAYS_NOSPLIT: kind(im, number, f, FUNC_NOSPLIT, verb); break;
	case SAYS_SPLIT: kind(im, number, f, FUNC_SPLIT, verb); break;
	case SAYS_ROOT: root(im, number, f, n == 3 ? bytes(im, number, w[2]) : 0); break;
	case SAYS_FRAME:
		if (assumed(f)->frame >= 0)
			assume_bad(a, number, "%s has a frame of line %u already", f->name, f->assumed->frameline);
		f->assumed->frame = bytes(im, number, w[2]);
		f->assumed->frameline = number;
		break;
	case SAYS_NORETURN:
		assumed(f)->noreturn = true;
		f->assumed->noreturnline = number;
		break;
	}
	a->lines = mem_grow(a->lines, a->n, &a->cap, sizeof *a->lines);
	l = &a->lines[a->n++];
	*l = (struct line){number, s, f};
}

static int by_where(const void *pa, const void *pb)
{
	const struct notespot *a = pa, *b = pb;

	if (a->where != b->where)
		return a->where < b->where ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (a->what > b->what) - (a->what < b->what);
}

/* Ends the line at a # that begins a word: within one it is part of a name. */
static void comment(char *s)
{
	char *p;

	for (p = s; (p = strchr(p, '#')) != NULL; p++)
		if (p == s || p[-1] == ' ' || p[-1] == '\t' || p[-1] == ',') {
			*p = 0;
			return;
		}
}

void assume_read(struct image *im, const char *path)
{
	struct assume *a = mem_alloc(sizeof *a);
	struct buf text = {0}, name = {0};
	unsigned number = 0;
	char *s, *next;

	buf_read(&text, path, "a list of assumptions", MaxFile);
	put_clean(&name, path);
	a->path = mem_dup(name.p);
	im->assume = a;
	for (s = text.p; *s; s = next) {
		char *w[MaxWords], *word, *save = NULL;
		unsigned n = 0;

		number++;
		next = s + strcspn(s, "\n");
		if (*next)
			*next++ = 0;
		comment(s);
		for (word = strtok_r(s, " \t\r,", &save); word != NULL; word = strtok_r(NULL, " \t\r,", &save)) {
			if (n == MaxWords)
				assume_bad(a, number, "more than %d words in a line: split it, several add up", MaxWords);
			w[n++] = word;
		}
		if (n > 0)
			statement(im, number, w, n);
	}
	if (im->nspots > 0)
		qsort(im->spots, im->nspots, sizeof *im->spots, by_where);
	buf_free(&text);
	buf_free(&name);
}
