/*
 * arm_t16.c - the 16-bit encodings of T32, by bits, to what arm_ops.c and arm_mem.c know.
 *
 * Depends on arm.h alone. Follows the encoding tables of the ARMv7-A/R and ARMv8-M
 * architecture manuals. IT itself does nothing here: arm.c follows it.
 */
#include "arm.h"

#define r0 bits(h, 2, 0)
#define r3 bits(h, 5, 3)
#define r6 bits(h, 8, 6)
#define r8 bits(h, 10, 8)

static struct where at(int rn, uint32_t imm)
{
	return (struct where){rn, arm_constant(imm), false, true, false};
}

static enum verdict data(struct lift *l, uint32_t h)
{
	static const uint8_t op[16] = {AND, EOR, MOV, MOV, MOV, ADC, SBC, MOV, TST, RSB, CMP, CMN, ORR, MOV, BIC, MVN};
	unsigned n = bits(h, 9, 6);
	bool set = !l->it;

	if (n == 9)
		arm_alu(l, RSB, r0, r3, arm_constant(0), set);
	else if (op[n] == MOV) /* shifts by a register, mul */
		arm_alu(l, MOV, r0, NoReg, arm_opaque(l), set);
	else
		arm_alu(l, op[n], r0, r0, arm_shifted(l, r3, 0, 0), set);
	return DEC_YES;
}

static enum verdict high(struct lift *l, uint32_t h)
{
	int rd = r0 | (h >> 4 & 8), rm = bits(h, 6, 3);

	switch (bits(h, 9, 8)) {
	case 0:
		arm_alu(l, ADD, rd, rd, arm_shifted(l, rm, 0, 0), false);
		return DEC_YES;
	case 1:
		arm_alu(l, CMP, rd, rd, arm_shifted(l, rm, 0, 0), false);
		return DEC_YES;
	case 2:
		arm_alu(l, MOV, rd, NoReg, arm_shifted(l, rm, 0, 0), false);
		return DEC_YES;
	}
	if (bits(h, 1, 0) != 0)
		return DEC_NO;
	if (!bit(h, 7)) {
		arm_jump(l, rm);
		return DEC_YES;
	}
	if (rm == PC)
		return DEC_NO;
	l->o->flow = FLOW_ICALL;
	l->o->flowreg = rm;
	return DEC_YES;
}

static enum verdict miscellaneous(struct lift *l, uint32_t h)
{
	unsigned op = bits(h, 11, 8);

	if (op == 0) {
		uint32_t imm = bits(h, 6, 0) * 4;

		arm_alu(l, bit(h, 7) ? SUB : ADD, SP, SP, arm_constant(imm), false);
		return DEC_YES;
	}
	if ((op & 5) == 1) { /* cbz, cbnz */
		l->o->cond = bit(h, 11) ? COND_NOTHER : COND_OTHER;
		arm_direct(l, FLOW_JUMP, l->pc + (bit(h, 9) << 6 | bits(h, 7, 3) << 1), true);
		return DEC_YES;
	}
	if ((op & ~1u) == 4 || (op & ~1u) == 12) {
		bool load = bit(h, 11);
		uint32_t list = bits(h, 7, 0) | (uint32_t)bit(h, 8) << (load ? PC : LR);

		if (list == 0)
			return DEC_NO;
		arm_multiple(l, load, SP, list, load, !load, true);
		return DEC_YES;
	}
	switch (op) {
	case 2:
		if (bits(h, 7, 6) < 2)
			arm_clobber(l, r0);
		else
			arm_field(l, r0, r3, 0, bit(h, 6) ? 8 : 16);
		return DEC_YES;
	case 6: /* setend, cps: which of T32 changes no mode */
		return (h & 0xfff7) == 0xb650 || (h & 0xffe8) == 0xb660 ? DEC_YES : DEC_NO;
	case 10:
		if (bits(h, 7, 6) == 2)
			l->o->flow = FLOW_STOP; /* hlt */
		else
			arm_clobber(l, r0);
		return DEC_YES;
	case 14:
		l->o->flow = FLOW_STOP; /* bkpt */
		return DEC_YES;
	case 15:
		return DEC_YES; /* IT, hints */
	}
	return DEC_NO;
}

/* ldr and str with a register or an immediate offset. */
static enum verdict memory(struct lift *l, uint32_t h)
{
	static const struct {
		uint8_t load, size, sign;
	} how[8] = {{0, 4, 0}, {0, 2, 0}, {0, 1, 0}, {1, 1, 1}, {1, 4, 0}, {1, 2, 0}, {1, 1, 0}, {1, 2, 1}};
	unsigned n = bits(h, 11, 9);
	int size;

	if (bits(h, 15, 12) == 5) {
		struct where a = {r3, arm_shifted(l, r6, 0, 0), false, true, false};

		arm_transfer(l, how[n].load, r0, a, how[n].size, how[n].sign);
		return DEC_YES;
	}
	size = bits(h, 15, 12) == 6 ? 4 : bits(h, 15, 12) == 7 ? 1 : 2;
	arm_transfer(l, bit(h, 11), r0, at(r3, bits(h, 10, 6) * size), size, false);
	return DEC_YES;
}

static enum verdict branch(struct lift *l, uint32_t h)
{
	unsigned c = bits(h, 11, 8);

	if (c == 14) {
		l->o->flow = FLOW_STOP; /* udf */
	} else if (c == 15) {
		arm_kernel(l);
	} else {
		l->o->cond = arm_condof(c);
		arm_direct(l, FLOW_JUMP, l->pc + 2 * extend(bits(h, 7, 0), 8), true);
	}
	return DEC_YES;
}

enum verdict arm_t16(struct lift *l, uint32_t h)
{
	bool set = !l->it;

	switch (bits(h, 15, 11)) {
	case 0:
		arm_shiftimm(l, r0, r3, 0, bits(h, 10, 6), set);
		return DEC_YES;
	case 1: case 2:
		arm_shiftimm(l, r0, r3, bits(h, 12, 11), bits(h, 10, 6), set);
		return DEC_YES;
	case 3:
		arm_alu(l, bit(h, 9) ? SUB : ADD, r0, r3, bit(h, 10) ? arm_constant(r6) : arm_shifted(l, r6, 0, 0), set);
		return DEC_YES;
	case 4: case 5: case 6: case 7: {
		static const uint8_t op[4] = {MOV, CMP, ADD, SUB};

		arm_alu(l, op[bits(h, 12, 11)], r8, r8, arm_constant(bits(h, 7, 0)), set);
		return DEC_YES;
	}
	case 8:
		return bit(h, 10) ? high(l, h) : data(l, h);
	case 9:
		arm_transfer(l, true, r8, at(PC, bits(h, 7, 0) * 4), 4, false);
		return DEC_YES;
	case 18: case 19:
		arm_transfer(l, bit(h, 11), r8, at(SP, bits(h, 7, 0) * 4), 4, false);
		return DEC_YES;
	case 20:
		arm_lea(l, r8, NoReg, NoReg, 0, l->base + bits(h, 7, 0) * 4);
		return DEC_YES;
	case 21:
		arm_alu(l, ADD, r8, SP, arm_constant(bits(h, 7, 0) * 4), false);
		return DEC_YES;
	case 22: case 23:
		return miscellaneous(l, h);
	case 24: case 25: {
		uint32_t list = bits(h, 7, 0);

		if (list == 0)
			return DEC_NO;
		arm_multiple(l, bit(h, 11), r8, list, true, false, !bit(h, 11) || !bit(list, r8));
		return DEC_YES;
	}
	case 26: case 27:
		return branch(l, h);
	case 28:
		arm_direct(l, FLOW_JUMP, l->pc + 2 * extend(bits(h, 10, 0), 11), true);
		return DEC_YES;
	}
	return memory(l, h);
}
