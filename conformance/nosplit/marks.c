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
};

enum { MachineX86 = 3 /* EM_386 */, ScratchRegs = 7 /* of it: eax, ecx, edx */ };

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

static void sweep(struct image *im, struct marks *m, const struct func *f, bool voting)
{
	struct insn in;
	size_t n = 0;
	const uint8_t *p = image_bytes(im, f->start, &n);
	bool called = false;
	uint64_t held = 0;

	if (!p)
		return;
	for (addr pc = f->start; pc < f->end && pc - f->start < n; pc += in.len) {
		size_t at = (size_t)(pc - f->start);
		bool isgot = false;
		in.nops = 0;
		in.flow = FLOW_NEXT;
		if (!im->arch->decode(im->decoder, pc, p + at, n - at, f->mode, &in)) {
			in.len = im->arch->minlen;
			continue;
		}
		for (unsigned k = 0; k < in.nops; k++) {
			const struct op *op = &in.ops[k];
			bool based = op->ra != NoReg && (op->kind == OP_LEA || op->rb != NoReg);
			bool added = called && op->kind == OP_LEA && op->rd == op->ra && op->rb == NoReg;
			if (op->kind != OP_LEA && op->kind != OP_LOAD)
				continue;
			if (voting && added)
				vote(im, m, (uint32_t)(pc + (addr)op->imm));
			isgot = isgot || (added && m->got && (uint32_t)(pc + (addr)op->imm) == m->got);
			if (!voting && !based)
				mark(im, m, (addr)op->imm);
			else if (!voting && ((op->ra != NoReg && held >> op->ra & 1) || (op->rb != NoReg && held >> op->rb & 1)))
				mark(im, m, m->got + (addr)op->imm);
		}
		if (m->got)
			held = holders(&in, held, isgot, im->arch->sp);
		called = in.flow == FLOW_CALL;
	}
}

static void all(struct image *im, struct marks *m, bool voting)
{
	for (size_t i = 0; i < im->nfuncs; i++)
		if (!(im->funcs[i]->flags & FN_EXTERNAL))
			sweep(im, m, im->funcs[i], voting);
}

static void read_marks(struct image *im, struct marks *m)
{
	if (im->arch->machine == MachineX86)
		all(im, m, true);
	all(im, m, false);
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
