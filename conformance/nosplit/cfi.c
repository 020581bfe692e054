/*
 * cfi.c - call frame information: which functions have it, and the CFA of each instruction.
 *
 * Depends on elf.c. cfi_read() walks .eh_frame and .debug_frame once and keeps where each FDE
 * holds; image_cfi() runs the FDE's program, in time linear in its length. Only the CFA is
 * followed: where registers are saved is of no use to the analyzer.
 */
#include "image.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_AUGMENTATION = 16,
	MAX_INITIAL = 4096, /* bytes of a CIE's program, which every FDE of it runs again */
	MAX_STATES = 1024,  /* remember_state without restore_state */
};

struct cie {
	uint64_t codealign;
	int64_t dataalign;
	uint8_t encoding; /* DW_EH_PE_... of addresses */
	bool augmented;	  /* FDEs have augmentation data */
	const uint8_t *insns, *end;
};

static bool is_eh(const struct section *s)
{
	return strcmp(s->name, ".eh_frame") == 0;
}

/* An address in the encoding of .eh_frame; base: of the section. */
static bool read_address(struct reader *r, const uint8_t *data, addr base, unsigned encoding, bool ispc, uint64_t *v)
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
			if (!read_address(&data, data.p, 0, (unsigned)rd(&data, 1) & 0x0f, false, &personality))
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

static bool parse_cie(const struct image *im, const struct section *s, uint64_t off, struct cie *c)
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

	if (!read_address(body, s->data, s->addr, c->encoding, true, &lo) ||
		!read_address(body, s->data, s->addr, c->encoding, false, &n))
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
			good = parse_cie(im, s, cieoff, &c);
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
		if (!elf_inflate(im, s) || s->size > UINT32_MAX)
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

struct cfa { /* of the program being run */
	int64_t off;
	uint64_t reg;
	bool expression;
};

struct run {
	const struct image *im;
	struct reader r;
	const uint8_t *data;
	addr base;
	struct cie cie;
	addr loc;
	struct cfa cfa;
	struct cfa *states;
	size_t nstates, capstates;
	/* rows so far; a row holds from its pc until the next */
	struct cfirow *rows;
	size_t nrows, caprows;
	addr lo, hi; /* rows outside are not kept */
};

static struct cfirow row_of(const struct run *run, addr pc)
{
	struct cfirow row = {pc, -1, 0};

	if (!run->cfa.expression && run->cfa.reg < 256)
		row.reg = run->im->arch->fromdwarf((int)run->cfa.reg);
	if (row.reg >= 0)
		row.off = run->cfa.off;
	else
		row.reg = -1;
	return row;
}

static void add_row(struct run *run, struct cfirow row)
{
	if (run->nrows > 0) {
		struct cfirow *last = &run->rows[run->nrows - 1];

		if (last->reg == row.reg && last->off == row.off)
			return;
		if (last->pc == row.pc) {
			*last = row;
			return;
		}
	}
	run->rows = mem_grow(run->rows, run->nrows, &run->caprows, sizeof *run->rows);
	run->rows[run->nrows++] = row;
}

/* What held from run->loc up to next. */
static void flush_row(struct run *run, addr next)
{
	addr pc = run->loc < run->lo ? run->lo : run->loc;

	if (next > run->lo && pc < run->hi && next > run->loc)
		add_row(run, row_of(run, pc));
}

/* False: the rest cannot be followed. */
static bool advance(struct run *run, addr to)
{
	if (to < run->loc)
		return false;
	flush_row(run, to);
	run->loc = to;
	return to < run->hi;
}

static bool step_extended(struct run *run, unsigned op)
{
	struct reader *r = &run->r;
	uint64_t v;

	switch (op) {
	case 0x00: return true; /* nop */
	case 0x01: /* set_loc */
		return read_address(r, run->data, run->base, run->cie.encoding, true, &v) && advance(run, v);
	case 0x02: return advance(run, run->loc + rd(r, 1) * run->cie.codealign);
	case 0x03: return advance(run, run->loc + rd(r, 2) * run->cie.codealign);
	case 0x04: return advance(run, run->loc + rd(r, 4) * run->cie.codealign);
	case 0x05: /* offset_extended */
	case 0x09: /* register */
	case 0x14: /* val_offset */
	case 0x2f: /* GNU_negative_offset_extended */
		rd_uleb(r);
		rd_uleb(r);
		return true;
	case 0x11: /* offset_extended_sf */
	case 0x15: /* val_offset_sf */
		rd_uleb(r);
		rd_sleb(r);
		return true;
	case 0x06: /* restore_extended */
	case 0x07: /* undefined */
	case 0x08: /* same_value */
	case 0x2e: /* GNU_args_size */
		rd_uleb(r);
		return true;
	case 0x0a: /* remember_state */
		if (run->nstates == MAX_STATES)
			return false;
		run->states = mem_grow(run->states, run->nstates, &run->capstates, sizeof *run->states);
		run->states[run->nstates++] = run->cfa;
		return true;
	case 0x0b: /* restore_state */
		if (run->nstates == 0)
			return false;
		run->cfa = run->states[--run->nstates];
		return true;
	case 0x0c: /* def_cfa */
		run->cfa.reg = rd_uleb(r);
		run->cfa.off = (int64_t)rd_uleb(r);
		run->cfa.expression = false;
		return true;
	case 0x12: /* def_cfa_sf */
		run->cfa.reg = rd_uleb(r);
		run->cfa.off = (int64_t)((uint64_t)rd_sleb(r) * (uint64_t)run->cie.dataalign);
		run->cfa.expression = false;
		return true;
	case 0x0d: /* def_cfa_register */
		run->cfa.reg = rd_uleb(r);
		return true;
	case 0x0e: /* def_cfa_offset */
		run->cfa.off = (int64_t)rd_uleb(r);
		return true;
	case 0x13: /* def_cfa_offset_sf */
		run->cfa.off = (int64_t)((uint64_t)rd_sleb(r) * (uint64_t)run->cie.dataalign);
		return true;
	case 0x0f: /* def_cfa_expression */
		run->cfa.expression = true;
		rd_skip(r, rd_uleb(r));
		return true;
	case 0x10: /* expression */
	case 0x16: /* val_expression */
		rd_uleb(r);
		rd_skip(r, rd_uleb(r));
		return true;
	case 0x2d: return true; /* GNU_window_save, AARCH64_negate_ra_state */
	default: return false;
	}
}

static bool run_program(struct run *run, const uint8_t *p, const uint8_t *end)
{
	run->r.p = p;
	run->r.end = end;
	run->r.bad = false;
	while (rd_left(&run->r) > 0) {
		unsigned op = (unsigned)rd(&run->r, 1);
		bool good = true;

		switch (op >> 6) {
		case 0: good = step_extended(run, op); break;
		case 1: good = advance(run, run->loc + (op & 0x3f) * run->cie.codealign); break;
		case 2: rd_uleb(&run->r); break; /* offset */
		case 3: break; /* restore */
		}
		if (!good || run->r.bad)
			return run->loc >= run->hi;
	}
	return true;
}

static void run_fde(struct run *run, const struct fde *f, addr lo, addr hi)
{
	const struct section *s = &run->im->elf->secs[f->section];

	run->lo = lo;
	run->hi = hi;
	run->data = s->data;
	run->base = s->addr;
	run->r = elf_reader(run->im, s);
	run->loc = f->start;
	run->cfa = (struct cfa){.expression = true};
	run->nstates = 0;
	if (!parse_cie(run->im, s, f->cie, &run->cie) || !run_program(run, run->cie.insns, run->cie.end) ||
		!run_program(run, s->data + f->insns, s->data + f->end))
		run->cfa.expression = true;
	if (run->loc < hi)
		flush_row(run, hi);
}

struct cfirow *image_cfi(const struct image *im, addr lo, addr hi, size_t *n)
{
	const struct elffile *e = im->elf;
	struct run run = {.im = im};
	size_t first = 0, last = e->nfdes;
	addr done = lo;

	*n = 0;
	while (first < last) {
		size_t mid = first + (last - first) / 2;

		if (e->fdes[mid].hi <= lo)
			first = mid + 1;
		else
			last = mid;
	}
	for (; first < e->nfdes && e->fdes[first].lo < hi; first++) {
		const struct fde *f = &e->fdes[first];
		addr from = f->lo < lo ? lo : f->lo, to = f->hi < hi ? f->hi : hi;

		if (from > done)
			add_row(&run, (struct cfirow){done, -1, 0});
		run_fde(&run, f, from, to);
		done = to;
	}
	if (run.nrows > 0 && done < hi)
		add_row(&run, (struct cfirow){done, -1, 0});
	free(run.states);
	*n = run.nrows;
	return run.rows;
}
