/*
 * arm_t32.c - the 32-bit encodings of T32, by bits, to what arm_ops.c and arm_mem.c know.
 *
 * Depends on arm.h alone. w has the first halfword in its upper half. Follows the encoding
 * tables of the ARMv7-A/R and ARMv8-M architecture manuals.
 */
#include "arm.h"

#define rn bits(w, 19, 16)
#define rt bits(w, 15, 12)
#define rd bits(w, 11, 8)
#define rm bits(w, 3, 0)

uint32_t arm_modified(uint32_t w)
{
	uint32_t v = bits(w, 7, 0);
	unsigned n = bit(w, 26) << 4 | bits(w, 14, 12) << 1 | bit(w, 7);

	switch (n >> 1) {
	case 0:
		return v;
	case 1:
		return v << 16 | v;
	case 2:
		return v << 24 | v << 8;
	case 3:
		return v * 0x01010101u;
	}
	v |= 0x80;
	return v >> n | v << (32 - n);
}

static enum verdict data(struct lift *l, uint32_t w, unsigned n, struct opnd o)
{
	static const uint8_t ops[16] = {AND, BIC, ORR, ORN, EOR, ORN, ORN, ORN, ADD, ORN, ADC, SBC, ORN, SUB, RSB, ORN};
	enum alu op = ops[n];
	bool set = bit(w, 20);

	if (op == ORN && n != 3)
		return DEC_NO;
	if (rd == PC && set) {
		if (op == AND || op == EOR || op == ADD || op == SUB) {
			op = op == AND ? TST : op == EOR ? TEQ : op == ADD ? CMN : CMP;
			arm_alu(l, op, 0, rn, o, true);
			return DEC_YES;
		}
	}
	if (rd == PC)
		return DEC_NO;
	if (rn == PC && op == ORR)
		op = MOV;
	if (rn == PC && op == ORN)
		op = MVN;
	arm_alu(l, op, rd, rn, o, set);
	return DEC_YES;
}

static enum verdict shiftedreg(struct lift *l, uint32_t w)
{
	int n = bits(w, 14, 12) << 2 | bits(w, 7, 6), type = bits(w, 5, 4);

	if (bits(w, 24, 21) == 6) { /* pkhbt */
		arm_clobber(l, rd);
		return DEC_CHECK;
	}
	if (bits(w, 24, 21) == 2 && rn == PC && (n != 0 || type != 0)) {
		if (rd == PC)
			return DEC_NO;
		arm_shiftimm(l, rd, rm, type, n, bit(w, 20));
		return DEC_YES;
	}
	return data(l, w, bits(w, 24, 21), arm_shifted(l, rm, type, n));
}

static enum verdict plainimm(struct lift *l, uint32_t w)
{
	uint32_t imm12 = bit(w, 26) << 11 | bits(w, 14, 12) << 8 | bits(w, 7, 0);
	int lsb = bits(w, 14, 12) << 2 | bits(w, 7, 6);

	if (rd == PC)
		return DEC_NO;
	switch (bits(w, 24, 20)) {
	case 0: case 10:
		if (rn == PC)
			arm_lea(l, rd, NoReg, NoReg, 0, (uint32_t)(bit(w, 23) ? l->base - imm12 : l->base + imm12));
		else
			arm_alu(l, bit(w, 23) ? SUB : ADD, rd, rn, arm_constant(imm12), false);
		return DEC_YES;
	case 4:
		arm_alu(l, MOV, rd, NoReg, arm_constant(rn << 12 | imm12), false);
		return DEC_YES;
	case 12:
		arm_movt(l, rd, rn << 12 | imm12);
		return DEC_YES;
	case 0x16:
		arm_insert(l, rd, rn, lsb, (int)bits(w, 4, 0) - lsb + 1);
		return (int)bits(w, 4, 0) >= lsb ? DEC_YES : DEC_NO;
	case 0x1c:
		arm_field(l, rd, rn, lsb, bits(w, 4, 0) + 1);
		return lsb + bits(w, 4, 0) < 32 ? DEC_YES : DEC_NO;
	case 0x10: case 0x12: case 0x14: case 0x18: case 0x1a:
		arm_clobber(l, rd);
		return DEC_CHECK;
	}
	return DEC_NO;
}

/* Hints, barriers, status registers. */
static enum verdict control(struct lift *l, uint32_t w)
{
	switch (bits(w, 26, 20)) {
	case 0x38: case 0x39: { /* msr; SYSm of M profiles: MSP, PSP, CONTROL */
		unsigned sysm = bits(w, 7, 0);

		if (bit(w, 8) || bit(w, 5) || (sysm & 0x7f) == 8 || (sysm & 0x7f) == 9 || (sysm & 0x7f) == 20)
			arm_clobber(l, SP);
		arm_flags(l);
		return DEC_CHECK;
	}
	case 0x3a:
		if (bits(w, 10, 8) != 0) { /* cps */
			if (bit(w, 8))
				arm_clobber(l, SP);
			return DEC_CHECK;
		}
		if (bits(w, 7, 0) == 0x0d || bits(w, 7, 0) == 0x1d)
			arm_clobber(l, 12); /* pacbti, pac */
		return DEC_YES;
	case 0x3b: case 0x3c:
		if (bits(w, 26, 20) == 0x3c)
			arm_jump(l, rn); /* bxj */
		return DEC_CHECK;
	case 0x3d: /* eret, subs pc, lr */
		arm_clobber(l, PC);
		return DEC_CHECK;
	case 0x3e: case 0x3f:
		arm_clobber(l, rd);
		return DEC_CHECK;
	case 0x7f:
		if (bits(w, 15, 12) == 10) {
			l->o->flow = FLOW_STOP; /* udf */
			return DEC_YES;
		}
		/* fallthrough */
	case 0x7e: /* smc, hvc */
		for (unsigned r = 0; r < 4; r++)
			arm_clobber(l, r);
		return DEC_CHECK;
	}
	return DEC_NO;
}

static enum verdict branch(struct lift *l, uint32_t w)
{
	unsigned s = bit(w, 26), j1 = bit(w, 13), j2 = bit(w, 11);
	int32_t far = extend(s << 24 | (j1 == s) << 23 | (j2 == s) << 22 | bits(w, 25, 16) << 12 | bits(w, 10, 0) << 1, 25);

	if (!bit(w, 14) && !bit(w, 12)) {
		if (bits(w, 25, 23) == 7)
			return control(l, w);
		l->o->cond = arm_condof(bits(w, 25, 22));
		arm_direct(l, FLOW_JUMP, l->pc + extend(s << 20 | j2 << 19 | j1 << 18 | bits(w, 21, 16) << 12 | bits(w, 10, 0) << 1, 21), true);
		return DEC_YES;
	}
	if (bit(w, 12)) {
		arm_direct(l, bit(w, 14) ? FLOW_CALL : FLOW_JUMP, l->pc + far, true);
		return DEC_YES;
	}
	if (bit(w, 0))
		return DEC_NO;
	arm_direct(l, FLOW_CALL, l->base + far, false);
	return DEC_YES;
}

/* Double, exclusive, acquire and release, table branch. */
static enum verdict dual(struct lift *l, uint32_t w)
{
	struct where a = {rn, arm_constant(bits(w, 7, 0) * 4), !bit(w, 23), bit(w, 24), bit(w, 21)};
	bool load = bit(w, 20);
	unsigned op = bits(w, 7, 4);

	if (bit(w, 24) || bit(w, 21)) {
		arm_pair(l, load, rt, rd, a);
		return rt < SP && rd < SP ? DEC_YES : DEC_CHECK;
	}
	if (bits(w, 24, 20) == 13 && op < 2) { /* tbb, tbh */
		a = (struct where){rn, arm_shifted(l, rm, 0, op), false, true, false};
		arm_transfer(l, true, PC, a, 1 + op, false);
		l->o->isret = false;
		arm_lea(l, Tmp0, NoReg, Tmp0, 1, l->pc | 1);
		l->o->flow = FLOW_IJUMP;
		l->o->flowreg = Tmp0;
		return DEC_YES;
	}
	if (!bit(w, 23)) { /* strex, ldrex; tt, which writes rd as strex does */
		if (load)
			arm_touch(l, rn, bits(w, 7, 0) * 4);
		else if (rt != PC)
			arm_store(l, rn, bits(w, 7, 0) * 4, 4);
		arm_clobber(l, load ? rt : rd);
		return DEC_CHECK;
	}
	if (load) {
		arm_touch(l, rn, 0);
		arm_clobber(l, rt);
		if ((op & 3) == 3)
			arm_clobber(l, rd);
		return DEC_CHECK;
	}
	arm_store(l, rn, 0, (op & 3) == 3 ? 8 : 4);
	if ((op & 0xc) != 8)
		arm_clobber(l, rm);
	return DEC_CHECK;
}

static enum verdict block(struct lift *l, uint32_t w)
{
	uint32_t list = bits(w, 15, 0);
	unsigned op = bits(w, 24, 23);

	if (op == 1 || op == 2) {
		if (list == 0 || rn == PC || bit(list, SP))
			return DEC_NO;
		arm_multiple(l, bit(w, 20), rn, list, op == 1, op == 2, bit(w, 21));
		return DEC_YES;
	}
	if (bit(w, 20)) { /* rfe, srs */
		arm_clobber(l, rn);
		arm_clobber(l, PC);
	} else {
		arm_clobber(l, SP);
	}
	return DEC_CHECK;
}

static enum verdict memory(struct lift *l, uint32_t w)
{
	struct where a = {rn, arm_constant(bits(w, 11, 0)), false, true, false};
	int size = 1 << bits(w, 22, 21);
	bool load = bit(w, 20), sign = bit(w, 24);

	if (size == 8 || (sign && !load) || (sign && size == 4) || (!load && rn == PC))
		return DEC_NO;
	if (rn == PC) {
		a.sub = !bit(w, 23);
	} else if (!bit(w, 23) && bit(w, 11)) {
		if (!bit(w, 10) && !bit(w, 8))
			return DEC_NO;
		a = (struct where){rn, arm_constant(bits(w, 7, 0)), !bit(w, 9), bit(w, 10), bit(w, 8)};
	} else if (!bit(w, 23)) {
		if (bits(w, 10, 6) != 0)
			return DEC_NO;
		a.o = arm_shifted(l, rm, 0, bits(w, 5, 4));
	}
	if (rt == PC && size != 4)
		return load ? DEC_CHECK : DEC_NO; /* preloads */
	if (rt == PC && !load)
		return DEC_NO;
	arm_transfer(l, load, rt, a, size, sign);
	return DEC_YES;
}

/* Register-controlled data processing and multiplies. */
static enum verdict registers(struct lift *l, uint32_t w)
{
	unsigned op = bits(w, 23, 20), op2 = bits(w, 7, 4);

	if (bits(w, 24, 23) == 3) { /* long multiplies, divides */
		arm_clobber(l, rd);
		if ((op & 7) != 1 && (op & 7) != 3)
			arm_clobber(l, rt);
		return DEC_CHECK;
	}
	if (bits(w, 24, 20) < 8 && op2 == 0) { /* shifts by a register */
		if (rd == PC || rt != PC)
			return DEC_NO;
		if (bit(w, 20))
			arm_flags(l);
		arm_clobber(l, rd);
		return DEC_YES;
	}
	if (bits(w, 24, 20) < 8 && bit(w, 7) && rn == PC && (op == 1 || op == 5))
		arm_field(l, rd, rm, 8 * bits(w, 5, 4), op == 1 ? 16 : 8);
	else
		arm_clobber(l, rd);
	return DEC_CHECK;
}

enum verdict arm_t32(struct lift *l, uint32_t w)
{
	if ((w & 0xec000000) == 0xec000000) {
		if (bits(w, 25, 24) == 3)
			return DEC_YES; /* Advanced SIMD data processing */
		return arm_coprocessor(l, w);
	}
	switch (bits(w, 28, 25)) {
	case 4:
		return bit(w, 22) ? dual(l, w) : block(l, w);
	case 5:
		return shiftedreg(l, w);
	case 8: case 9: case 10: case 11:
		if (bit(w, 15))
			return branch(l, w);
		return bit(w, 25) ? plainimm(l, w) : data(l, w, bits(w, 24, 21), arm_constant(arm_modified(w)));
	case 12:
		return bit(w, 24) && !bit(w, 20) ? arm_simdmem(l, w) : memory(l, w);
	case 13:
		return registers(l, w);
	}
	return DEC_NO;
}
