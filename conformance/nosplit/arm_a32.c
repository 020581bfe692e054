/*
 * arm_a32.c - the encodings of A32, by bits, to what arm_ops.c and arm_mem.c know.
 *
 * Depends on arm.h alone. Follows the encoding tables of the ARMv7-A/R and ARMv8-A
 * architecture manuals (A32). The condition field is the caller's business.
 */
#include "arm.h"

#define rn bits(w, 19, 16)
#define rd bits(w, 15, 12)
#define rs bits(w, 11, 8)
#define rm bits(w, 3, 0)

static uint32_t rotated(uint32_t w)
{
	uint32_t v = bits(w, 7, 0);
	int n = 2 * bits(w, 11, 8);

	return n == 0 ? v : v >> n | v << (32 - n);
}

static enum verdict multiply(struct lift *l, uint32_t w)
{
	bool wide = bit(w, 23) || bits(w, 23, 20) == 4;

	arm_clobber(l, rn);
	if (wide)
		arm_clobber(l, rd);
	if (bit(w, 20))
		arm_flags(l);
	return DEC_CHECK;
}

/* swp, load and store exclusive, acquire and release. */
static enum verdict exclusive(struct lift *l, uint32_t w)
{
	static const uint8_t size[4] = {4, 8, 1, 2};
	int n = size[bits(w, 22, 21)], to;
	bool plain = bit(w, 23) && bits(w, 9, 8) == 0; /* lda, stl: no status */

	if (!bit(w, 23)) {
		arm_store(l, rn, 0, bit(w, 22) ? 1 : 4);
		arm_clobber(l, rd);
		return DEC_CHECK;
	}
	if (bit(w, 20)) {
		arm_touch(l, rn, 0);
		arm_clobber(l, rd);
		if (n == 8 && rd != PC)
			arm_clobber(l, rd + 1);
		return DEC_CHECK;
	}
	arm_store(l, rn, 0, n);
	to = rd;
	if (!plain)
		arm_clobber(l, to);
	return DEC_CHECK;
}

static enum verdict extra(struct lift *l, uint32_t w)
{
	struct where a = {rn, bit(w, 22) ? arm_constant(rs << 4 | rm) : arm_shifted(l, rm, 0, 0), !bit(w, 23), bit(w, 24), bit(w, 21)};
	bool load = bit(w, 20);
	unsigned op = bits(w, 6, 5);

	if (!load && op != 1) {
		if (rd & 1)
			return DEC_NO;
		arm_pair(l, op == 2, rd, rd + 1, a);
		return rd < LR ? DEC_YES : DEC_NO;
	}
	if (load && rd == PC)
		return DEC_NO;
	arm_transfer(l, load, rd, a, op == 2 ? 1 : 2, op != 1);
	return DEC_YES;
}

static enum verdict status(struct lift *l, uint32_t w)
{
	if (!bit(w, 21)) { /* mrs */
		arm_clobber(l, rd);
		return DEC_CHECK;
	}
	if (bit(w, 16) || bit(w, 9)) { /* msr of the control field: another mode has another sp */
		arm_clobber(l, SP);
		arm_clobber(l, LR);
	}
	arm_flags(l);
	return DEC_CHECK;
}

static enum verdict miscellaneous(struct lift *l, uint32_t w)
{
	unsigned op = bits(w, 22, 21);

	if (bit(w, 7)) { /* halfword multiplies; of these only smlal writes two */
		arm_clobber(l, rn);
		if (op == 2)
			arm_clobber(l, rd);
		return DEC_CHECK;
	}
	switch (bits(w, 6, 4)) {
	case 0:
		return status(l, w);
	case 1:
		if (op == 1)
			arm_jump(l, rm);
		else
			arm_clobber(l, rd);
		return op == 1 ? DEC_YES : DEC_CHECK;
	case 2: /* bxj */
		arm_jump(l, rm);
		return DEC_CHECK;
	case 3:
		if (op != 1 || rm == PC)
			return DEC_NO;
		l->o->flow = FLOW_ICALL;
		l->o->flowreg = rm;
		return DEC_YES;
	case 6: /* eret */
		arm_clobber(l, PC);
		return op == 3 ? DEC_CHECK : DEC_NO;
	case 7:
		if (op == 1 || op == 0) {
			l->o->flow = FLOW_STOP; /* bkpt, hlt */
			return DEC_CHECK;
		}
		for (unsigned r = 0; r < 4; r++) /* hvc, smc */
			arm_clobber(l, r);
		return DEC_CHECK;
	}
	arm_clobber(l, rd); /* crc32, qadd */
	return DEC_CHECK;
}

static enum verdict data(struct lift *l, uint32_t w)
{
	enum alu op = bits(w, 24, 21);
	struct opnd o;

	if (bit(w, 25))
		o = arm_constant(rotated(w));
	else if (bit(w, 4))
		o = arm_opaque(l); /* shifted by a register */
	else if (op == MOV && bits(w, 11, 4) != 0) {
		arm_shiftimm(l, rd, rm, bits(w, 6, 5), bits(w, 11, 7), bit(w, 20));
		return DEC_YES;
	} else
		o = arm_shifted(l, rm, bits(w, 6, 5), bits(w, 11, 7));
	arm_alu(l, op, rd, rn, o, bit(w, 20));
	return DEC_YES;
}

static enum verdict immediate(struct lift *l, uint32_t w)
{
	if (bits(w, 24, 23) != 2 || bit(w, 20))
		return data(l, w);
	switch (bits(w, 22, 21)) {
	case 0:
		arm_alu(l, MOV, rd, NoReg, arm_constant(rn << 12 | bits(w, 11, 0)), false);
		return DEC_YES;
	case 2:
		arm_movt(l, rd, rn << 12 | bits(w, 11, 0));
		return DEC_YES;
	}
	if (rn == 0 && !bit(w, 22))
		return DEC_YES; /* hints */
	return status(l, w);
}

static enum verdict media(struct lift *l, uint32_t w)
{
	unsigned op = bits(w, 24, 20), op2 = bits(w, 7, 5);

	if (bits(w, 27, 20) == 0x7f && op2 == 7) {
		l->o->flow = FLOW_STOP; /* udf */
		return DEC_YES;
	}
	if (op >= 0x1a && (op2 & 3) == 2) { /* sbfx, ubfx */
		if (op >= 0x1e)
			arm_field(l, rd, rm, bits(w, 11, 7), bits(w, 20, 16) + 1);
		else
			arm_clobber(l, rd);
		return DEC_CHECK;
	}
	if (op == 0x1c || op == 0x1d) { /* bfi, bfc */
		arm_insert(l, rd, rm, bits(w, 11, 7), (int)bits(w, 20, 16) - (int)bits(w, 11, 7) + 1);
		return bits(w, 20, 16) >= bits(w, 11, 7) ? DEC_CHECK : DEC_NO;
	}
	if ((op == 0x0e || op == 0x0f) && op2 == 3 && rn == PC) { /* uxtb, uxth */
		arm_field(l, rd, rm, 8 * bits(w, 11, 10), op == 0x0e ? 8 : 16);
		return DEC_CHECK;
	}
	if (op & 0x10) { /* multiplies, divides, usad8 */
		arm_clobber(l, rn);
		if (op == 0x14)
			arm_clobber(l, rd);
		return DEC_CHECK;
	}
	arm_clobber(l, rd);
	return DEC_CHECK;
}

static enum verdict block(struct lift *l, uint32_t w)
{
	uint32_t list = bits(w, 15, 0);
	bool user = bit(w, 22) && !(bit(w, 20) && bit(w, 15)), load = bit(w, 20);

	if (list == 0 || rn == PC)
		return DEC_NO;
	arm_multiple(l, load && !user, rn, list, bit(w, 23), bit(w, 24), bit(w, 21));
	if (user && load) /* registers of user mode, from memory: r8-r14 may be another mode's */
		for (unsigned r = 0; r < 15; r++)
			if (bit(list, r))
				arm_clobber(l, r);
	return DEC_YES;
}

static enum verdict unconditional(struct lift *l, uint32_t w)
{
	if (bits(w, 27, 25) == 1)
		return DEC_YES; /* Advanced SIMD data processing */
	if (bits(w, 27, 24) == 4 && !bit(w, 20))
		return arm_simdmem(l, w);
	if (bits(w, 27, 26) == 1)
		return DEC_CHECK; /* preloads, barriers, clrex */
	if (bits(w, 27, 25) == 5) {
		arm_direct(l, FLOW_CALL, l->pc + extend(bits(w, 23, 0), 24) * 4 + 2 * bit(w, 24), true);
		return DEC_YES;
	}
	if (bits(w, 27, 25) == 4) { /* srs, rfe */
		arm_clobber(l, bit(w, 22) ? SP : rn);
		if (!bit(w, 22))
			arm_clobber(l, PC);
		return DEC_CHECK;
	}
	if (bits(w, 27, 25) >= 6)
		return arm_coprocessor(l, w);
	if (bits(w, 27, 20) == 0x10) { /* setend, cps */
		if (bit(w, 17)) {
			arm_clobber(l, SP);
			arm_clobber(l, LR);
		}
		return DEC_CHECK;
	}
	return DEC_NO;
}

enum verdict arm_a32(struct lift *l, uint32_t w)
{
	if (bits(w, 31, 28) == 15)
		return unconditional(l, w);
	switch (bits(w, 27, 25)) {
	case 0:
		if (!bit(w, 7) || !bit(w, 4))
			return bits(w, 24, 23) == 2 && !bit(w, 20) ? miscellaneous(l, w) : data(l, w);
		if (bits(w, 6, 5) != 0)
			return extra(l, w);
		return bit(w, 24) ? exclusive(l, w) : multiply(l, w);
	case 1:
		return immediate(l, w);
	case 3:
		if (bit(w, 4))
			return media(l, w);
		/* fallthrough */
	case 2:
		arm_transfer(l, bit(w, 20), rd, (struct where){rn,
			bit(w, 25) ? arm_shifted(l, rm, bits(w, 6, 5), bits(w, 11, 7)) : arm_constant(bits(w, 11, 0)),
			!bit(w, 23), bit(w, 24), bit(w, 21)}, bit(w, 22) ? 1 : 4, false);
		return bit(w, 22) && rd == PC && bit(w, 20) ? DEC_NO : DEC_YES;
	case 4:
		return block(l, w);
	case 5:
		arm_direct(l, bit(w, 24) ? FLOW_CALL : FLOW_JUMP, l->pc + extend(bits(w, 23, 0), 24) * 4, false);
		return DEC_YES;
	}
	return arm_coprocessor(l, w);
}
