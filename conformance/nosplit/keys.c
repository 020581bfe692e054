/*
 * keys.c - what a function is called for good: in baselines, fingerprints and comparisons.
 *
 * The symbol. Where several functions have it, @FILE tells them apart, and #N where one file made
 * several. So a key neither changes with addresses nor with lines. All keys of an image are made
 * at the first question and again if the image got more functions.
 */
#include "user.h"

#include <stdlib.h>
#include <string.h>

struct keys {
	struct key {
		const char *name;
		const struct func *f;
		char *more; /* @FILE#N, or nil */
	} *k;
	size_t n;
};

/* A function without a symbol is called by its address, which is no name for good. */
static const char *lasting_name(const struct func *f)
{
	return f->origin == FROM_SYMBOL || f->origin == FROM_NOTYPE || f->origin == FROM_PLT || (f->flags & FN_EXTERNAL) ? f->name : "sub";
}

static int by_name(const void *pa, const void *pb)
{
	const struct key *a = pa, *b = pb;
	int order = strcmp(a->name, b->name);

	if (order != 0)
		return order;
	if (a->f->start != b->f->start)
		return a->f->start < b->f->start ? -1 : 1;
	return (a->f > b->f) - (a->f < b->f);
}

/* A name and a source file, in the order of addresses. */
struct origin_file {
	struct buf file;
	struct key *key;
};

static int by_file(const void *pa, const void *pb)
{
	const struct origin_file *a = pa, *b = pb;
	int order = strcmp(buf_text(&a->file), buf_text(&b->file));

	return order != 0 ? order : (a->key > b->key) - (a->key < b->key);
}

/* Of n functions with one name, two at least. */
static void tell_apart(const struct image *im, struct key *k, size_t n)
{
	struct origin_file *v = mem_alloc(n * sizeof *v);
	size_t i, ordinal = 1;
	int line;

	for (i = 0; i < n; i++) {
		v[i].key = &k[i];
		put_source(&v[i].file, im, k[i].f->start, &line);
	}
	qsort(v, n, sizeof *v, by_file);
	for (i = 0; i < n; i++) {
		bool again = i > 0 && strcmp(buf_text(&v[i - 1].file), buf_text(&v[i].file)) == 0;
		struct buf more = {0};

		ordinal = again ? ordinal + 1 : 1;
		if (v[i].file.n > 0)
			buf_fmt(&more, "@%s", v[i].file.p);
		if (ordinal > 1)
			buf_fmt(&more, "#%zu", ordinal);
		v[i].key->more = more.p;
	}
	for (i = 0; i < n; i++)
		buf_free(&v[i].file);
	free(v);
}

static struct keys *make(const struct image *im)
{
	struct keys *keys = mem_alloc(sizeof *keys);
	size_t i, n;

	keys->n = im->nfuncs;
	keys->k = mem_alloc(keys->n * sizeof *keys->k);
	for (i = 0; i < keys->n; i++)
		keys->k[i] = (struct key){lasting_name(im->funcs[i]), im->funcs[i], NULL};
	if (keys->n > 0)
		qsort(keys->k, keys->n, sizeof *keys->k, by_name);
	for (i = 0; i < keys->n; i += n) {
		for (n = 1; i + n < keys->n && strcmp(keys->k[i].name, keys->k[i + n].name) == 0; n++)
			;
		if (n > 1)
			tell_apart(im, keys->k + i, n);
	}
	return keys;
}

void keys_free(struct image *im)
{
	size_t i;

	for (i = 0; im->keys != NULL && i < im->keys->n; i++)
		free(im->keys->k[i].more);
	if (im->keys != NULL)
		free(im->keys->k);
	free(im->keys);
	im->keys = NULL;
}

void func_key(struct buf *b, struct image *im, const struct func *f)
{
	const struct key wanted = {lasting_name(f), f, NULL}, *found = NULL;

	if (im->keys == NULL || im->keys->n != im->nfuncs) {
		keys_free(im);
		im->keys = make(im);
	}
	if (im->keys->n > 0)
		found = bsearch(&wanted, im->keys->k, im->keys->n, sizeof wanted, by_name);
	buf_str(b, wanted.name);
	if (found != NULL)
		buf_str(b, found->more);
}
