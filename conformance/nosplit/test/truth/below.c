/*
 * below.c - x86: which instruction is a call, which aligns sp, and how far below sp one reads
 * or writes (the red zone, stack probes). Addresses come from the logged registers, so that it
 * does not matter how the code got there. Depends on Zydis 4.
 */
#include "trace.h"

#include <Zydis/Zydis.h>
#include <stdlib.h>

struct known {
	ZydisDecodedInstruction insn;
	ZydisDecodedOperand op[ZYDIS_MAX_OPERAND_COUNT];
};

/* Each instruction is decoded once. */
static const struct known *decoded(const struct program *p, uint64_t pc)
{
	static struct known **cache;
	static ZydisDecoder decoder;
	size_t at = pc - p->textstart;

	if (pc < p->textstart || pc >= p->textend)
		return NULL;
	if (cache == NULL) {
		cache = calloc(p->textend - p->textstart, sizeof *cache);
		if (p->machine == MACH_AMD64)
			ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
		else
			ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LEGACY_32, ZYDIS_STACK_WIDTH_32);
	}
	if (cache[at] == NULL) {
		struct known *k = calloc(1, sizeof *k);
		if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, p->text + at, p->textend - pc, &k->insn, k->op)))
			abort();
		cache[at] = k;
	}
	return cache[at];
}

struct effect effect_x86(const struct program *p, const struct stepped *s)
{
	const struct known *k = decoded(p, s->pc - p->bias);
	ZydisRegisterContext context = {0};
	struct effect e = {0};
	uint64_t a;

	if (k == NULL)
		return e;
	e.call = k->insn.meta.category == ZYDIS_CATEGORY_CALL;
	if (k->insn.mnemonic == ZYDIS_MNEMONIC_AND && k->op[0].type == ZYDIS_OPERAND_TYPE_REGISTER &&
	    (k->op[0].reg.value == ZYDIS_REGISTER_RSP || k->op[0].reg.value == ZYDIS_REGISTER_ESP) &&
	    k->op[1].type == ZYDIS_OPERAND_TYPE_IMMEDIATE) {
		e.unit = (uint64_t)-k->op[1].imm.value.s;
		e.from = s->sp;
		e.to = s->sp & ~(e.unit - 1);
	}
	for (int i = 0; i < 16; i++)
		context.values[(p->machine == MACH_AMD64 ? ZYDIS_REGISTER_RAX : ZYDIS_REGISTER_EAX) + i] = s->reg[i];
	for (int i = 0; i < k->insn.operand_count; i++) {
		const ZydisDecodedOperand *op = &k->op[i];
		if (op->type != ZYDIS_OPERAND_TYPE_MEMORY || op->mem.type != ZYDIS_MEMOP_TYPE_MEM ||
		    op->mem.segment == ZYDIS_REGISTER_FS || op->mem.segment == ZYDIS_REGISTER_GS || k->insn.mnemonic == ZYDIS_MNEMONIC_NOP)
			continue;
		if (!ZYAN_SUCCESS(ZydisCalcAbsoluteAddressEx(&k->insn, op, s->pc, &context, &a)))
			continue;
		if (a < s->sp && s->sp - a < FAR && s->sp - a > e.below)
			e.below = s->sp - a;
	}
	return e;
}
