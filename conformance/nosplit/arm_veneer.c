/*
 * arm_veneer.c - where a PLT stub or a linker's veneer jumps to.
 *
 * Depends on arm.h and the decoder of arm.c. Runs up to MaxSteps instructions over constants:
 * a stub computes in ip alone, from pc and literals beside it, touches no stack, and jumps.
 */
#include "arm.h"

enum { MaxSteps = 6, Near = 64, IP = 12 };

struct value {
	bool known;
	uint32_t v;
	bool loaded; /* from the word at slot, unchanged since */
	uint32_t slot;
};

struct run {
	const struct decoder *d;
	uint32_t pc;	/* of what p holds */
	const uint8_t *p;
	size_t n;
	struct value regs[AllRegs];
};

static struct value valueof(struct run *r, int reg)
{
	return reg == NoReg ? (struct value){.known = true} : r->regs[reg];
}

static struct value load(struct run *r, uint32_t a)
{
	struct value v = {.loaded = true, .slot = a};
	uint32_t off = a - r->pc;

	/* Code beside it is not written: its content counts. */
	if (off < Near && off < r->n && arm_fetch(r->d, r->p + off, r->n - off, MODE_PLAIN, &v.v) != 0)
		v.known = true;
	return v;
}

static bool step(struct run *r, const struct op *op)
{
	struct value a = valueof(r, op->ra), b = valueof(r, op->rb), v = {.known = a.known && b.known};
	uint32_t sum = a.v + (b.v << (op->shift & 31)) + (uint32_t)op->imm;

	switch (op->kind) {
	case OP_LEA:
		v.v = sum;
		if (op->rb == NoReg && op->imm == 0 && op->ra != NoReg)
			v = a;
		break;
	case OP_SUB:
		v.v = a.v - (b.v << (op->shift & 31)) - (uint32_t)op->imm;
		break;
	case OP_AND:
		v.v = a.v & (uint32_t)op->imm;
		break;
	case OP_LOAD:
		if (!v.known || op->size != 4)
			return false;
		v = load(r, sum);
		break;
	default:
		return false;
	}
	if (op->rd != IP && op->rd != Tmp0 && op->rd != Tmp1)
		return false;
	r->regs[op->rd] = v;
	return true;
}

bool arm_veneer(struct decoder *d, addr pc, const uint8_t *p, size_t n, int mode, addr *slot, addr *target, uint8_t *targetmode)
{
	struct run r = {.d = d, .pc = pc, .p = p, .n = n};
	struct insn o;
	size_t at = 0;

	*slot = *target = 0;
	*targetmode = MODE_PLAIN;
	for (int steps = 0; steps < MaxSteps && at < n; steps++) {
		struct value v;

		if (!arch_arm.decode(d, pc + at, p + at, n - at, mode, &o) || o.cond != COND_ALWAYS)
			return false;
		for (int i = 0; i < o.nops; i++)
			if (!step(&r, &o.ops[i]))
				return false;
		at += o.len;
		if (o.flow == FLOW_NEXT)
			continue;
		if (o.flow == FLOW_JUMP && o.targetmode != mode && o.target - pc - at < 4) { /* bx pc; nop */
			at = o.target - pc;
			mode = o.targetmode;
			continue;
		}
		if (o.flow == FLOW_JUMP) {
			*target = o.target;
			*targetmode = o.targetmode;
			return true;
		}
		if (o.flow != FLOW_IJUMP || o.flowreg == NoReg)
			return false;
		v = r.regs[o.flowreg];
		if (v.known) {
			*target = v.v & ~1u;
			*targetmode = v.v & 1 ? MODE_THUMB : MODE_PLAIN;
		} else if (v.loaded) {
			*slot = v.slot;
		}
		return v.known || v.loaded;
	}
	return false;
}
