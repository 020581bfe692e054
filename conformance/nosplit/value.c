/*
 * value.c - arithmetic on abstract values.
 *
 * Promises: a result that is not V_TOP is right for every number that the operands stand for,
 * with one convention: a range or table index of NoBound means that nobody knows its end.
 */
#include "flow.h"

static int64_t wrap(int64_t c, int ptrsize)
{
	return ptrsize == 4 ? (int64_t)(uint32_t)c : c;
}

int64_t v_signed(const struct value *c, int ptrsize)
{
	return ptrsize == 4 ? (int64_t)(int32_t)c->lo : c->lo;
}

/* No frame comes near this: what is beyond is a computation that went astray. */
static bool sane(int64_t off)
{
	return off > -((int64_t)1 << 40) && off < (int64_t)1 << 40;
}

void v_addc(struct value *a, int64_t c, int ptrsize)
{
	switch (a->kind) {
	case V_CONST:
		a->lo = wrap((int64_t)((uint64_t)a->lo + (uint64_t)c), ptrsize);
		break;
	case V_SP:
		if (!sane(c) || (a->lo != NEG_INF && !sane(a->lo + c)) || !sane(a->hi + c)) {
			*a = v_top();
			break;
		}
		if (a->lo != NEG_INF)
			a->lo += c;
		a->hi += c;
		break;
	case V_SYM:
		if (!sane(c) || !sane(a->lo + c))
			*a = v_top();
		else
			a->lo += c;
		break;
	case V_RANGE:
		a->base = wrap((int64_t)((uint64_t)a->base + (uint64_t)c), ptrsize);
		break;
	case V_TABLE:
		a->addend = (int64_t)((uint64_t)a->addend + (uint64_t)c);
		break;
	}
}

static void add_const(struct value *a, const struct value *c, int ptrsize)
{
	v_addc(a, a->kind == V_SP || a->kind == V_SYM ? v_signed(c, ptrsize) : c->lo, ptrsize);
}

void v_add(struct value *a, const struct value *b, int ptrsize)
{
	struct value c = *a;

	if (b->kind == V_CONST && c.kind != V_CONST) {
		add_const(a, b, ptrsize);
	} else if (c.kind == V_CONST) {
		*a = *b;
		add_const(a, &c, ptrsize);
	} else {
		*a = a->kind == V_OTHER || b->kind == V_OTHER ? v_other() : v_top();
	}
}

void v_sub(struct value *a, const struct value *b, int ptrsize)
{
	if (b->kind == V_CONST)
		v_addc(a, negated(v_signed(b, ptrsize)), ptrsize);
	else if (a->kind == V_OTHER && b->kind != V_OTHER)
		;
	else if (v_exact(a) && v_exact(b) && a->origin == b->origin)
		*a = v_const(wrap(a->lo - b->lo, ptrsize));
	else if (a->kind == V_CONST && b->kind == V_RANGE && b->hi != NoBound && b->stride < NoBound && b->stride > -NoBound)
		*a = (struct value){ .kind = V_RANGE, .size = b->size, .stride = -b->stride, .lo = b->lo, .hi = b->hi, .addend = b->addend,
				     .base = wrap((int64_t)((uint64_t)a->lo - (uint64_t)b->base), ptrsize) };
	else
		*a = v_top();
}

int64_t v_nth(const struct value *v, int64_t i)
{
	return (int64_t)((uint64_t)v->base + (uint64_t)(i * v->stride));
}

/* Sums of the same symbol and another number are others, and so are parts of it; all have the
 * symbol itself in the low half. */
int64_t v_index(const struct value *sym)
{
	uint64_t other = ((uint64_t)sym->lo * 0x9e3779b97f4a7c15u >> 32) + sym->size;

	return (int64_t)(sym->id | other << 32);
}

void v_scale(struct value *a, unsigned shift, int ptrsize)
{
	if (shift == 0)
		return;
	if (a->kind == V_CONST && shift <= 31) {
		a->lo = wrap((int64_t)((uint64_t)a->lo << shift), ptrsize);
	} else if (a->kind == V_RANGE && a->stride <= 1 << 16 && a->stride >= -(1 << 16) && shift <= 8) {
		a->base = wrap((int64_t)((uint64_t)a->base << shift), ptrsize);
		a->stride *= 1 << shift;
	} else if (a->kind == V_TABLE && a->addend == 0 && a->vshift + shift < 8) {
		a->vshift += shift;
	} else if ((a->kind == V_TOP || a->kind == V_SYM) && shift <= 4) { /* the index of a table, perhaps */
		struct value i = v_sym(a->id);
		i.size = a->size;
		*a = (struct value){ .kind = V_RANGE, .base = a->kind == V_SYM ? (int64_t)((uint64_t)a->lo << shift) : 0,
				     .stride = 1 << shift, .hi = NoBound, .addend = a->kind == V_SYM ? v_index(&i) : 0 };
	} else {
		*a = v_top();
	}
}

void v_shr(struct value *a, unsigned shift)
{
	if (a->kind == V_CONST && shift < 64)
		a->lo = (int64_t)((uint64_t)a->lo >> shift);
	else
		*a = v_top();
}

/* A range, rounded down to multiples of a power of two: the size of an array on the stack. */
static bool rounded(struct value *a, int64_t mask)
{
	int64_t unit = negated(mask), min, max;

	if (a->kind != V_RANGE || a->size || a->hi == NoBound || unit < 2 || unit >= NoBound || (unit & (unit - 1)) ||
	    a->stride <= 0 || a->stride >= NoBound || a->base <= -NoBound || a->base >= NoBound)
		return false;
	min = a->base + a->lo * a->stride;
	max = a->base + a->hi * a->stride;
	if (min < 0 || max / unit >= NoBound)
		return false;
	*a = (struct value){ .kind = V_RANGE, .stride = (int32_t)unit, .lo = min / unit, .hi = max / unit };
	return true;
}

void v_and(struct value *a, int64_t mask)
{
	bool low = ((uint64_t)mask & ((uint64_t)mask + 1)) == 0;

	if (a->kind == V_CONST) {
		a->lo &= mask;
		return;
	}
	if (a->kind == V_OTHER)
		return;
	if (a->kind == V_RANGE && a->hi != NoBound && a->stride > 0 && a->stride < NoBound && low) {
		int64_t base = a->base > INT32_MAX && a->base <= UINT32_MAX ? (int32_t)a->base : a->base;
		if (base > -NoBound && base < NoBound && base + a->lo * a->stride >= 0 && base + a->hi * a->stride <= mask) {
			if (a->size && mask < (int64_t)1 << 8 * a->size)
				a->size = 0;
			return;
		}
	}
	if (mask == -2 && (a->kind == V_TABLE || (a->kind == V_RANGE && ((a->base | a->stride) & 1) == 0)))
		return; /* code addresses: bit 0 is the mode */
	if (rounded(a, mask))
		return;
	if (mask > 0 && mask < NoBound) {
		int zeros = __builtin_ctzll((uint64_t)mask);
		int64_t ones = mask >> zeros;
		*a = (ones & (ones + 1)) == 0 ? (struct value){ .kind = V_RANGE, .stride = 1 << zeros, .hi = ones }
					      : (struct value){ .kind = V_RANGE, .stride = 1, .hi = mask };
		return;
	}
	*a = v_top();
}

void v_low(struct value *a, int size, int ptrsize)
{
	if (size >= ptrsize)
		return;
	if (a->kind == V_CONST)
		a->lo &= ((int64_t)1 << 8 * size) - 1;
	else if (a->kind == V_SP || a->kind == V_OTHER)
		*a = v_top();
	else if (a->kind == V_SYM && (a->size == 0 || a->size > size))
		a->size = (uint8_t)size;
	else if (a->kind == V_RANGE && a->size == size)
		a->size = 0;
}

void v_sext(struct value *a, int size, int ptrsize)
{
	if (a->kind == V_CONST) {
		int shift = 64 - 8 * size;
		a->lo = wrap((int64_t)((uint64_t)a->lo << shift) >> shift, ptrsize);
	} else if (a->kind == V_TABLE && a->size == size && a->addend == 0 && a->vshift == 0) {
		a->sign = true;
	} else if ((a->kind == V_RANGE || a->kind == V_SYM) && size >= 4) {
		v_low(a, size, ptrsize); /* what it is compared with is small enough that its sign does not matter */
	} else {
		*a = v_top();
	}
}
