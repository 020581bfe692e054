/*
 * marks.c - where, by what the code says, something in read-only data begins.
 *
 * Depends on the decoder and on the functions of the image. Promises: every constant address of
 * such data that an instruction of a function forms or adds an index to is there. A jump table
 * whose length nobody compares ends at the latest where the next one begins.
 */
#include "flow.h"

#include <stdlib.h>

struct marks {
	addr *a;
	size_t n, cap;
	addr got;
	long votes;
	int64_t *fromgot; /* what is taken off a register that may hold the address of the GOT */
	size_t nfromgot, capfromgot;
};

enum { MachineX86 = 3 }; /* EM_386 */

static int order(const void *p, const void *q)
{
	addr x = *(const addr *)p, y = *(const addr *)q;

	return x < y ? -1 : x > y;
}

static void mark(struct image *im, struct marks *m, addr a)
{
	if (im->arch->ptrsize == 4)
		a = (uint32_t)a;
	if (a < 0x1000 || image_executable(im, a) || !image_readonly(im, a))
		return;
	m->a = mem_grow(m->a, m->n, &m->cap, sizeof *m->a);
	m->a[m->n++] = a;
}

/* Position-independent code of 386 adds to a register that holds the address of the GOT. It
 * gets there by a call and an addition to where that returned to: most of them say where it is. */
static void vote(struct image *im, struct marks *m, addr a)
{
	if (image_executable(im, a))
		return;
	if (m->votes == 0)
		m->got = a;
	m->votes += a == m->got ? 1 : -1;
}

static void sweep(struct image *im, struct marks *m, const struct func *f)
{
	bool x86 = im->arch->machine == MachineX86, called = false;
	struct insn in;
	size_t n = 0;
	const uint8_t *p = image_bytes(im, f->start, &n);

	if (!p)
		return;
	for (addr pc = f->start; pc < f->end && pc - f->start < n; pc += in.len) {
		size_t at = (size_t)(pc - f->start);
		in.nops = 0;
		in.flow = FLOW_NEXT;
		if (!im->arch->decode(im->decoder, pc, p + at, n - at, f->mode, &in)) {
			in.len = im->arch->minlen;
			continue;
		}
		for (unsigned k = 0; k < in.nops; k++) {
			const struct op *op = &in.ops[k];
			bool based = op->ra != NoReg && (op->kind == OP_LEA || op->rb != NoReg);
			if (op->kind != OP_LEA && op->kind != OP_LOAD)
				continue;
			if (x86 && called && op->kind == OP_LEA && op->rd == op->ra && op->rb == NoReg)
				vote(im, m, (uint32_t)(pc + (addr)op->imm));
			if (!based) {
				mark(im, m, (addr)op->imm);
			} else if (x86 && op->imm < 0) {
				m->fromgot = mem_grow(m->fromgot, m->nfromgot, &m->capfromgot, sizeof *m->fromgot);
				m->fromgot[m->nfromgot++] = op->imm;
			}
		}
		called = in.flow == FLOW_CALL;
	}
}

static void read_marks(struct image *im, struct marks *m)
{
	for (size_t i = 0; i < im->nfuncs; i++)
		if (!(im->funcs[i]->flags & FN_EXTERNAL))
			sweep(im, m, im->funcs[i]);
	for (size_t i = 0; m->got && i < m->nfromgot; i++)
		mark(im, m, m->got + (addr)m->fromgot[i]);
	free(m->fromgot);
	m->fromgot = 0;
	if (m->n > 1)
		qsort(m->a, m->n, sizeof *m->a, order);
}

bool marks_between(struct image *im, addr a, addr b)
{
	size_t lo = 0, hi;

	if (b < image_code_end(im, a))
		return false; /* a table among the code: marks are of other data */
	if (!im->marks) {
		im->marks = mem_alloc(sizeof *im->marks);
		read_marks(im, im->marks);
	}
	hi = im->marks->n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (im->marks->a[mid] <= a)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < im->marks->n && im->marks->a[lo] <= b;
}

void marks_free(struct image *im)
{
	if (im->marks)
		free(im->marks->a);
	free(im->marks);
	im->marks = 0;
}
