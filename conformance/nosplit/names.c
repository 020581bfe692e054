/*
 * names.c - which function a user means.
 *
 * A name is the symbol, or a key as keys.c makes it, of which the end of the path of the source
 * file is enough: what a report prints can be typed back.
 */
#include "user.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool has_name(const struct func *f, const char *name, size_t n)
{
	unsigned i;

	if (strncmp(f->name, name, n) == 0 && f->name[n] == 0)
		return true;
	for (i = 0; i < f->naliases; i++)
		if (strncmp(f->alias[i], name, n) == 0 && f->alias[i][n] == 0)
			return true;
	return false;
}

/* file ends in tail, at the start of a name. */
static bool ends_in(const char *file, const char *tail)
{
	size_t n = strlen(file), k = strlen(tail);

	return k > 0 && n >= k && strcmp(file + n - k, tail) == 0 && (n == k || file[n - k - 1] == '/');
}

/* Letters that must be changed to make b of a, at most 9. */
static unsigned distance(const char *a, const char *b)
{
	enum { Max = 64 };
	unsigned row[Max + 1], i, j, na = (unsigned)strnlen(a, Max), nb = (unsigned)strnlen(b, Max);

	for (j = 0; j <= nb; j++)
		row[j] = j;
	for (i = 1; i <= na; i++) {
		unsigned diagonal = row[0];

		row[0] = i;
		for (j = 1; j <= nb; j++) {
			unsigned best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[nb] < 9 ? row[nb] : 9;
}

static void say_unknown(const struct image *im, const char *name, char err[256])
{
	const struct func *best = NULL;
	unsigned least = strlen(name) < 6 ? 2 : 4;
	struct buf t = {0}, like = {0};
	size_t i;

	for (i = 0; i < im->nfuncs; i++) {
		unsigned d = distance(name, im->funcs[i]->name);

		if (d < least) {
			least = d;
			best = im->funcs[i];
		}
	}
	put_clean(&t, name);
	if (best != NULL) {
		put_clean(&like, best->name);
		snprintf(err, 256, "no function %.80s; there is %.80s", t.p, like.p);
	} else {
		snprintf(err, 256, "no function %.120s%s", buf_text(&t),
			im->stripped ? ": the image has no symbols: give an address, 0x..." : ": its symbols are listed by nm");
	}
	buf_free(&t);
	buf_free(&like);
}

static void say_several(struct image *im, const char *name, size_t n, const struct func *one, char err[256])
{
	struct buf t = {0}, key = {0};

	put_clean(&t, name);
	func_key(&key, im, one);
	if (strcmp(buf_text(&key), name) == 0)
		buf_str(&key, "#1"); /* of one file all */
	snprintf(err, 256, "%zu functions are called %.60s: say which one, such as %.100s", n, t.p, key.p);
	buf_free(&t);
	buf_free(&key);
}

/* Who names an IFUNC means what it chooses, not the function that chooses. */
static struct func *implementation(struct image *im, struct func *f, const char *name)
{
	char *stub = f->flags & FN_IFUNC ? mem_fmt("%s@plt", name) : NULL;
	struct func *g = stub != NULL ? image_named(im, stub) : NULL;

	free(stub);
	return g != NULL && image_resolver(im, g) == f ? g : f;
}

struct func *func_named(struct image *im, const char *name, char err[256])
{
	const char *at, *hash = NULL;
	struct func *found = NULL, *f;
	size_t i, n = 0, length, ordinal = 0;
	char *end;

	if (name[0] == '0' && (name[1] == 'x' || name[1] == 'X')) {
		errno = 0;
		found = image_at(im, strtoull(name, &end, 16));
		if (*end != 0 || errno != 0 || found == NULL) {
			snprintf(err, 256, "no function starts at %.80s", name);
			found = NULL;
		}
		return found;
	}
	/* A symbol may hold an '@' (versions), so the name as it is comes first. */
	f = image_named(im, name);
	if (f != NULL)
		return implementation(im, f, name);
	at = strchr(name, '@');
	length = at == NULL ? strcspn(name, "#") : (size_t)(at - name);
	hash = strrchr(at == NULL ? name : at, '#');
	if (hash != NULL && hash[1] >= '1' && hash[1] <= '9')
		ordinal = strtoul(hash + 1, NULL, 10);
	for (i = 0; i < im->nfuncs; i++) {
		struct buf file = {0}, tail = {0};
		bool here = has_name(im->funcs[i], name, length);
		int line;

		if (here && at != NULL) {
			put_source(&file, im, im->funcs[i]->start, &line);
			buf_add(&tail, at + 1, hash != NULL ? (size_t)(hash - at - 1) : strlen(at + 1));
			here = ends_in(buf_text(&file), tail.p);
		}
		buf_free(&file);
		buf_free(&tail);
		if (here && (++n == ordinal || (n == 1 && ordinal == 0)))
			found = im->funcs[i];
	}
	if (n == 0) {
		say_unknown(im, name, err);
		return NULL;
	}
	if (ordinal > 0 && found == NULL) {
		struct buf t = {0};

		put_clean(&t, name);
		snprintf(err, 256, "no function %.120s: there are %zu of that name, from #1 on", t.p, n);
		buf_free(&t);
		return NULL;
	}
	if (n > 1 && ordinal == 0) {
		/* The alias of one function may be the name of others. */
		say_several(im, name, n, found, err);
		return NULL;
	}
	return found;
}
