/*
 * odds.c - where CFI and the code disagree, in every function that was analyzed: NS008 is about
 * nosplit code alone. One line a function, with the first of its places.
 */
#include "user.h"

const struct func *odd_next(const struct result *r, size_t *i)
{
	while (*i < r->image->nfuncs) {
		const struct func *f = r->image->funcs[(*i)++];

		if (f->info != NULL && f->info->ncfi > 0)
			return f;
	}
	return NULL;
}

void put_odd(struct buf *b, const struct image *im, const struct func *f)
{
	const struct disagreement *d = &f->info->cfi[0];

	put_clean(b, f->name);
	buf_fmt(b, "+0x%llx: the frame is %lld bytes above the register by CFI, %lld by the code", (unsigned long long)(d->pc - f->start),
		(long long)d->expected, (long long)d->found);
	if (f->info->ncfi > 1)
		buf_fmt(b, ", and %u more places", f->info->ncfi - 1);
	buf_str(b, "  ");
	put_place(b, im, f, d->pc);
}
