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

struct value v_addc(struct value a, int64_t c, int ptrsize)
{
	switch (a.kind) {
	case V_CONST:
		a.lo = wrap((int64_t)((uint64_t)a.lo + (uint64_t)c), ptrsize);
		return a;
	case V_SP:
		if (!sane(c) || (a.lo != NEG_INF && !sane(a.lo + c)) || !sane(a.hi + c))
			return v_top();
		if (a.lo != NEG_INF)
			a.lo += c;
		a.hi += c;
		return a;
	case V_SYM:
		if (!sane(c) || !sane(a.lo + c))
			return v_top();
		a.lo += c;
		return a;
	case V_RANGE:
		a.base = wrap((int64_t)((uint64_t)a.base + (uint64_t)c), ptrsize);
		return a;
	case V_TABLE:
		a.addend = (int64_t)((uint64_t)a.addend + (uint64_t)c);
		return a;
	}
	return a;
}

struct value v_add(struct value a, struct value b, int ptrsize)
{
	if (a.kind == V_CONST)
		return v_addc(b, b.kind == V_SP || b.kind == V_SYM ? v_signed(&a, ptrsize) : a.lo, ptrsize);
	if (b.kind == V_CONST)
		return v_addc(a, a.kind == V_SP || a.kind == V_SYM ? v_signed(&b, ptrsize) : b.lo, ptrsize);
	if (a.kind == V_OTHER || b.kind == V_OTHER)
		return v_other();
	return v_top();
}

struct value v_sub(struct value a, struct value b, int ptrsize)
{
	if (b.kind == V_CONST)
		return v_addc(a, -v_signed(&b, ptrsize), ptrsize);
	if (a.kind == V_OTHER && b.kind != V_OTHER)
		return v_other();
	if (v_exact(&a) && v_exact(&b) && a.origin == b.origin)
		return v_const(wrap(a.lo - b.lo, ptrsize));
	if (a.kind == V_CONST && b.kind == V_RANGE && b.hi != NoBound && b.stride < NoBound && b.stride > -NoBound)
		return (struct value){ .kind = V_RANGE, .base = wrap(a.lo - b.base, ptrsize), .stride = -b.stride, .lo = b.lo, .hi = b.hi };
	return v_top();
}

struct value v_scale(struct value a, unsigned shift, int ptrsize)
{
	if (shift == 0)
		return a;
	if (shift > 31)
		return v_top();
	switch (a.kind) {
	case V_CONST:
		a.lo = wrap((int64_t)((uint64_t)a.lo << shift), ptrsize);
		return a;
	case V_RANGE:
		a.base = wrap((int64_t)((uint64_t)a.base << shift), ptrsize);
		if (a.stride > 1 << 16 || a.stride < -(1 << 16) || shift > 8)
			return v_top();
		a.stride *= 1 << shift;
		return a;
	case V_TABLE:
		if (a.addend == 0 && a.vshift + shift < 8) {
			a.vshift += shift;
			return a;
		}
		return v_top();
	case V_TOP:
	case V_SYM:
		if (shift >= 1 && shift <= 4) /* the index of a table, perhaps */
			return (struct value){ .kind = V_RANGE, .base = a.kind == V_SYM ? (int64_t)((uint64_t)a.lo << shift) : 0,
					       .stride = 1 << shift, .hi = NoBound };
		return v_top();
	}
	return v_top();
}

struct value v_shr(struct value a, unsigned shift)
{
	if (a.kind == V_CONST && shift < 64) {
		a.lo = (int64_t)((uint64_t)a.lo >> shift);
		return a;
	}
	return v_top();
}

struct value v_and(struct value a, int64_t mask)
{
	if (a.kind == V_CONST) {
		a.lo &= mask;
		return a;
	}
	if (a.kind == V_OTHER)
		return a;
	if (a.kind == V_RANGE && a.base == 0 && a.stride == 1 && a.hi != NoBound && a.hi <= mask && (mask & (mask + 1)) == 0)
		return a;
	if (a.kind == V_RANGE && a.hi != NoBound && a.stride > 0 && a.stride < NoBound && (mask & (mask + 1)) == 0) {
		int64_t base = a.base > INT32_MAX && a.base <= UINT32_MAX ? (int32_t)a.base : a.base;
		if (base > -NoBound && base < NoBound && base + a.lo * a.stride >= 0 && base + a.hi * a.stride <= mask)
			return a;
	}
	if (mask == -2 && (a.kind == V_TABLE || (a.kind == V_RANGE && ((a.base | a.stride) & 1) == 0)))
		return a; /* code addresses: bit 0 is the mode */
	if (mask > 0 && mask < NoBound && ((mask >> __builtin_ctzll(mask)) & ((mask >> __builtin_ctzll(mask)) + 1)) == 0)
		return (struct value){ .kind = V_RANGE, .stride = 1 << __builtin_ctzll(mask), .hi = mask >> __builtin_ctzll(mask) };
	if (mask > 0 && mask < NoBound)
		return (struct value){ .kind = V_RANGE, .stride = 1, .hi = mask };
	return v_top();
}

struct value v_low(struct value a, int size, int ptrsize)
{
	if (size >= ptrsize)
		return a;
	if (a.kind == V_CONST) {
		a.lo &= ((int64_t)1 << 8 * size) - 1;
		return a;
	}
	if (a.kind == V_SP || a.kind == V_OTHER)
		return v_top();
	return a; /* symbols and indexes: compilers compare the half that they use */
}

struct value v_sext(struct value a, int size, int ptrsize)
{
	if (a.kind == V_CONST) {
		int shift = 64 - 8 * size;
		a.lo = wrap((int64_t)((uint64_t)a.lo << shift) >> shift, ptrsize);
		return a;
	}
	if (a.kind == V_TABLE && a.size == size && a.addend == 0 && a.vshift == 0) {
		a.sign = true;
		return a;
	}
	if (a.kind == V_RANGE || a.kind == V_SYM)
		return size >= 4 ? a : v_top();
	return v_top();
}
