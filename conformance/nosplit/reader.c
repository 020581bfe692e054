/*
 * reader.c - numbers out of bytes that may end anywhere, and sorted ranges.
 *
 * Depends on nothing of the image. Promises never to read behind the end it was given.
 */
#include "image.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LEB = 10 };

uint64_t word_at(const uint8_t *p, unsigned size, bool big)
{
	uint64_t v = 0;
	unsigned i;

	if (!big && (size == 4 || size == 8)) { /* a load, as compilers see it */
		v = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
		return size == 4 ? v : v | word_at(p + 4, 4, false) << 32;
	}
	for (i = 0; i < size; i++)
		v = v << 8 | p[big ? i : size - 1 - i];
	return v;
}

int64_t sign_extend(uint64_t v, unsigned size)
{
	switch (size) {
	case 1: return (int8_t)v;
	case 2: return (int16_t)v;
	case 4: return (int32_t)v;
	default: return (int64_t)v;
	}
}

uint64_t rd(struct reader *r, unsigned size)
{
	uint64_t v;

	if (rd_left(r) < size) {
		r->p = r->end;
		r->bad = true;
		return 0;
	}
	v = word_at(r->p, size, r->big);
	r->p += size;
	return v;
}

uint64_t rd_word(struct reader *r)
{
	return rd(r, r->wordsize);
}

/* One of more than MAX_LEB bytes is bad: libdw would go on in the middle of it. */
static uint64_t leb(struct reader *r, unsigned *bits, uint8_t *last)
{
	uint64_t v = 0;

	*bits = 0;
	do {
		*last = (uint8_t)rd(r, 1);
		if (*bits < 64)
			v |= (uint64_t)(*last & 0x7f) << *bits;
		*bits += 7;
	} while ((*last & 0x80) && *bits < MAX_LEB * 7);
	r->bad |= (*last & 0x80) != 0;
	return v;
}

uint64_t rd_uleb(struct reader *r)
{
	unsigned bits;
	uint8_t last;

	return leb(r, &bits, &last);
}

int64_t rd_sleb(struct reader *r)
{
	unsigned bits;
	uint8_t last;
	uint64_t v = leb(r, &bits, &last);

	if (bits < 64 && (last & 0x40))
		v |= ~UINT64_C(0) << bits;
	return (int64_t)v;
}

void rd_skip(struct reader *r, uint64_t n)
{
	if (rd_left(r) < n) {
		r->p = r->end;
		r->bad = true;
	} else {
		r->p += n;
	}
}

void ranges_add(struct ranges *rs, addr lo, addr size)
{
	addr hi;

	if (size == 0 || __builtin_add_overflow(lo, size, &hi))
		return;
	rs->r = mem_grow(rs->r, rs->n, &rs->cap, sizeof *rs->r);
	rs->r[rs->n++] = (struct range){lo, hi};
}

static int by_lo(const void *x, const void *y)
{
	const struct range *a = x, *b = y;

	return a->lo < b->lo ? -1 : a->lo > b->lo;
}

void ranges_merge(struct ranges *rs)
{
	size_t i, n = 0;

	if (rs->n == 0)
		return;
	qsort(rs->r, rs->n, sizeof *rs->r, by_lo);
	for (i = 0; i < rs->n; i++) {
		/* Neighbours stay apart: the end of a section is an end of functions too. */
		if (n > 0 && rs->r[i].lo < rs->r[n - 1].hi) {
			if (rs->r[i].hi > rs->r[n - 1].hi)
				rs->r[n - 1].hi = rs->r[i].hi;
		} else {
			rs->r[n++] = rs->r[i];
		}
	}
	rs->n = n;
}

const struct range *ranges_find(const struct ranges *rs, addr a)
{
	size_t lo = 0, hi = rs->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (rs->r[mid].lo <= a)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 && a < rs->r[lo - 1].hi ? &rs->r[lo - 1] : NULL;
}
