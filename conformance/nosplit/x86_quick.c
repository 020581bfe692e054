/*
 * x86_quick.c - the encodings that most of all code consists of, straight to ops.
 *
 * Depends on the bytes alone. Promises: what it decodes it gives the same ops as x86_fast.c and
 * x86_lift.c do, in a third of the time (the tests compare them with Zydis); anything else,
 * all prefixes but REX included, it leaves to them. Memory and 8 or 16 bits are for it to load
 * and to store only: what is computed there is rare.
 */
#include "x86_fast.h"

struct quick {
	struct cursor c;
	addr pc;
	struct insn *out;
	uint8_t size; /* bytes of the operands, as an op has them: see opsize in x86_lift.h */
	uint8_t bytes; /* and in memory */
	bool rip; /* the operand of mod and rm is relative to the next instruction */
	bool mem;
	struct op m; /* it, as ra, rb, shift, imm of an access */
	unsigned reg, rm; /* of ModRM; rm is a register unless mem */
};

static void put(struct quick *q, int kind, unsigned rd, unsigned ra, unsigned rb, int64_t imm, unsigned size)
{
	q->out->ops[q->out->nops++] = (struct op){.kind = (uint8_t)kind, .rd = (uint8_t)rd, .ra = (uint8_t)ra, .rb = (uint8_t)rb,
		.size = (uint8_t)size, .imm = imm};
}

static void flags(struct quick *q)
{
	q->out->writesflags = true;
	put(q, OP_FLAGS, NoReg, NoReg, NoReg, 0, 0);
}

static void compare(struct quick *q, unsigned ra, unsigned rb, int64_t imm)
{
	q->out->writesflags = true;
	put(q, OP_CMP, NoReg, ra, rb, imm, q->size);
}

static void against0(struct quick *q, unsigned reg)
{
	if (reg == RegSP)
		flags(q);
	else
		compare(q, reg, NoReg, 0);
}

static void modrm(struct quick *q)
{
	struct cursor *c = &q->c;
	unsigned m = *c->p++, mod = m >> 6, rm = m & 7, sib, index;

	q->reg = (m >> 3 & 7) | (c->rex & 4) << 1;
	q->rm = rm | (c->rex & 1) << 3;
	q->mem = mod != 3;
	q->rip = false;
	if (mod == 3)
		return;
	q->m = (struct op){.ra = (uint8_t)q->rm, .rb = NoReg};
	if (rm == 4) {
		sib = *c->p++;
		index = (sib >> 3 & 7) | (c->rex & 2) << 2;
		q->m.ra = (sib & 7) | (c->rex & 1) << 3;
		if (index != RegSP) {
			q->m.rb = (uint8_t)index;
			q->m.shift = (uint8_t)(sib >> 6);
		}
		if ((sib & 7) == 5 && mod == 0)
			q->m.ra = NoReg;
	} else if (rm == 5 && mod == 0) {
		q->m.ra = NoReg;
		q->rip = c->wide;
	}
	if (mod == 1)
		q->m.imm = imm8(c);
	else if (mod == 2)
		q->m.imm = imm32(c);
	else if (q->m.ra == NoReg)
		q->m.imm = c->wide ? imm32(c) : (int64_t)(uint32_t)imm32(c);
}

/* The operand in memory. Whatever follows it in the instruction has been read: extra bytes aside. */
static void access(struct quick *q, int kind, unsigned rd, unsigned bytes)
{
	struct op op = q->m;

	op.kind = (uint8_t)kind;
	op.rd = (uint8_t)rd;
	op.size = (uint8_t)bytes;
	if (q->rip)
		op.imm = (int64_t)((uint64_t)op.imm + q->pc + (addr)(q->c.p - q->c.start));
	q->out->ops[q->out->nops++] = op;
}

/* The register that the operand is in, or is loaded into. */
static unsigned source(struct quick *q)
{
	if (!q->mem)
		return q->rm;
	access(q, OP_LOAD, Tmp0, q->bytes);
	return Tmp0;
}

/* Register rd = rd + or - rs or imm. */
static void addsub(struct quick *q, int kind, unsigned rd, unsigned rs, int64_t imm)
{
	bool cmp = kind == OP_SUB && rd != RegSP;

	if (kind == OP_SUB && rs == rd) {
		put(q, OP_LEA, rd, NoReg, NoReg, 0, 0);
		compare(q, rd, NoReg, 0);
		return;
	}
	if (cmp)
		compare(q, rd, rs, imm);
	put(q, kind, rd, rd, rs, imm, q->size);
	if (!cmp)
		flags(q);
}

/* Opcodes below 0x40, of full width: both operands of ModRM, the first one a register. */
static bool twooperands(struct quick *q, unsigned b)
{
	bool toreg = b & 2;
	unsigned verb = b >> 3, rd, rs;

	if ((b & 5) != 1 || verb == 2 || verb == 3)
		return false;
	modrm(q);
	if (verb == 7) {
		rs = source(q);
		compare(q, toreg ? q->reg : rs, toreg ? rs : q->reg, 0);
		return true;
	}
	if (!toreg && q->mem)
		return false;
	rd = toreg ? q->reg : q->rm;
	rs = toreg ? q->rm : q->reg;
	if (verb == 0 || verb == 5) {
		rs = q->mem ? source(q) : rs;
		addsub(q, verb == 0 ? OP_LEA : OP_SUB, rd, rs, 0);
		return true;
	}
	if (!q->mem && rd == rs) { /* or, and, xor with itself */
		put(q, OP_LEA, rd, verb == 6 ? NoReg : rd, NoReg, 0, verb == 6 ? 0 : q->size);
		against0(q, rd);
		return true;
	}
	if (q->mem && (q->m.ra != NoReg || q->m.rb != NoReg))
		access(q, OP_TOUCH, NoReg, q->bytes);
	put(q, OP_CLOBBER, rd, NoReg, NoReg, 0, 0);
	flags(q);
	return true;
}

/* 0x81, 0x83: with a constant. */
static bool constant(struct quick *q, bool byte)
{
	unsigned verb = *q->c.p >> 3 & 7, rs;
	int64_t imm;

	modrm(q);
	if (verb != 7 && (q->mem || (verb != 0 && verb != 4 && verb != 5)))
		return false;
	imm = byte ? imm8(&q->c) : imm32(&q->c);
	if (verb == 7) {
		rs = source(q);
		compare(q, rs, NoReg, imm);
	} else if (verb == 4) {
		put(q, OP_AND, q->rm, q->rm, NoReg, imm, q->size);
		against0(q, q->rm);
	} else {
		addsub(q, verb == 0 ? OP_LEA : OP_SUB, q->rm, NoReg, imm);
	}
	return true;
}

static bool go(struct quick *q, int flow, int cond, int64_t by)
{
	addr to = q->pc + (addr)(q->c.p - q->c.start) + (addr)by;

	q->out->flow = (uint8_t)flow;
	q->out->cond = (uint8_t)cond;
	q->out->target = q->c.wide ? to : (uint32_t)to;
	return true;
}

static bool twobytes(struct quick *q)
{
	struct cursor *c = &q->c;
	unsigned b = *c->p++;

	if (b >> 4 == 8)
		return go(q, FLOW_JUMP, x86_conds[b & 15], imm32(c));
	if (b == 0x1f && (*c->p >> 3 & 7) == 0) {
		modrm(q);
		return true;
	}
	if (b != 0xb6 && b != 0xb7)
		return false;
	modrm(q);
	if (q->mem)
		access(q, OP_LOAD, q->reg, b == 0xb6 ? 1 : 2);
	else if (b == 0xb6 && q->rm >= 4 && q->rm < 8 && c->rex == 0) /* %ah ... */
		return false;
	else
		put(q, OP_AND, q->reg, q->rm, NoReg, b == 0xb6 ? 0xff : 0xffff, q->size);
	return true;
}

static bool onebyte(struct quick *q, unsigned b)
{
	struct cursor *c = &q->c;
	unsigned low = (b & 7) | (c->rex & 1) << 3, word = c->word;
	int64_t imm;

	switch (b) {
	case 0x50 ... 0x57:
		if (low == RegSP)
			return false;
		put(q, OP_LEA, RegSP, RegSP, NoReg, -(int64_t)word, 0);
		put(q, OP_STORE, low, RegSP, NoReg, 0, word);
		return true;
	case 0x58 ... 0x5f:
		if (low == RegSP)
			return false;
		put(q, OP_LOAD, low, RegSP, NoReg, 0, word);
		put(q, OP_LEA, RegSP, RegSP, NoReg, word, 0);
		return true;
	case 0x63:
		if (!(c->rex & 8))
			return false;
		modrm(q);
		if (q->mem) {
			access(q, OP_LOAD, q->reg, 4);
			q->out->ops[0].sign = true;
		} else {
			put(q, OP_SEXT, q->reg, q->rm, NoReg, 0, 4);
		}
		return true;
	case 0x70 ... 0x7f:
		return go(q, FLOW_JUMP, x86_conds[b & 15], imm8(c));
	case 0x81: case 0x83:
		return constant(q, b == 0x83);
	case 0x85:
		modrm(q);
		if (!q->mem && q->reg == q->rm) {
			against0(q, q->rm);
			return true;
		}
		if (q->mem && (q->m.ra != NoReg || q->m.rb != NoReg))
			access(q, OP_TOUCH, NoReg, q->bytes);
		flags(q);
		return true;
	case 0x89: case 0x8b:
		modrm(q);
		if (q->mem)
			access(q, b == 0x89 ? OP_STORE : OP_LOAD, q->reg, q->bytes);
		else
			put(q, OP_LEA, b == 0x89 ? q->rm : q->reg, b == 0x89 ? q->reg : q->rm, NoReg, 0, q->size);
		return true;
	case 0x8d:
		modrm(q);
		if (!q->mem)
			return false;
		access(q, OP_LEA, q->reg, q->size);
		return true;
	case 0x90:
		return c->rex == 0;
	case 0xb8 ... 0xbf:
		if (c->rex & 8)
			return false;
		put(q, OP_LEA, low, NoReg, NoReg, imm32(c), q->size);
		return true;
	case 0xc3:
		put(q, OP_LOAD, Tmp0, RegSP, NoReg, 0, word);
		put(q, OP_LEA, RegSP, RegSP, NoReg, word, 0);
		q->out->flow = FLOW_IJUMP;
		q->out->flowreg = Tmp0;
		q->out->isret = true;
		return true;
	case 0xc7:
		if (*c->p >> 3 & 7)
			return false;
		modrm(q);
		imm = imm32(c);
		put(q, OP_LEA, q->mem ? (unsigned)Tmp0 : q->rm, NoReg, NoReg, imm, q->mem ? 0 : q->size);
		if (q->mem)
			access(q, OP_STORE, Tmp0, q->bytes);
		return true;
	case 0xe8: case 0xe9:
		imm = imm32(c);
		return go(q, b == 0xe8 ? FLOW_CALL : FLOW_JUMP, COND_ALWAYS, imm);
	case 0xeb:
		return go(q, FLOW_JUMP, COND_ALWAYS, imm8(c));
	}
	return b < 0x40 && twooperands(q, b);
}

bool x86_quick(const struct decoder *d, addr pc, const uint8_t *p, struct insn *out)
{
	struct quick q;
	unsigned b;

	q.c = (struct cursor){.p = p, .start = p, .wide = d->wide, .word = d->word};
	q.pc = pc;
	q.out = out;
	q.bytes = 4;
	if (d->wide && (*q.c.p & 0xf0) == 0x40) {
		q.c.rex = *q.c.p++;
		q.bytes = q.c.rex & 8 ? 8 : 4;
	}
	q.size = q.bytes == d->word ? 0 : q.bytes;
	x86_begin(out, 0);
	b = *q.c.p++;
	if (!(b == 0x0f ? twobytes(&q) : onebyte(&q, b)))
		return false;
	out->len = (uint8_t)(q.c.p - p);
	return true;
}
