/*
 * cfi.c - call frame information: where each entry of .eh_frame and .debug_frame holds.
 *
 * Depends on elf.c. cfi_read() walks both sections once; cfa.c runs an entry's program when
 * somebody asks for its rows. An entry that runs past its section is refused; one of an unknown
 * version or encoding is left out.
 */
#include "cfi.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_AUGMENTATION = 16,
	MAX_INITIAL = 4096, /* bytes of a CIE's program, which every FDE of it runs again */
};

static bool is_eh(const struct section *s)
{
	return strcmp(s->name, ".eh_frame") == 0;
}

bool cfi_address(struct reader *r, const uint8_t *data, addr base, unsigned encoding, bool ispc, uint64_t *v)
{
	addr here = base + (addr)(r->p - data);

	switch (encoding & 0x0f) {
	case 0x00: *v = rd_word(r); break;
	case 0x01: *v = rd_uleb(r); break;
	case 0x02: *v = rd(r, 2); break;
	case 0x03: *v = rd(r, 4); break;
	case 0x04:
	case 0x0c: *v = rd(r, 8); break;
	case 0x09: *v = (uint64_t)rd_sleb(r); break;
	case 0x0a: *v = (uint64_t)sign_extend(rd(r, 2), 2); break;
	case 0x0b: *v = (uint64_t)sign_extend(rd(r, 4), 4); break;
	default: return false;
	}
	if (ispc && (encoding & 0x70) == 0x10)
		*v += here;
	else if (ispc && (encoding & 0xf0) != 0)
		return false;
	if (r->wordsize == 4)
		*v = (uint32_t)*v;
	return !r->bad;
}

/* Length and first word of an entry; r is left behind them. False: no more entries. */
static bool read_entry(struct reader *r, const uint8_t *data, bool eh, struct reader *body, uint64_t *id, uint64_t *idoff)
{
	uint64_t n = rd(r, 4);
	unsigned size = 4;

	if (n == 0xffffffff) {
		n = rd(r, 8);
		size = 8;
	}
	if (r->bad || n > rd_left(r)) {
		r->bad = true;
		return false;
	}
	*body = *r;
	body->end = r->p + n;
	r->p += n;
	if (n == 0)
		return true;
	*idoff = (uint64_t)(body->p - data);
	*id = rd(body, eh ? 4 : size);
	if (!eh && size == 4 && *id == 0xffffffff)
		*id = UINT64_MAX;
	return true;
}

static bool parse_augmentation(struct reader *r, const char *aug, struct cie *c)
{
	struct reader data;
	uint64_t n = rd_uleb(r), personality;

	if (n > rd_left(r))
		return false;
	data = *r;
	data.end = r->p + n;
	r->p += n;
	c->augmented = true;
	for (aug++; *aug; aug++) {
		switch (*aug) {
		case 'R': c->encoding = (uint8_t)rd(&data, 1); break;
		case 'L': rd(&data, 1); break;
		case 'P':
			if (!cfi_address(&data, data.p, 0, (unsigned)rd(&data, 1) & 0x0f, false, &personality))
				return false;
			break;
		case 'S':
		case 'B':
		case 'G': break;
		default: return !data.bad; /* the length says where the program begins */
		}
	}
	return !data.bad;
}

bool cfi_cie(const struct image *im, const struct section *s, uint64_t off, struct cie *c)
{
	struct reader r = elf_reader(im, s), body;
	bool eh = is_eh(s);
	unsigned version, wordsize = r.wordsize;
	uint64_t id, idoff;
	const char *aug;

	rd_skip(&r, off);
	if (!read_entry(&r, s->data, eh, &body, &id, &idoff) || (eh ? id != 0 : id != UINT64_MAX))
		return false;
	*c = (struct cie){0};
	version = (unsigned)rd(&body, 1);
	aug = rd_string(&body);
	if ((version != 1 && version != 3 && version != 4) || strlen(aug) > MAX_AUGMENTATION)
		return false;
	if (version == 4 && (rd(&body, 1) != wordsize || rd(&body, 1) != 0))
		return false;
	c->codealign = rd_uleb(&body);
	c->dataalign = rd_sleb(&body);
	if (version == 1)
		rd(&body, 1);
	else
		rd_uleb(&body);
	if (*aug == 'z' && !parse_augmentation(&body, aug, c))
		return false;
	if (*aug != 'z' && *aug != 0)
		return false;
	c->insns = body.p;
	c->end = body.end;
	return !body.bad && rd_left(&body) <= MAX_INITIAL;
}

static bool add_fde(struct image *im, const struct section *s, struct reader *body, uint64_t cieoff, const struct cie *c)
{
	struct elffile *e = im->elf;
	const struct range *code;
	uint64_t lo, n;
	struct fde f = {0};

	if (!cfi_address(body, s->data, s->addr, c->encoding, true, &lo) ||
		!cfi_address(body, s->data, s->addr, c->encoding, false, &n))
		return false;
	if (c->augmented)
		rd_skip(body, rd_uleb(body));
	if (im->arch->thumb)
		lo &= ~UINT64_C(1);
	code = ranges_find(&e->exec, lo);
	/* Not in code: of a function that the linker threw away. */
	if (body->bad || code == NULL || n == 0)
		return !body->bad;
	f.lo = f.start = lo;
	f.hi = n < code->hi - lo ? lo + n : code->hi;
	f.insns = (uint32_t)(body->p - s->data);
	f.end = (uint32_t)(body->end - s->data);
	f.cie = (uint32_t)cieoff;
	f.section = (uint32_t)(s - e->secs);
	e->fdes = mem_grow(e->fdes, e->nfdes, &e->capfdes, sizeof *e->fdes);
	e->fdes[e->nfdes++] = f;
	return true;
}

static bool read_frames(struct image *im, const struct section *s)
{
	struct reader r = elf_reader(im, s), body;
	uint64_t id = 0, idoff = 0, cieoff, known = UINT64_MAX;
	bool eh = is_eh(s), good = false;
	struct cie c;

	while (rd_left(&r) >= 4) {
		uint64_t off = (uint64_t)(r.p - s->data);

		if (!read_entry(&r, s->data, eh, &body, &id, &idoff))
			return image_bad(im, "section %.40s: the entry at offset 0x%" PRIx64 " runs past the end of the section: the file is damaged", s->name, off);
		if (rd_left(&body) == 0 || (eh ? id == 0 : id == UINT64_MAX))
			continue;
		cieoff = eh ? idoff - id : id;
		if (cieoff >= s->size)
			return image_bad(im, "section %.40s: the entry at offset 0x%" PRIx64 " has its CIE outside the section: the file is damaged", s->name, off);
		if (cieoff != known)
			good = cfi_cie(im, s, cieoff, &c);
		known = cieoff;
		if (good && !add_fde(im, s, &body, cieoff, &c))
			return image_bad(im, "section %.40s: the entry at offset 0x%" PRIx64 " is cut off: the file is damaged", s->name, off);
	}
	return true;
}

static int by_lo(const void *x, const void *y)
{
	const struct fde *a = x, *b = y;

	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	if (a->hi != b->hi)
		return a->hi > b->hi ? -1 : 1;
	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	return a->insns < b->insns ? -1 : a->insns > b->insns;
}

bool cfi_read(struct image *im)
{
	struct elffile *e = im->elf;
	size_t i, n = 0;

	for (i = 1; i < e->nsecs; i++) {
		struct section *s = &e->secs[i];

		if (s->data == NULL || (!is_eh(s) && strcmp(s->name, ".debug_frame") != 0))
			continue;
		if (!elf_inflate(s) || s->size > UINT32_MAX)
			continue;
		if (!read_frames(im, s))
			return false;
	}
	if (e->nfdes == 0)
		return true;
	qsort(e->fdes, e->nfdes, sizeof *e->fdes, by_lo);
	/* Both sections mostly say the same. One that begins later is the more exact one. */
	for (i = 0; i < e->nfdes; i++) {
		if (n > 0 && e->fdes[n - 1].lo == e->fdes[i].lo)
			continue;
		if (n > 0 && e->fdes[n - 1].hi > e->fdes[i].lo)
			e->fdes[n - 1].hi = e->fdes[i].lo;
		e->fdes[n++] = e->fdes[i];
	}
	e->nfdes = n;
	return true;
}
