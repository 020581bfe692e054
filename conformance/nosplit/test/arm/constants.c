/*
 * constants.c - arm_constants against the decoder: whatever the bits are, a number that stands
 * in an op where an address can is among those that it hands over.
 */
#include "listing.h"

#include "../../arm.h"

#include <stdlib.h>
#include <string.h>

enum { MinMark = 0x1000 /* smaller ones are no addresses (marks.c), nor are negative ones */, MostShown = 10 };

struct wanted {
	uint32_t v;
	bool found;
};

static void found(void *to, addr value, addr pc)
{
	struct wanted *w = to;

	(void)pc;
	w->found = w->found || (uint32_t)value == w->v;
}

/* As marks.c has it. */
static bool marked(const struct op *op)
{
	return (op->kind == OP_LEA && op->ra == NoReg) || (op->kind == OP_LOAD && (op->ra == NoReg || op->rb == NoReg));
}

static bool handed_over(struct decoder *d, addr pc, const uint8_t *p, const struct op *op)
{
	struct wanted w = {.v = (uint32_t)op->imm};
	int32_t off = (int32_t)(w.v - (uint32_t)pc);

	if (w.v < MinMark || w.v > (uint32_t)-MinMark || (off <= arch_arm.reach && -off <= arch_arm.reach))
		return true;
	arch_arm.constants(d, pc, p, 4, found, &w);
	return w.found;
}

int constants(struct decoder *d, unsigned long n)
{
	static const uint16_t often[] = {0xf04f, 0xf06f, 0xf00f, 0xf10f, 0xf1af, 0xf240, 0xea4f, 0xeb0f, 0xf85f, 0xe28f, 0xe24f, 0xe3a0};
	unsigned long numbers = 0;
	struct insn in;
	int bad = 0;

	srandom(1);
	for (unsigned long i = 0; i < n && bad < MostShown; i++) {
		addr pc = 0x10000 + 4 * ((unsigned long)random() % 0x100000);
		uint16_t h[2] = {(uint16_t)(random() >> 8), (uint16_t)(random() >> 8)};
		uint8_t p[4];
		int mode = i & 1;

		if (random() % 2)
			h[mode == MODE_PLAIN] = often[random() % (long)nelem(often)] ^ (random() % 2 ? 0 : 1u << random() % 12);
		memcpy(p, (uint8_t[]){(uint8_t)h[0], h[0] >> 8, (uint8_t)h[1], h[1] >> 8}, 4);
		if (!arch_arm.decode(d, pc, p, 4, mode, &in))
			continue;
		for (unsigned k = 0; k < in.nops; k++) {
			if (!marked(&in.ops[k]))
				continue;
			numbers++;
			if (handed_over(d, pc, p, &in.ops[k]))
				continue;
			bad++;
			printf("%s %04x %04x at %#llx: %#x is not handed over\n", mode ? "T32" : "A32", h[0], h[1], (unsigned long long)pc, (uint32_t)in.ops[k].imm);
		}
	}
	printf("%lu random instructions, %lu numbers, %d not handed over\n", n, numbers, bad);
	return bad != 0 || numbers == 0;
}
