/*
 * table.c - the addresses that an indirect jump or call may go to.
 *
 * Depends on what the program never writes (image_readonly). Promises: complete if the bound
 * of the index was compared in the code. A table without one is read up to the first entry
 * that cannot be meant. Addresses of the function itself can be meant whatever table they are
 * of; a table of distances ends where the next thing in read-only data begins that the code
 * names (marks.c), for there they would lead anywhere.
 */
#include "flow.h"

enum { MaxBefore = 64 /* entries */ };

static bool code_address(const struct flow *fl, addr a)
{
	if (fl->arch->thumb)
		a &= ~(addr)1;
	return image_executable(fl->image, a) && image_mode(fl->image, a) >= 0;
}

/* Nobody says where the table ends: what leads to another function belongs to another table. */
static bool own(const struct flow *fl, addr a)
{
	const struct func *g = image_func(fl->image, a);

	if (a >= fl->f->start && a < fl->f->end) /* image_func may give the one around an inner one */
		return true;
	return g && (g == fl->f || g->flags & FN_PART || g->whole == fl->f || fl->f->whole == g);
}

static addr wrap(const struct flow *fl, uint64_t a)
{
	return fl->arch->ptrsize == 4 ? (uint32_t)a : a;
}

unsigned table_targets(const struct flow *fl, const struct value *v, bool jump, addr *to, unsigned max)
{
	unsigned n = 0;
	int64_t last, skipped = 0;
	uint64_t w;
	addr a, at, asked = wrap(fl, (uint64_t)v->base);
	bool open = v->kind == V_TABLE && v->hi == NoBound, distances;

	if (v->kind == V_CONST) {
		to[0] = wrap(fl, (uint64_t)v->lo);
		return to[0] != 0 && code_address(fl, to[0]);
	}
	if (v->kind != V_TABLE && v->kind != V_RANGE)
		return 0;
	if (v->kind == V_RANGE && v->hi == NoBound) {
		/* Into unrolled code, as divisions do it: the index is the number of a bit. */
		if (!jump || v->stride < 8 || v->lo != 0 || !own(fl, wrap(fl, (uint64_t)v->base)))
			return 0;
		max = max < 32 ? max : 32;
	}
	last = v->hi < (int64_t)max + v->lo ? v->hi : (int64_t)max + v->lo - 1;
	if ((open && !jump) || (v->hi != NoBound && last < v->hi)) /* or more than anybody wants to know */
		return 0;
	distances = v->addend != 0 || v->size != fl->arch->ptrsize;
	for (int64_t i = v->lo; i <= last + skipped; i++) {
		a = wrap(fl, (uint64_t)v_nth(v, i));
		at = a;
		if (v->kind == V_TABLE) {
			if (!image_readonly(fl->image, a) || !image_word(fl->image, a, v->size, v->sign, &w)) {
				if (!open && image_word(fl->image, a, v->size, v->sign, &w))
					return 0; /* the program can write to what is left of it */
				break;
			}
			a = wrap(fl, (w << v->vshift) + (uint64_t)v->addend);
		}
		if (a == 0 && !jump)
			continue; /* a hole in a table of functions */
		if (!code_address(fl, a) || (jump && v->hi == NoBound && !own(fl, fl->arch->thumb ? a & ~(addr)1 : a))) {
			/* table[i - 1]: compilers name an address in front of the table. */
			if (!open && v->kind == V_TABLE && !distances)
				return 0; /* a hole: what is behind it may be meant, or another table */
			if (!open || distances || n > 0 || skipped++ == MaxBefore)
				break;
			continue;
		}
		/* Asked last, and not for the first entry: it may take a look at all of the code. */
		if (open && distances && at > asked) {
			if (marks_between(fl->image, asked, at))
				break;
			asked = at;
		}
		to[n++] = a;
	}
	return n;
}

bool table_index(const struct flow *fl, struct value *v)
{
	struct value range = { .kind = V_RANGE, .base = v->addend, .stride = (int64_t)1 << v->vshift };
	uint64_t w;

	if (v->sign || v->size > 2 || v->hi == NoBound)
		return false;
	for (int64_t i = v->lo; i <= v->hi; i++) {
		addr a = wrap(fl, (uint64_t)v_nth(v, i));
		if (!image_readonly(fl->image, a) || !image_word(fl->image, a, v->size, false, &w))
			return false;
		if ((int64_t)w > range.hi)
			range.hi = (int64_t)w;
	}
	*v = range;
	return true;
}
