/*
 * x86_ops.c - the pieces of ops that the lifter is made of: accesses to memory.
 *
 * Promises: what is behind %fs or %gs never looks like memory of this program's; an address
 * that the ops cannot express is never one that they can.
 */
#include "x86.h"

/* An address in 32 bits on amd64 goes through Tmp1, which nothing else may use then. */
static void settle(struct insn *out, struct operand *m)
{
	if (!m->narrow)
		return;
	x86_put(out, (struct op){.kind = OP_LEA, .rd = Tmp1, .ra = m->base, .rb = m->index,
		.shift = m->shift, .imm = m->imm, .size = 4});
	m->base = Tmp1;
	m->index = NoReg;
	m->shift = 0;
	m->imm = 0;
	m->narrow = false;
}

static void access(struct insn *out, int kind, unsigned rd, struct operand *m, int64_t off, unsigned size, bool sign)
{
	settle(out, m);
	x86_put(out, (struct op){.kind = (uint8_t)kind, .rd = (uint8_t)rd, .ra = m->base,
		.rb = m->index, .shift = m->shift, .imm = m->imm + off, .size = (uint8_t)size, .sign = sign});
}

static bool plain(const struct operand *m)
{
	return !m->far && !m->odd;
}

void x86_touch(struct insn *out, struct operand *m)
{
	if (plain(m) && (m->base != NoReg || m->index != NoReg))
		access(out, OP_TOUCH, NoReg, m, 0, m->size < 255 ? m->size : 255, false);
}

/* The size of an op is a byte: large areas (fxsave) are several stores. */
void x86_smash(struct insn *out, struct operand *m)
{
	enum { Chunk = 128 };
	unsigned off;

	if (!plain(m))
		return;
	for (off = 0; off == 0 || off < m->size; off += Chunk)
		access(out, OP_STORE, NoReg, m, off, m->size - off < Chunk ? m->size - off : Chunk, false);
}

void x86_anywhere(struct insn *out)
{
	x86_clobber(out, Tmp0);
	x86_put(out, (struct op){.kind = OP_STORE, .rd = NoReg, .ra = Tmp0, .rb = NoReg, .size = 1});
}

void x86_load(struct insn *out, unsigned rd, struct operand *m, bool sign)
{
	if (plain(m))
		access(out, OP_LOAD, rd, m, 0, m->size, sign);
	else
		x86_clobber(out, rd);
}

void x86_store(struct insn *out, struct operand *m, unsigned rd)
{
	if (plain(m))
		access(out, OP_STORE, rd, m, 0, m->size, false);
}
