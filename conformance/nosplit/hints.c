/*
 * hints.c - which places of the code may name an address of read-only data.
 *
 * Depends on the bytes of the code alone. An instruction of x86 has an address as 4 bytes: itself,
 * relative to the instruction's end or, in position-independent code of 386, to the GOT; those
 * of others are for arch.constants to say. Looking at all bytes takes a tenth of the time
 * that decoding them takes. Promises: where there is
 * such an instruction there is a hint; most hints are none.
 */
#include "hints.h"

#include <stdlib.h>

enum {
	Short = 128, /* bytes below the GOT that an offset of one byte reaches */
	PageBits = 8,
	MaxSpan = 1 << 30,
};

static uint32_t word(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static const uint8_t *body(const struct image *im, const struct func *f, size_t *n)
{
	const uint8_t *p = f->flags & FN_EXTERNAL ? 0 : image_bytes(im, f->start, n);

	if (!p)
		*n = 0;
	else if (*n > f->end - f->start)
		*n = (size_t)(f->end - f->start);
	return p;
}

/* The constant of add $constant, %reg or lea constant(%reg), %reg; 0: it is none of them. */
static uint32_t added(const uint8_t *p)
{
	if (p[0] == 0x05)
		return word(p + 1);
	if ((p[0] == 0x81 && p[1] >> 3 == 0xc0 >> 3) || (p[0] == 0x8d && p[1] >> 6 == 2 && (p[1] & 7) != 4 && (p[1] >> 3 & 7) == (p[1] & 7)))
		return word(p + 2);
	return 0;
}

/* Code gets at the address of the GOT by a call and an addition to where that returned to: most
 * of them say where it is. */
static addr find_got(const struct image *im)
{
	addr got = 0;
	long votes = 0;

	for (size_t i = 0; i < im->nfuncs; i++) {
		size_t n;
		const uint8_t *p = body(im, im->funcs[i], &n);
		addr start = im->funcs[i]->start;
		for (size_t k = 0; k + 11 <= n; k++) {
			const uint8_t *call = memchr(p + k, 0xe8, n - 10 - k);
			if (!call)
				break;
			k = (size_t)(call - p);
			if (added(call + 5) == 0)
				continue;
			addr next = start + k + 5, a = (uint32_t)(next + added(p + k + 5));
			if (image_executable(im, a) || !image_executable(im, (uint32_t)(next + word(p + k + 1))))
				continue;
			if (votes == 0)
				got = a;
			votes += a == got ? 1 : -1;
		}
	}
	return got;
}

static void add(const struct image *im, struct hints *hs, addr value, addr pc)
{
	if (image_executable(im, value) || !(image_readonly(im, value) || image_readonly(im, value + HintSlack)))
		return;
	hs->h = mem_grow(hs->h, hs->n, &hs->cap, sizeof *hs->h);
	hs->h[hs->n++] = (struct hint){ value, pc };
}

struct hinting {
	const struct image *im;
	struct hints *hs;
};

static void found(void *to, addr value, addr pc)
{
	struct hinting *h = to;

	if (value - h->hs->lo < h->hs->hi - h->hs->lo)
		add(h->im, h->hs, value, pc);
}

/* Brings the hints into the order of their pages. */
static void sort(struct hints *hs)
{
	struct hint *h = mem_alloc(hs->n * sizeof *h);
	uint32_t *page = mem_alloc((hs->npages + 2) * sizeof *page), sum = 0;

	for (size_t i = 0; i < hs->n; i++)
		page[((hs->h[i].value - hs->lo) >> PageBits) + 2]++;
	for (size_t k = 0; k < hs->npages + 2; k++)
		page[k] = sum += page[k];
	for (size_t i = 0; i < hs->n; i++)
		h[page[((hs->h[i].value - hs->lo) >> PageBits) + 1]++] = hs->h[i];
	free(hs->h);
	hs->h = h;
	hs->page = page;
}

/* Of all that is code, as far as there are functions in it. */
static void read_constants(const struct image *im, struct hints *hs)
{
	struct hinting to = { im, hs };
	addr done = 0, end;

	for (size_t i = 0; i < im->nfuncs; i++) {
		const struct func *f = im->funcs[i];
		size_t n = 0;
		const uint8_t *p = f->flags & FN_EXTERNAL || f->start < done ? 0 : image_bytes(im, f->start, &n);
		if (!p)
			continue;
		end = image_code_end(im, f->start);
		im->arch->constants(im->decoder, f->start, p, end - f->start < n ? (size_t)(end - f->start) : n, found, &to);
		done = end;
	}
}

/* Most numbers in the range of the image are those of jumps. */
static void find_code(const struct image *im, struct hints *hs)
{
	hs->code = mem_alloc(hs->npages);
	for (size_t k = 0; k < hs->npages; k++) {
		addr a = hs->lo + ((addr)k << PageBits);
		hs->code[k] = image_code_end(im, a) >= a + (1 << PageBits) + HintSlack;
	}
}

static void word_hint(const struct image *im, struct hints *hs, uint32_t off, addr pc)
{
	if (!hs->code[off >> PageBits])
		add(im, hs, hs->lo + off, pc);
}

/* Each 4 bytes, as an address and with what is added to them, less where the image begins. */
static void read_words(const struct image *im, struct hints *hs)
{
	bool wide = im->arch->ptrsize == 8;
	uint32_t lo = (uint32_t)hs->lo, span = (uint32_t)(hs->hi - hs->lo);

	hs->got = wide ? 0 : find_got(im);
	find_code(im, hs);
	for (size_t i = 0; i < im->nfuncs; i++) {
		size_t n;
		const uint8_t *p = body(im, im->funcs[i], &n);
		addr pc = im->funcs[i]->start;
		for (; n >= 4; n--, p++, pc++) {
			uint32_t w = word(p), relative = w - lo + (wide ? (uint32_t)pc + 4 : (uint32_t)hs->got);
			if (w - lo < span)
				word_hint(im, hs, w - lo, pc);
			if (relative < span && (wide || (hs->got && (int32_t)w < 0)))
				word_hint(im, hs, relative, pc);
		}
	}
}

bool hints_read(const struct image *im, struct hints *hs)
{
	addr lo, hi;

	image_span(im, &lo, &hi);
	if (hi > UINT32_MAX || hi < lo || hi - lo > MaxSpan)
		return false;
	hs->lo = lo = lo < MinMark ? MinMark - HintSlack : lo - HintSlack;
	hs->hi = hi;
	hs->npages = ((hi - lo) >> PageBits) + 1;
	hs->reach = im->arch->reach;
	if (im->arch->constants)
		read_constants(im, hs);
	else
		read_words(im, hs);
	sort(hs);
	return true;
}

void hints_free(struct hints *hs)
{
	free(hs->h);
	free(hs->page);
	free(hs->code);
}

const struct hint *hints_between(const struct hints *hs, addr a, addr b, size_t *n)
{
	addr from = a < hs->lo + HintSlack ? 0 : (a - HintSlack - hs->lo) >> PageBits;
	addr to = b < hs->lo ? 0 : ((b - hs->lo) >> PageBits) + 1;

	from = from < hs->npages ? from : hs->npages;
	to = to < hs->npages ? to : hs->npages;
	*n = to > from ? hs->page[to] - hs->page[from] : 0;
	return hs->h + hs->page[from];
}

bool hints_short(const struct hints *hs, addr a, addr b)
{
	return hs->got && b >= hs->got - Short && a < hs->got;
}
