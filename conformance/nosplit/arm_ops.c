/*
 * arm_ops.c - what arm instructions do to registers, memory and control, as ops.
 *
 * Depends on arm.h alone. Promises that PC is in no op: where it is read, its value stands,
 * and where it is written, the flow says so. Tmp0 holds a base that a load overwrites or a
 * value for PC, Tmp1 an operand.
 */
#include "arm.h"

enum { LSL, LSR, ASR, ROR };

void arm_lea(struct lift *l, int rd, int ra, int rb, int shift, int64_t imm)
{
	if (rb == PC) {
		rb = NoReg;
		imm += (int32_t)(l->pc << shift);
	}
	if (ra == PC) {
		ra = NoReg;
		imm += l->pc;
	}
	emit(l, (struct op){.kind = OP_LEA, .rd = rd, .ra = ra, .rb = rb, .shift = rb == NoReg ? 0 : shift, .imm = imm});
}

void arm_clobber(struct lift *l, int rd)
{
	if (rd == PC) {
		rd = Tmp0;
		l->o->flow = FLOW_IJUMP;
		l->o->flowreg = Tmp0;
	}
	emit(l, (struct op){.kind = OP_CLOBBER, .rd = rd, .ra = NoReg, .rb = NoReg});
}

void arm_flags(struct lift *l)
{
	l->o->writesflags = true;
	emit(l, (struct op){.kind = OP_FLAGS, .rd = NoReg, .ra = NoReg, .rb = NoReg});
}

struct opnd arm_constant(uint32_t imm)
{
	return (struct opnd){NoReg, 0, imm};
}

struct opnd arm_opaque(struct lift *l)
{
	arm_clobber(l, Tmp1);
	return (struct opnd){Tmp1, 0, 0};
}

struct opnd arm_shifted(struct lift *l, int rm, int type, int amount)
{
	if (rm == PC)
		return type == LSL ? arm_constant(l->pc << amount) : arm_opaque(l);
	if (type == LSL)
		return (struct opnd){rm, amount, 0};
	if (type != LSR)
		return arm_opaque(l);
	if (amount == 0)
		return arm_constant(0);
	emit(l, (struct op){.kind = OP_SHR, .rd = Tmp1, .ra = rm, .rb = NoReg, .imm = amount});
	return (struct opnd){Tmp1, 0, 0};
}

/* Flags of rn - o. */
static void compare(struct lift *l, int rn, struct opnd o)
{
	l->o->writesflags = true;
	if (rn == PC) {
		arm_lea(l, Tmp0, PC, NoReg, 0, 0);
		rn = Tmp0;
	}
	if (o.shift != 0) {
		arm_lea(l, Tmp1, NoReg, o.reg, o.shift, 0);
		o.reg = Tmp1;
	}
	emit(l, (struct op){.kind = OP_CMP, .rd = NoReg, .ra = rn, .rb = o.reg, .imm = (int32_t)o.imm});
}

/* Flags of rn + o. With o a constant they are those of rn - -o, but for 0 (carry) and
 * the smallest number (overflow). */
static void compareneg(struct lift *l, int rn, struct opnd o)
{
	if (o.reg == NoReg && (o.imm & 0x7fffffff) != 0)
		compare(l, rn, arm_constant(-o.imm));
	else
		arm_flags(l);
}

static void subtract(struct lift *l, int rd, int ra, int rb, int shift, int64_t imm)
{
	if (ra == PC) {
		ra = NoReg;
		imm -= l->pc;
	}
	if (rb == PC) {
		rb = NoReg;
		imm += (int32_t)(l->pc << shift);
	}
	emit(l, (struct op){.kind = OP_SUB, .rd = rd, .ra = ra, .rb = rb, .shift = rb == NoReg ? 0 : shift, .imm = imm});
}

static void mask(struct lift *l, int rd, int rn, uint32_t m)
{
	if (rn == PC)
		arm_lea(l, rd, NoReg, NoReg, 0, (int32_t)(l->pc & m));
	else
		emit(l, (struct op){.kind = OP_AND, .rd = rd, .ra = rn, .rb = NoReg, .imm = (int32_t)m});
}

static void reverse(struct lift *l, int rd, int rn, struct opnd o)
{
	if (o.reg == NoReg) {
		subtract(l, rd, NoReg, rn, 0, -(int64_t)(int32_t)o.imm);
		return;
	}
	if (o.shift != 0) {
		arm_lea(l, Tmp1, NoReg, o.reg, o.shift, 0);
		o.reg = Tmp1;
	}
	subtract(l, rd, o.reg, rn, 0, 0);
}

/* rd = the result, without flags; rd is not PC. */
static void result(struct lift *l, enum alu op, int rd, int rn, struct opnd o)
{
	bool k = o.reg == NoReg;
	int64_t imm = (int32_t)o.imm;

	if (op == ADD)
		arm_lea(l, rd, rn, o.reg, o.shift, k ? imm : 0);
	else if (op == SUB && k)
		arm_lea(l, rd, rn, NoReg, 0, -imm);
	else if (op == SUB)
		subtract(l, rd, rn, o.reg, o.shift, 0);
	else if (op == RSB)
		reverse(l, rd, rn, o);
	else if (op == MOV && o.shift == 0)
		arm_lea(l, rd, o.reg, NoReg, 0, k ? imm : 0);
	else if (op == MOV)
		emit(l, (struct op){.kind = OP_SHL, .rd = rd, .ra = o.reg, .rb = NoReg, .imm = o.shift});
	else if (op == MVN && k)
		arm_lea(l, rd, NoReg, NoReg, 0, ~imm);
	else if (op == MVN)
		subtract(l, rd, NoReg, o.reg, o.shift, 1);
	else if (op == AND && k)
		mask(l, rd, rn, o.imm);
	else if (op == BIC && k)
		mask(l, rd, rn, ~o.imm);
	else if (op == EOR && k && o.imm == 0)
		arm_lea(l, rd, rn, NoReg, 0, 0);
	else if (op == ORR && k) { /* of a code address with 1: the bit of its mode */
		mask(l, rd, rn, ~o.imm);
		arm_lea(l, rd, rd, NoReg, 0, imm);
	} else
		arm_clobber(l, rd);
}

/* Writes of PC by arithmetic: A32 takes the mode from bit 0, T32 stays as it is. */
static void writepc(struct lift *l, enum alu op, int rn, struct opnd o, bool setflags)
{
	bool copy = op == MOV && o.reg != NoReg && o.shift == 0;

	if (setflags) { /* an exception return: the mode is in a status register */
		arm_clobber(l, PC);
		return;
	}
	if (copy && o.reg == LR) {
		arm_jump(l, LR);
		return;
	}
	if (copy && !l->thumb) {
		arm_jump(l, o.reg);
		return;
	}
	result(l, op, Tmp0, rn, o);
	if (l->thumb) {
		if (rn != PC)
			mask(l, Tmp0, Tmp0, ~1u);
		arm_lea(l, Tmp0, Tmp0, NoReg, 0, 1);
	}
	l->o->flow = FLOW_IJUMP;
	l->o->flowreg = Tmp0;
}

void arm_alu(struct lift *l, enum alu op, int rd, int rn, struct opnd o, bool setflags)
{
	if (op == MOV || op == MVN)
		rn = NoReg;
	if (op == CMP) {
		compare(l, rn, o);
		return;
	}
	if (op == CMN) {
		compareneg(l, rn, o);
		return;
	}
	if (op == TST || op == TEQ) {
		arm_flags(l);
		return;
	}
	if (rd == PC) {
		writepc(l, op, rn, o, setflags);
		return;
	}
	/* The flags first: they are of the old value of a register that rd may be. */
	if (setflags && op == SUB)
		compare(l, rn, o);
	else if (setflags && op == ADD)
		compareneg(l, rn, o);
	else if (setflags)
		arm_flags(l);
	/* The comparison has put a shifted operand into Tmp1. */
	if (setflags && op == SUB && o.shift != 0)
		o = (struct opnd){Tmp1, 0, 0};
	result(l, op, rd, rn, o);
}

void arm_shiftimm(struct lift *l, int rd, int rm, int type, int amount, bool setflags)
{
	if (rm == PC || rd == PC || type == LSL) {
		arm_alu(l, MOV, rd, NoReg, arm_shifted(l, rm, type, amount), setflags);
		return;
	}
	if (setflags)
		arm_flags(l);
	if (type == LSR && amount == 0)
		arm_lea(l, rd, NoReg, NoReg, 0, 0);
	else if (type == LSR)
		emit(l, (struct op){.kind = OP_SHR, .rd = rd, .ra = rm, .rb = NoReg, .imm = amount});
	else
		arm_clobber(l, rd);
}

void arm_movt(struct lift *l, int rd, uint32_t imm16)
{
	if (rd == PC) {
		arm_clobber(l, PC);
		return;
	}
	mask(l, rd, rd, 0xffff);
	arm_lea(l, rd, rd, NoReg, 0, (int32_t)(imm16 << 16));
}

void arm_field(struct lift *l, int rd, int rn, int lsb, int width)
{
	if (rd == PC || rn == PC || lsb + width > 32) {
		arm_clobber(l, rd);
		return;
	}
	if (lsb != 0) {
		emit(l, (struct op){.kind = OP_SHR, .rd = rd, .ra = rn, .rb = NoReg, .imm = lsb});
		rn = rd;
	}
	mask(l, rd, rn, (uint32_t)((1ull << width) - 1));
}

void arm_insert(struct lift *l, int rd, int rn, int lsb, int width)
{
	if (rd == PC || rn != PC || width <= 0 || lsb + width > 32)
		arm_clobber(l, rd);
	else
		mask(l, rd, rd, ~((uint32_t)((1ull << width) - 1) << lsb));
}

void arm_jump(struct lift *l, int reg)
{
	if (reg == PC) { /* bx pc: to A32, at the next word */
		arm_direct(l, FLOW_JUMP, l->base, false);
		return;
	}
	l->o->flow = FLOW_IJUMP;
	l->o->flowreg = reg;
	l->o->isret = reg == LR;
}

void arm_direct(struct lift *l, enum flowkind flow, uint32_t target, bool thumb)
{
	l->o->flow = flow;
	l->o->target = target;
	l->o->targetmode = thumb ? MODE_THUMB : MODE_PLAIN;
}
