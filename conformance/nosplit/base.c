/*
 * base.c - places that are not a known number of bytes from the entry's sp.
 *
 * Depends on value.c. Promises: wherever a new base is made, nothing of the state is still
 * relative to what had its number; the bounds of a base hold each time that it is made.
 */
#include "flow.h"

/* Of the entry's sp, in bytes: further than any argument. */
enum { FarAbove = 1 << 24 };

void base_depth(const struct flow *fl, const struct value *v, int64_t *hi, int64_t *lo)
{
	int64_t deep = v->lo, shallow = v->hi;

	if (v->origin) {
		const struct base *b = &fl->bases[v->origin];
		deep = deep == NEG_INF || b->lo == NEG_INF ? NEG_INF : deep + b->lo;
		shallow += b->hi;
	}
	*hi = deep == NEG_INF ? UNBOUNDED : -deep;
	*lo = -shallow;
}

/* It can be in [lo, hi], too. In a loop that goes on and on. */
static void grow(struct base *b, int64_t lo, int64_t hi)
{
	bool loop = ++b->grown > 2;

	if (lo < b->lo)
		b->lo = loop || lo == NEG_INF || b->lo - lo > 4096 ? NEG_INF : lo;
	if (hi > b->hi)
		b->hi = !loop ? hi : hi < 0 ? 0 : FarAbove;
}

/* base sp number for the instruction at: somewhere in [lo, hi] of the entry's. */
static struct value newbase(struct flow *fl, struct state *s, uint32_t at, int64_t lo, int64_t hi, bool dynamic)
{
	unsigned b = 1;

	if (hi > FarAbove)
		hi = FarAbove;
	while (b <= fl->nbases && fl->bases[b].at != at)
		b++;
	if (b == MaxBases) /* without a number of its own it is an interval like any other */
		return (struct value){ .kind = V_SP, .lo = lo, .hi = hi, .stride = lo != hi, .addend = lo == hi ? 0 : -1 - (int64_t)at };
	if (b > fl->nbases) {
		fl->nbases = b;
		fl->bases[b] = (struct base){ .at = at, .lo = lo, .hi = hi, .dynamic = dynamic };
	} else if (lo < fl->bases[b].lo || hi > fl->bases[b].hi) {
		grow(&fl->bases[b], lo, hi);
		fl->restart = true; /* depths were found with the old bounds */
	}
	for (unsigned i = 0; i < s->nslots; i++)
		if (s->slot[i].origin == b)
			s->slot[i--] = s->slot[--s->nslots];
	for (unsigned r = 0; r < fl->arch->nregs; r++)
		if (s->reg[r].kind == V_SP && s->reg[r].origin == b)
			s->reg[r] = v_top();
	return (struct value){ .kind = V_SP, .origin = (uint8_t)b };
}

static int64_t below(int64_t lo, int64_t n)
{
	return lo == NEG_INF ? NEG_INF : lo - n;
}

/* sp & mask: whoever aligns the stack moves it by less than the alignment, and by whole words
 * if sp was a multiple of a word, as every ABI has it at entry. */
struct value base_aligned(struct flow *fl, struct state *s, const struct value *v, int64_t mask, uint32_t at)
{
	int64_t hi, lo, unit = negated(mask), word = fl->arch->ptrsize, most;

	if (unit <= 0 || (unit & (unit - 1)) || unit > 1 << 20)
		return v_top();
	most = unit - 1;
	if (v->hi % word == 0 && v->stride % word == 0 && (v->origin == 0 || !fl->bases[v->origin].dynamic))
		most = unit > word ? unit - word : 0;
	base_depth(fl, v, &hi, &lo);
	return newbase(fl, s, at, below(hi == UNBOUNDED ? NEG_INF : -hi, most), -lo, false);
}

struct value base_less(struct flow *fl, struct state *s, const struct value *v, const struct value *b, uint32_t at)
{
	int64_t hi, lo;

	base_depth(fl, v, &hi, &lo);
	if (b && b->kind == V_RANGE && b->hi != NoBound && b->size == 0 && b->stride > 0 && b->base > -(1 << 20) &&
	    b->base < 1 << 20 && b->base + b->lo * b->stride >= 0)
		return newbase(fl, s, at, below(hi == UNBOUNDED ? NEG_INF : -hi, b->base + b->hi * b->stride),
			       -lo - b->base - b->lo * b->stride, true);
	return newbase(fl, s, at, NEG_INF, -lo, true);
}
