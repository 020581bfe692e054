/*
 * marks.c - where, by what the code says, something in read-only data begins.
 *
 * Depends on hints.c, the decoder and the functions of the image. Promises: every constant
 * address of such data that an instruction of a function forms or adds an index to is known,
 * when somebody asks for it. A jump table whose length nobody compares ends at the latest where
 * the next one begins.
 */
#include "hints.h"

#include <stdlib.h>

struct marks {
	addr *a;
	size_t n, cap, nsorted;
	struct decoder *decoder; /* all of a function is decoded, literals too: they must not count as code elsewhere */
	bool hinted; /* functions without a hint need not be decoded */
	struct hints hints;
};

enum { ScratchRegs = 7 /* of 386: eax, ecx, edx */ };

static int order(const void *p, const void *q)
{
	addr x = *(const addr *)p, y = *(const addr *)q;

	return x < y ? -1 : x > y;
}

static void mark(struct image *im, struct marks *m, addr a)
{
	if (im->arch->ptrsize == 4)
		a = (uint32_t)a;
	if (a < MinMark || image_executable(im, a) || !image_readonly(im, a))
		return;
	m->a = mem_grow(m->a, m->n, &m->cap, sizeof *m->a);
	m->a[m->n++] = a;
}

/* The registers, as bits, that hold the address of the GOT behind this instruction: a pop is
 * the end of a function that holds it in other branches still, every other write loses it. */
static uint64_t holders(const struct insn *in, uint64_t held, bool isgot, uint8_t sp)
{
	bool pop = false;

	for (unsigned k = 0; k < in->nops; k++)
		pop = pop || (in->ops[k].kind == OP_LEA && in->ops[k].rd == sp);
	for (unsigned k = 0; k < in->nops; k++) {
		const struct op *op = &in->ops[k];
		bool copy = op->kind == OP_LEA && op->ra != NoReg && op->rb == NoReg && op->imm == 0 && held >> op->ra & 1;
		if (op->kind == OP_STORE || op->kind == OP_CMP || op->kind == OP_FLAGS || op->kind == OP_TOUCH || op->rd == NoReg)
			continue;
		if (copy || (isgot && op->kind == OP_LEA && op->rd == op->ra))
			held |= (uint64_t)1 << op->rd;
		else if (!(pop && op->kind == OP_LOAD))
			held &= ~((uint64_t)1 << op->rd);
	}
	return in->flow == FLOW_CALL ? held & ~(uint64_t)ScratchRegs : held;
}

static void sweep(struct image *im, struct marks *m, struct func *f)
{
	struct insn in;
	size_t n = 0;
	const uint8_t *p = image_bytes(im, f->start, &n);
	bool called = false;
	uint64_t held = 0;

	if (!p || f->swept)
		return;
	f->swept = true;
	for (addr pc = f->start; pc < f->end && pc - f->start < n; pc += in.len) {
		size_t at = (size_t)(pc - f->start);
		bool isgot = false;
		in.nops = 0;
		if (!im->arch->decode(m->decoder, pc, p + at, n - at, f->mode, &in)) {
			in.len = im->arch->minlen;
			continue;
		}
		for (unsigned k = 0; k < in.nops; k++) {
			const struct op *op = &in.ops[k];
			bool based = op->ra != NoReg && (op->kind == OP_LEA || op->rb != NoReg);
			if (op->kind != OP_LEA && op->kind != OP_LOAD)
				continue;
			if (!based)
				mark(im, m, (addr)op->imm);
			else if ((op->ra != NoReg && held >> op->ra & 1) || (op->rb != NoReg && held >> op->rb & 1))
				mark(im, m, m->hints.got + (addr)op->imm);
			isgot = isgot || (called && m->hints.got && op->kind == OP_LEA && op->rd == op->ra && op->rb == NoReg &&
				(uint32_t)(pc + (addr)op->imm) == m->hints.got);
		}
		if (m->hints.got)
			held = holders(&in, held, isgot, im->arch->sp);
		called = in.flow == FLOW_CALL;
	}
}

static void sweep_all(struct image *im, struct marks *m)
{
	for (size_t i = 0; i < im->nfuncs; i++)
		if (!(im->funcs[i]->flags & FN_EXTERNAL))
			sweep(im, m, im->funcs[i]);
}

/* The functions of which something is in [lo, hi]. */
static void sweep_near(struct image *im, struct marks *m, addr lo, addr hi)
{
	size_t first = 0, last = im->nfuncs;
	struct func *f = image_func(im, lo);

	if (f)
		sweep(im, m, f);
	while (first < last) {
		size_t mid = (first + last) / 2;
		if (im->funcs[mid]->flags & FN_EXTERNAL || im->funcs[mid]->start < lo)
			first = mid + 1;
		else
			last = mid;
	}
	for (; first < im->nfuncs && im->funcs[first]->start <= hi; first++)
		sweep(im, m, im->funcs[first]);
}

/* All functions that may name an address in (a, b]. */
static void sweep_hinted(struct image *im, struct marks *m, addr a, addr b)
{
	const struct hint *h;
	size_t n;

	if (hints_short(&m->hints, a, b)) {
		sweep_all(im, m);
		return;
	}
	h = hints_between(&m->hints, a, b, &n);
	for (; n > 0; n--, h++) {
		struct func *f = h->value <= b && h->value + HintSlack > a ? image_func(im, h->pc) : 0;
		if (f)
			sweep(im, m, f);
	}
	if (m->hints.reach)
		sweep_near(im, m, a > m->hints.reach ? a - m->hints.reach : 0, b + m->hints.reach);
}

/* Brings those that were added since among the others. */
static void sort(struct marks *m)
{
	size_t n = m->n - m->nsorted, i = m->nsorted, to = m->n;
	addr *new;

	if (n == 0)
		return;
	new = mem_alloc(n * sizeof *new);
	memcpy(new, m->a + m->nsorted, n * sizeof *new);
	qsort(new, n, sizeof *new, order);
	while (n > 0)
		m->a[--to] = i > 0 && m->a[i - 1] > new[n - 1] ? m->a[--i] : new[--n];
	free(new);
	m->nsorted = m->n;
}

bool marks_between(struct image *im, addr a, addr b)
{
	struct marks *m = im->marks;
	size_t lo = 0, hi;

	if (b < image_code_end(im, a))
		return false; /* a table among the code: marks are of other data */
	if (!m) {
		im->marks = m = mem_alloc(sizeof *m);
		m->decoder = image_decoder(im);
		m->hinted = hints_read(im, &m->hints);
		if (!m->hinted)
			sweep_all(im, m);
	}
	if (m->hinted)
		sweep_hinted(im, m, a, b);
	sort(m);
	hi = m->n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (m->a[mid] <= a)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < m->n && m->a[lo] <= b;
}

void marks_free(struct image *im)
{
	if (im->marks) {
		free(im->marks->a);
		hints_free(&im->marks->hints);
		im->arch->close(im->marks->decoder);
	}
	free(im->marks);
	im->marks = 0;
	for (size_t i = 0; i < im->nfuncs; i++)
		im->funcs[i]->swept = false;
}
