/*
 * arm64_ops.c - arithmetic, moves and branches of arm64 as ops.
 *
 * Depends on arm64.h alone. Promises that what it does not know in full is left to Capstone
 * (DEC_CHECK), with all registers that it writes clobbered there.
 */
#include "arm64.h"

static uint8_t width(uint32_t w)
{
	return bit(w, 31) ? 0 : 4;
}

static void flags(struct lift *l)
{
	l->o->writesflags = true;
	emit(l, (struct op){.kind = OP_FLAGS, .rd = NoReg, .ra = NoReg, .rb = NoReg});
}

static void compare(struct lift *l, uint8_t ra, uint8_t rb, int64_t imm, uint8_t size)
{
	l->o->writesflags = true;
	if (ra == NoReg) {
		lea(l, Tmp0, NoReg, 0);
		ra = Tmp0;
	}
	emit(l, (struct op){.kind = OP_CMP, .rd = NoReg, .ra = ra, .rb = rb, .size = size, .imm = imm});
}

/* rd = ra +- imm */
static enum verdict addimm(struct lift *l, uint32_t w)
{
	int64_t imm = (int64_t)bits(w, 21, 10) << (bit(w, 22) ? 12 : 0);
	unsigned rn = bits(w, 9, 5), rd = bits(w, 4, 0);
	bool sub = bit(w, 30), set = bit(w, 29);
	uint8_t size = width(w);

	if (set && sub)
		compare(l, (uint8_t)rn, NoReg, imm, size);
	else if (set && imm != 0) /* but for carry of 0: those of rn - -imm */
		compare(l, (uint8_t)rn, NoReg, -imm, size);
	else if (set)
		flags(l);
	emit(l, (struct op){.kind = OP_LEA, .rd = set ? dst(rd) : (uint8_t)rd, .ra = (uint8_t)rn, .rb = NoReg, .size = size, .imm = sub ? -imm : imm});
	return DEC_YES;
}

/* The pattern of a logical immediate: a run of ones, rotated, in an element that is repeated. */
static bool pattern(uint32_t w, uint64_t *v)
{
	unsigned n = bit(w, 22), immr = bits(w, 21, 16), imms = bits(w, 15, 10), top = n << 6 | (~imms & 0x3f), esize, ones;
	uint64_t element;

	if (top == 0 || (!bit(w, 31) && n))
		return false;
	esize = 1u << (31 - __builtin_clz(top));
	if (esize < 2)
		return false;
	ones = (imms & (esize - 1)) + 1;
	immr &= esize - 1;
	if (ones == esize)
		return false;
	element = (1ull << ones) - 1;
	if (immr != 0)
		element = element >> immr | element << (esize - immr);
	if (esize < 64)
		element &= (1ull << esize) - 1;
	for (; esize < 64; esize *= 2)
		element |= element << esize;
	*v = bit(w, 31) ? element : (uint32_t)element;
	return true;
}

static enum verdict logicimm(struct lift *l, uint32_t w)
{
	unsigned opc = bits(w, 30, 29), rn = bits(w, 9, 5), rd = bits(w, 4, 0);
	uint8_t to = opc == 3 ? dst(rd) : (uint8_t)rd;
	uint64_t v;

	if (!pattern(w, &v))
		return DEC_NO;
	if (opc == 3)
		flags(l);
	if (opc == 1 && rn == 31)
		lea(l, to, NoReg, (int64_t)v);
	else if (rn != 31 && (opc == 0 || opc == 3))
		emit(l, (struct op){.kind = OP_AND, .rd = to, .ra = (uint8_t)rn, .rb = NoReg, .size = width(w), .imm = bit(w, 31) ? (int64_t)v : (int32_t)v});
	else
		clobber(l, to);
	return DEC_YES;
}

static enum verdict movewide(struct lift *l, uint32_t w)
{
	unsigned opc = bits(w, 30, 29), shift = 16 * bits(w, 22, 21), rd = bits(w, 4, 0);
	uint64_t imm = (uint64_t)bits(w, 20, 5) << shift;

	if (opc == 1 || (!bit(w, 31) && shift >= 32))
		return DEC_NO;
	if (opc == 0) {
		imm = ~imm;
		lea(l, dst(rd), NoReg, bit(w, 31) ? (int64_t)imm : (int64_t)(uint32_t)imm);
	} else if (opc == 2) {
		lea(l, dst(rd), NoReg, (int64_t)imm);
	} else if (rd != 31) {
		emit(l, (struct op){.kind = OP_AND, .rd = (uint8_t)rd, .ra = (uint8_t)rd, .rb = NoReg, .size = width(w), .imm = (int64_t)~((uint64_t)0xffff << shift)});
		emit(l, (struct op){.kind = OP_LEA, .rd = (uint8_t)rd, .ra = (uint8_t)rd, .rb = NoReg, .size = width(w), .imm = (int64_t)imm});
	}
	return DEC_YES;
}

static enum verdict bitfield(struct lift *l, uint32_t w)
{
	unsigned opc = bits(w, 30, 29), immr = bits(w, 21, 16), imms = bits(w, 15, 10), rn = bits(w, 9, 5), rd = bits(w, 4, 0);
	unsigned size = bit(w, 31) ? 64 : 32;
	uint8_t to = dst(rd), narrow = width(w);

	if (opc == 3 || bit(w, 22) != bit(w, 31) || immr >= size || imms >= size)
		return DEC_NO;
	if (rn == 31 || opc == 1) {
		clobber(l, to);
	} else if (opc == 2 && imms + 1 == immr) { /* lsl */
		emit(l, (struct op){.kind = OP_SHL, .rd = to, .ra = (uint8_t)rn, .rb = NoReg, .size = narrow, .imm = size - immr});
	} else if (opc == 2 && imms >= immr) { /* lsr, ubfx, uxtb, uxth */
		emit(l, (struct op){.kind = OP_SHR, .rd = to, .ra = (uint8_t)rn, .rb = NoReg, .size = narrow, .imm = immr});
		if (imms + 1 < size)
			emit(l, (struct op){.kind = OP_AND, .rd = to, .ra = to, .rb = NoReg, .size = narrow, .imm = (int64_t)((2ull << (imms - immr)) - 1)});
	} else if (opc == 2) { /* ubfiz */
		emit(l, (struct op){.kind = OP_AND, .rd = to, .ra = (uint8_t)rn, .rb = NoReg, .size = narrow, .imm = (int64_t)((2ull << imms) - 1)});
		emit(l, (struct op){.kind = OP_SHL, .rd = to, .ra = to, .rb = NoReg, .size = narrow, .imm = size - immr});
	} else if (immr == 0 && size == 64 && (imms == 7 || imms == 15 || imms == 31)) { /* sxtb, sxth, sxtw */
		emit(l, (struct op){.kind = OP_SEXT, .rd = to, .ra = (uint8_t)rn, .rb = NoReg, .size = (uint8_t)((imms + 1) / 8)});
	} else {
		clobber(l, to);
	}
	return DEC_YES;
}

static enum verdict immediates(struct lift *l, uint32_t w)
{
	unsigned rd = bits(w, 4, 0);
	int64_t off;

	switch (bits(w, 25, 23)) {
	case 0:
	case 1: /* adr, adrp */
		off = extend(bits(w, 23, 5) << 2 | bits(w, 30, 29), 21);
		lea(l, dst(rd), NoReg, bit(w, 31) ? (int64_t)(l->pc & ~UINT64_C(0xfff)) + off * 4096 : (int64_t)l->pc + off);
		return DEC_YES;
	case 2:
		return addimm(l, w);
	case 3: /* addg, subg */
		clobber(l, (uint8_t)rd);
		return DEC_CHECK;
	case 4:
		return logicimm(l, w);
	case 5:
		return movewide(l, w);
	case 6:
		return bitfield(l, w);
	}
	clobber(l, dst(rd)); /* extr */
	return DEC_CHECK;
}

/* add, sub of a shifted register */
static enum verdict addshifted(struct lift *l, uint32_t w)
{
	unsigned type = bits(w, 23, 22), amount = bits(w, 15, 10);
	uint8_t ra = zr(bits(w, 9, 5)), rb = zr(bits(w, 20, 16)), size = width(w), to = dst(bits(w, 4, 0));
	bool sub = bit(w, 30), set = bit(w, 29);

	if (type == 3 || (!bit(w, 31) && amount >= 32))
		return DEC_NO;
	if (rb != NoReg && type == 1) {
		emit(l, (struct op){.kind = OP_SHR, .rd = Tmp1, .ra = rb, .rb = NoReg, .size = size, .imm = amount});
		rb = Tmp1, amount = 0;
	} else if (rb != NoReg && ((type == 2 && amount != 0) || (set && amount != 0))) {
		if (type == 2)
			clobber(l, Tmp1);
		else
			emit(l, (struct op){.kind = OP_SHL, .rd = Tmp1, .ra = rb, .rb = NoReg, .size = size, .imm = amount});
		rb = Tmp1, amount = 0;
	}
	if (set && sub && rb != NoReg)
		compare(l, ra, rb, 0, size);
	else if (set)
		flags(l);
	emit(l, (struct op){.kind = sub ? OP_SUB : OP_LEA, .rd = to, .ra = ra, .rb = rb, .shift = rb == NoReg ? 0 : (uint8_t)amount, .size = size});
	return DEC_YES;
}

/* add, sub of an extended register: rn and rd may be sp */
static enum verdict addextended(struct lift *l, uint32_t w)
{
	unsigned option = bits(w, 15, 13), amount = bits(w, 12, 10), rd = bits(w, 4, 0);
	uint8_t ra = (uint8_t)bits(w, 9, 5), rb = zr(bits(w, 20, 16)), size = width(w);
	bool sub = bit(w, 30), set = bit(w, 29);

	if (amount > 4 || bits(w, 23, 22) != 0)
		return DEC_NO;
	if (rb != NoReg && (option == 2 || option == 6) && bit(w, 31)) {
		emit(l, option == 2 ? (struct op){.kind = OP_LEA, .rd = Tmp1, .ra = rb, .rb = NoReg, .size = 4}
				    : (struct op){.kind = OP_SEXT, .rd = Tmp1, .ra = rb, .rb = NoReg, .size = 4});
		rb = Tmp1;
	} else if (rb != NoReg && (option & 3) < 2) { /* of bytes, halfwords */
		if (option & 4)
			emit(l, (struct op){.kind = OP_SEXT, .rd = Tmp1, .ra = rb, .rb = NoReg, .size = option & 1 ? 2 : 1});
		else
			emit(l, (struct op){.kind = OP_AND, .rd = Tmp1, .ra = rb, .rb = NoReg, .imm = option & 1 ? 0xffff : 0xff});
		rb = Tmp1;
	}
	if (set && rb != NoReg && amount != 0) {
		emit(l, (struct op){.kind = OP_SHL, .rd = Tmp1, .ra = rb, .rb = NoReg, .size = size, .imm = amount});
		rb = Tmp1, amount = 0;
	}
	if (set && sub && rb != NoReg)
		compare(l, ra, rb, 0, size);
	else if (set)
		flags(l);
	emit(l, (struct op){.kind = sub ? OP_SUB : OP_LEA, .rd = set ? dst(rd) : (uint8_t)rd, .ra = ra, .rb = rb, .shift = rb == NoReg ? 0 : (uint8_t)amount, .size = size});
	return DEC_YES;
}

static unsigned condof(unsigned f)
{
	static const uint8_t c[16] = {
		COND_EQ, COND_NE, COND_UGE, COND_ULT, COND_MI, COND_PL, COND_VS, COND_VC,
		COND_UGT, COND_ULE, COND_SGE, COND_SLT, COND_SGT, COND_SLE, COND_ALWAYS, COND_ALWAYS,
	};

	return c[f & 15];
}

/* rd = rn or rm, of which rd is mostly one: then nothing happens, or a move. */
static enum verdict select(struct lift *l, uint32_t w)
{
	unsigned rn = bits(w, 9, 5), rm = bits(w, 20, 16), rd = bits(w, 4, 0), cond = condof(bits(w, 15, 12));

	if (rd == 31)
		return DEC_YES;
	if (cond == COND_ALWAYS || (rd != rn && rd != rm)) {
		clobber(l, (uint8_t)rd);
		return DEC_YES;
	}
	l->o->cond = (uint8_t)(rd == rm ? cond : cond ^ 1);
	emit(l, (struct op){.kind = OP_LEA, .rd = (uint8_t)rd, .ra = zr(rd == rm ? rn : rm), .rb = NoReg, .size = width(w)});
	return DEC_YES;
}

static enum verdict registers(struct lift *l, uint32_t w)
{
	uint8_t to = dst(bits(w, 4, 0));

	if ((w & 0x1f000000) == 0x0a000000) { /* and, orr, eor, bic ... */
		unsigned opc = bits(w, 30, 29);
		uint8_t rb = zr(bits(w, 20, 16));
		if (!bit(w, 31) && bits(w, 15, 10) >= 32)
			return DEC_NO;
		if (opc == 3)
			flags(l);
		if (opc == 1 && !bit(w, 21) && bits(w, 9, 5) == 31 && bits(w, 15, 10) == 0)
			emit(l, (struct op){.kind = OP_LEA, .rd = to, .ra = rb, .rb = NoReg, .size = width(w)});
		else
			clobber(l, to);
		return DEC_YES;
	}
	if ((w & 0x1f200000) == 0x0b000000)
		return addshifted(l, w);
	if ((w & 0x1f200000) == 0x0b200000)
		return addextended(l, w);
	if ((w & 0x7fe00c00) == 0x1a800000)
		return select(l, w);
	if ((w & 0x3fe00000) == 0x3a400000) { /* ccmp, ccmn: no register */
		flags(l);
		return DEC_CHECK;
	}
	if (bit(w, 29) && (w & 0x1fe00000) == 0x1a000000) /* adcs, sbcs, rmif */
		flags(l);
	clobber(l, to); /* csel, mul, udiv, rev ... */
	return DEC_CHECK;
}

static enum verdict jump(struct lift *l, enum flowkind flow, unsigned cond, int64_t off)
{
	l->o->flow = (uint8_t)flow;
	l->o->cond = (uint8_t)cond;
	l->o->target = l->pc + (uint64_t)off;
	return DEC_YES;
}

static enum verdict branches(struct lift *l, uint32_t w)
{
	unsigned rn = bits(w, 9, 5), opc = bits(w, 24, 21);

	if ((w & 0x7c000000) == 0x14000000)
		return jump(l, bit(w, 31) ? FLOW_CALL : FLOW_JUMP, COND_ALWAYS, extend(bits(w, 25, 0), 26) * 4);
	if ((w & 0xff000010) == 0x54000000)
		return jump(l, FLOW_JUMP, condof(bits(w, 3, 0)), extend(bits(w, 23, 5), 19) * 4);
	if ((w & 0x7e000000) == 0x34000000)
		return jump(l, FLOW_JUMP, bit(w, 24) ? COND_NOTHER : COND_OTHER, extend(bits(w, 23, 5), 19) * 4);
	if ((w & 0x7e000000) == 0x36000000)
		return jump(l, FLOW_JUMP, bit(w, 24) ? COND_NOTHER : COND_OTHER, extend(bits(w, 18, 5), 14) * 4);
	if ((w & 0xfe000000) == 0xd6000000) {
		if (bits(w, 20, 16) != 31 || opc > 2 || (bits(w, 15, 10) & 0x3e) > 2)
			return DEC_CHECK; /* eret; braa, blraa with a modifier */
		l->o->flow = opc == 1 ? FLOW_ICALL : FLOW_IJUMP;
		l->o->isret = opc == 2;
		l->o->flowreg = opc == 2 && bits(w, 15, 10) != 0 ? LR : rn == 31 ? NoReg : (uint8_t)rn;
		return DEC_YES;
	}
	if ((w & 0xff000000) == 0xd4000000) {
		if (bits(w, 23, 21) == 1 || bits(w, 23, 21) == 2) /* brk, hlt */
			l->o->flow = FLOW_STOP;
		else if (bits(w, 23, 21) == 0 && bits(w, 4, 0) == 1) /* svc: the kernel gives x0 back */
			clobber(l, 0);
		return DEC_CHECK;
	}
	if ((w & 0xffc00000) == 0xd5000000) { /* hints, barriers, msr; mrs writes */
		if (bit(w, 21))
			clobber(l, dst(bits(w, 4, 0)));
		else if ((w & 0xffffffe0) == 0xd50320e0 || bits(w, 4, 0) != 31)
			return DEC_CHECK;
		return DEC_CHECK;
	}
	return DEC_CHECK;
}

enum verdict arm64_ops(struct lift *l, uint32_t w)
{
	switch (bits(w, 28, 25)) {
	case 8:
	case 9:
		return immediates(l, w);
	case 10:
	case 11:
		return branches(l, w);
	case 5:
	case 13:
		return registers(l, w);
	}
	if (w >> 16 == 0) { /* udf */
		l->o->flow = FLOW_STOP;
		return DEC_YES;
	}
	return DEC_CHECK; /* vectors and floating point: Capstone knows what they write */
}
