/*
 * places.c - which indirect calls and jumps the user of an --assume file means.
 *
 * Functions are swept from their start to their end, so a place is checked before the analysis:
 * a mistake is answered with the indirect calls that are there.
 */
#include "user.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void add(struct places *p, addr a)
{
	p->a = mem_grow(p->a, p->n, &p->cap, sizeof *p->a);
	p->a[p->n++] = a;
}

static void sweep(struct places *p, const struct image *im, const struct func *f)
{
	struct insn in;
	addr a = f->start;

	while (a < f->end) {
		size_t n = 0;
		const uint8_t *bytes = image_bytes(im, a, &n);
		int mode = image_mode(im, a);
		addr step = im->arch->thumb && mode == MODE_THUMB ? 2 : im->arch->minlen > 0 ? im->arch->minlen : 1;

		if (bytes == NULL)
			return;
		if (n > f->end - a)
			n = (size_t)(f->end - a);
		if (mode >= 0 && im->arch->decode(im->decoder, a, bytes, n, mode, &in) && in.len > 0) {
			if (in.flow == FLOW_ICALL || (in.flow == FLOW_IJUMP && !in.isret))
				add(p, a);
			step = in.len;
		}
		if (a + step < a)
			return;
		a += step;
	}
}

static void say_there(struct buf *b, const struct image *im, const struct func *f, const struct places *p)
{
	size_t i;

	if (p->n == 0)
		buf_str(b, "; that function has none");
	for (i = 0; i < p->n && i < 4; i++) {
		buf_str(b, i == 0 ? "; there is " : ", ");
		put_clean(b, f->name);
		put_offset(b, im, f, p->a[i]);
	}
	if (p->n > 4)
		buf_str(b, ", ...");
}

static bool at_address(struct places *p, struct image *im, const struct func *f, addr a, const char *where, char err[256])
{
	struct places all = {0};
	struct buf there = {0};
	bool found = false;
	size_t i;

	if (f == NULL) {
		snprintf(err, 256, "no function at %.60s", where);
		return false;
	}
	sweep(&all, im, f);
	for (i = 0; i < all.n && !found; i++)
		found = all.a[i] == a;
	if (found) {
		add(p, a);
	} else {
		say_there(&there, im, f, &all);
		snprintf(err, 256, "no indirect call or jump at %.60s%.150s", where, there.p);
	}
	buf_free(&there);
	free(all.a);
	return found;
}

static bool at_line(struct places *p, struct image *im, const char *file, size_t nfile, long line)
{
	struct places all = {0};
	size_t i;

	for (i = 0; i < im->nfuncs; i++)
		sweep(&all, im, im->funcs[i]);
	for (i = 0; i < all.n; i++) {
		struct buf source = {0};
		int at = 0;
		size_t n;

		put_source(&source, im, all.a[i], &at);
		n = source.n;
		if (n >= nfile && at == line && memcmp(source.p + n - nfile, file, nfile) == 0 &&
			(n == nfile || source.p[n - nfile - 1] == '/'))
			add(p, all.a[i]);
		buf_free(&source);
	}
	free(all.a);
	return p->n > 0;
}

static bool number(const char *s, addr *v)
{
	char *end;

	errno = 0;
	*v = strtoull(s, &end, 0);
	return *s >= '0' && *s <= '9' && *end == 0 && errno == 0;
}

bool places_find(struct places *p, struct image *im, const char *where, char err[256])
{
	const char *plus = strrchr(where, '+'), *colon = strrchr(where, ':');
	struct func *f;
	char *name;
	addr v;

	if (number(where, &v))
		return at_address(p, im, image_func(im, v), v, where, err);
	if (plus != NULL && plus > where && number(plus + 1, &v)) {
		name = mem_dup(where);
		name[plus - where] = 0;
		f = func_named(im, name, err);
		free(name);
		return f != NULL && at_address(p, im, f, f->start + v, where, err);
	}
	if (colon != NULL && colon > where && number(colon + 1, &v)) {
		if (v < 0x7fffffff && at_line(p, im, where, (size_t)(colon - where), (long)v))
			return true;
		snprintf(err, 256, "no indirect call or jump at %.120s (or no line numbers in the image)", where);
		return false;
	}
	f = func_named(im, where, err);
	if (f == NULL)
		return false;
	sweep(p, im, f);
	if (p->n == 0)
		snprintf(err, 256, "no indirect call or jump in %.120s", where);
	return p->n > 0;
}
