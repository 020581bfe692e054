/*
 * below_arm.c - arm: which instruction aligns sp, and how far below sp one reads or writes
 * (stack probes). As below.c does it for x86; one whose condition fails does nothing.
 * Depends on Capstone 4.
 */
#include "trace.h"

#include <capstone/capstone.h>
#include <stdlib.h>

enum { THUMB = 1 << 5 };

/* Each instruction is decoded once; nil if it is none. */
static const cs_insn *decoded(const struct program *p, uint64_t pc, bool thumb)
{
	static cs_insn **cache;
	static csh handle;
	size_t at = pc - p->textstart;

	if (pc < p->textstart || pc >= p->textend)
		return NULL;
	if (cache == NULL) {
		cache = calloc(p->textend - p->textstart, sizeof *cache);
		if (cs_open(CS_ARCH_ARM, CS_MODE_ARM, &handle) != CS_ERR_OK)
			abort();
		cs_option(handle, CS_OPT_DETAIL, CS_OPT_ON);
	}
	if (cache[at] == NULL) {
		cs_option(handle, CS_OPT_MODE, thumb ? CS_MODE_THUMB : CS_MODE_ARM);
		if (cs_disasm(handle, p->text + at, p->textend - pc < 4 ? p->textend - pc : 4, pc, 1, &cache[at]) == 0)
			return NULL;
	}
	return cache[at];
}

/* Condition 0 .. 14 on the flags N Z C V of psr. */
static bool holds(unsigned condition, uint32_t psr)
{
	bool n = psr >> 31 & 1, z = psr >> 30 & 1, c = psr >> 29 & 1, v = psr >> 28 & 1, yes;

	switch (condition >> 1) {
	case 0: yes = z; break;
	case 1: yes = c; break;
	case 2: yes = n; break;
	case 3: yes = v; break;
	case 4: yes = c && !z; break;
	case 5: yes = n == v; break;
	case 6: yes = n == v && !z; break;
	default: return true;
	}
	return yes != (condition & 1);
}

/* Whether the instruction is done at all: by its condition, in an IT block by that of the block. */
static bool done(const cs_insn *k, uint32_t psr)
{
	unsigned it = (psr >> 8 & 0xfc) | (psr >> 25 & 3);

	if (psr & THUMB)
		return (it & 0xf) == 0 || holds(it >> 4, psr);
	return k->detail->arm.cc == ARM_CC_INVALID || holds(k->detail->arm.cc - ARM_CC_EQ, psr);
}

static int number(unsigned reg) /* r0 .. r15 of Capstone's names, or -1 */
{
	switch (reg) {
	case ARM_REG_SP: return 13;
	case ARM_REG_LR: return 14;
	default: return reg >= ARM_REG_R0 && reg <= ARM_REG_R12 ? (int)(reg - ARM_REG_R0) : -1;
	}
}

/* bic rd, rn, #2^n - 1 and bfc rd, #0, #n */
static void aligning(const cs_insn *k, const struct stepped *s, struct effect *e)
{
	const cs_arm_op *op = k->detail->arm.operands;
	int n = k->detail->arm.op_count, from;
	uint64_t mask;

	if (k->id == ARM_INS_BIC && n == 3 && op[1].type == ARM_OP_REG && op[2].type == ARM_OP_IMM) {
		from = number(op[1].reg);
		mask = (uint32_t)op[2].imm;
	} else if (k->id == ARM_INS_BFC && n == 3 && op[1].imm == 0 && op[2].imm < 32) {
		from = number(op[0].reg);
		mask = ((uint64_t)1 << op[2].imm) - 1;
	} else {
		return;
	}
	if (from < 0 || (mask & (mask + 1)) != 0 || s->reg[from] + FAR < s->sp || s->reg[from] > s->sp + FAR)
		return;
	e->unit = mask + 1;
	e->from = s->reg[from];
	e->to = e->from & ~mask;
}

struct effect effect_arm(const struct program *p, const struct stepped *s)
{
	const cs_insn *k = decoded(p, s->pc - p->bias, s->psr & THUMB);
	struct effect e = {0};

	if (k == NULL || k->id == ARM_INS_PLD || !done(k, s->psr))
		return e;
	aligning(k, s, &e);
	for (int i = 0; i < k->detail->arm.op_count; i++) {
		const cs_arm_op *op = &k->detail->arm.operands[i];
		int base = op->type == ARM_OP_MEM ? number(op->mem.base) : -1, index;
		uint64_t a;
		if (base < 0)
			continue;
		a = s->reg[base] + (uint64_t)(int64_t)op->mem.disp;
		index = number(op->mem.index);
		if (index >= 0) {
			uint64_t x = op->shift.type == ARM_SFT_LSL ? s->reg[index] << op->shift.value : s->reg[index];
			if (op->shift.type != ARM_SFT_INVALID && op->shift.type != ARM_SFT_LSL)
				continue;
			a += op->mem.scale < 0 || op->subtracted ? -x : x;
		}
		a = (uint32_t)a;
		if (a < s->sp && s->sp - a < FAR && s->sp - a > e.below)
			e.below = s->sp - a;
	}
	return e;
}
