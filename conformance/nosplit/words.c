/*
 * words.c - how bytes, places and instructions are worded, the same in every output.
 */
#include "user.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void put_bytes(struct buf *b, int64_t n)
{
	if (n == UNBOUNDED)
		buf_str(b, "unbounded");
	else if (n == UNKNOWN)
		buf_str(b, "unknown");
	else
		buf_fmt(b, "%lld", (long long)n);
}

void put_used(struct buf *b, const struct chain *c)
{
	put_bytes(b, c->used);
	if (c->used == UNKNOWN && c->atleast > 0)
		buf_fmt(b, ", at least %lld", (long long)c->atleast);
}

const char *quality_word(const struct chain *c)
{
	if (c->used == UNBOUNDED)
		return "unbounded";
	if (c->used == UNKNOWN || c->quality == Q_UNKNOWN)
		return "unknown";
	return c->quality == Q_EXACT ? "exact" : "bound";
}

const char *kind_word(const struct func *f)
{
	switch (f->kind) {
	case FUNC_SPLIT: return "may split";
	case FUNC_LEAF: return "small leaf";
	case FUNC_NOSPLIT: return "nosplit";
	case FUNC_ASM: return "assembly";
	default: return "";
	}
}

/* Drops "." and "x/.." from what b holds behind start; symbolic links do not matter for a name. */
static void tidy(struct buf *b, size_t start)
{
	char *in = b->p + start, *out = in, *first = in + (*in == '/');

	out = first;
	for (in = first; *in;) {
		size_t n = strcspn(in, "/");
		char *last = out;

		if (n == 2 && in[0] == '.' && in[1] == '.' && out > first) {
			for (last = out - 1; last > first && last[-1] != '/';)
				last--;
			if (strncmp(last, "../", 3) == 0)
				last = NULL;
		} else {
			last = NULL;
		}
		if (last != NULL) {
			out = last;
		} else if (n > 0 && !(n == 1 && in[0] == '.')) {
			memmove(out, in, n);
			out += n;
			if (in[n] == '/')
				*out++ = '/';
		}
		in += n + (in[n] == '/');
	}
	*out = 0;
	b->n = (size_t)(out - b->p);
}

static const char *working_directory(void)
{
	static char dir[4096];

	if (dir[0] == 0 && getcwd(dir, sizeof dir) == NULL)
		strcpy(dir, "//"); /* is the start of no tidied path */
	return dir;
}

bool put_source(struct buf *b, const struct image *im, addr a, int *line)
{
	const char *file = image_line(im, a, line), *dir = working_directory();
	size_t start = b->n, n = strlen(dir);

	if (file == NULL || *file == 0)
		return false;
	buf_str(b, file);
	tidy(b, start);
	if (strncmp(b->p + start, dir, n) == 0 && b->p[start + n] == '/') {
		memmove(b->p + start, b->p + start + n + 1, b->n - start - n);
		b->n -= n + 1;
	}
	return b->n > start;
}

void put_place(struct buf *b, const struct image *im, const struct func *f, addr a)
{
	struct buf file = {0};
	int line = 0;

	if (put_source(&file, im, a, &line)) {
		/* At the start of a line some logs take these for commands. */
		if (file.p[0] == ':' || file.p[0] == '#')
			buf_str(b, "./");
		put_clean(b, file.p);
		buf_fmt(b, ":%d", line);
	} else {
		put_clean(b, im->path);
		if (f != NULL) {
			buf_str(b, ":");
			put_clean(b, f->name);
			put_offset(b, im, f, a);
		}
	}
	buf_free(&file);
}

void put_offset(struct buf *b, const struct image *im, const struct func *f, addr a)
{
	if (a < f->start || (a >= f->end && a != f->start)) { /* in a part that lies elsewhere */
		const struct func *part = image_func(im, a);

		if (part == NULL) {
			buf_fmt(b, " 0x%llx", (unsigned long long)a);
			return;
		}
		buf_str(b, " ");
		put_clean(b, part->name);
		f = part;
	}
	buf_fmt(b, "+0x%llx", (unsigned long long)(a - f->start));
}

bool put_insn(struct buf *b, const struct image *im, addr a)
{
	const uint8_t *p;
	char text[160] = "";
	size_t n = 0;
	int mode = image_mode(im, a);

	p = image_bytes(im, a, &n);
	if (im->decoder == NULL || p == NULL || mode < 0)
		return false;
	im->arch->text(im->decoder, a, p, n, mode, text, sizeof text);
	put_clean(b, text);
	return text[0] != 0;
}

addr finding_pc(const struct finding *f)
{
	/* What is over budget is the root's matter: where it makes the call. */
	if (f->rule == NS001 && f->chain.nsteps > 0)
		return f->chain.steps[0].pc;
	return f->pc != 0 || f->f == NULL ? f->pc : f->f->start;
}

int64_t headroom(const struct chain *c)
{
	if (!known(c->used))
		return INT64_MIN;
	return hasbudget(c->limit) ? c->limit - c->used : -c->used;
}

int by_headroom(const void *pa, const void *pb)
{
	const struct root *a = *(const struct root *const *)pa, *b = *(const struct root *const *)pb;
	int64_t x = headroom(&a->worst), y = headroom(&b->worst);
	int order;

	if (x != y)
		return x < y ? -1 : 1;
	order = strcmp(a->f->name, b->f->name);
	return order != 0 ? order : (a->f->start > b->f->start) - (a->f->start < b->f->start);
}

const struct root *worst_root(const struct result *r)
{
	const struct root *worst = NULL;
	size_t i;

	for (i = 0; i < r->nroots; i++) {
		const struct root *root = &r->roots[i];

		if (worst == NULL || by_headroom(&root, &worst) < 0)
			worst = root;
	}
	return worst;
}

const struct root **sorted_roots(const struct result *r)
{
	const struct root **v = mem_alloc((r->nroots + 1) * sizeof *v);
	size_t i;

	for (i = 0; i < r->nroots; i++)
		v[i] = &r->roots[i];
	if (r->nroots > 0)
		qsort(v, r->nroots, sizeof *v, by_headroom);
	return v;
}

void put_path(struct buf *b, const struct chain *c, unsigned max, const char *arrow, void (*put)(struct buf *, const char *))
{
	unsigned i;

	for (i = 0; i < c->nsteps; i++) {
		if (i > 0)
			buf_str(b, arrow);
		if (i >= max) {
			buf_str(b, "...");
			break;
		}
		put(b, c->steps[i].f->name);
	}
}
