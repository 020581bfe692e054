/*
 * arm_mem.c - loads and stores of arm as ops: single, double, multiple, with writeback.
 *
 * Depends on arm.h alone. sp is written before what a push stores and after what a pop
 * loads, so that no access of such an instruction is below sp.
 */
#include "arm.h"

static void access(struct lift *l, bool load, int rt, int ra, struct opnd o, int64_t off, int size, bool sign)
{
	int64_t imm = off + (o.reg == NoReg ? (int32_t)o.imm : 0);

	if (ra == PC) {
		ra = NoReg;
		imm += o.reg == NoReg ? l->base : l->pc;
	}
	if (!load && rt == PC)
		rt = NoReg;
	emit(l, (struct op){
		.kind = load ? OP_LOAD : OP_STORE, .rd = load && rt == PC ? Tmp0 : rt, .ra = ra, .rb = o.reg,
		.shift = o.reg == NoReg ? 0 : o.shift, .size = size, .sign = sign, .imm = imm,
	});
}

/* Rn moves by the offset. */
static void move(struct lift *l, int rd, const struct where *a)
{
	arm_alu(l, a->sub ? SUB : ADD, rd, a->rn, a->o, false);
}

/* Works the addressing out: what the access uses is *ra and *o. */
static void before(struct lift *l, const struct where *a, int *ra, struct opnd *o)
{
	*ra = a->rn;
	*o = arm_constant(0);
	if (!a->pre)
		return;
	if (a->wback && a->rn != PC) {
		move(l, a->rn, a);
	} else if (a->o.reg == NoReg) {
		*o = arm_constant(a->sub ? -a->o.imm : a->o.imm);
	} else if (!a->sub) {
		*o = a->o;
	} else {
		move(l, Tmp1, a);
		*ra = Tmp1;
	}
}

static void after(struct lift *l, const struct where *a)
{
	if (!a->pre && a->rn != PC)
		move(l, a->rn, a);
}

/* PC was loaded into Tmp0. By convention sp or fp addresses what a return loads. */
static void loadedpc(struct lift *l, int rn)
{
	l->o->flow = FLOW_IJUMP;
	l->o->flowreg = Tmp0;
	l->o->isret = rn == SP || rn == 11;
}

void arm_transfer(struct lift *l, bool load, int rt, struct where a, int size, bool sign)
{
	struct opnd o;
	int ra;

	before(l, &a, &ra, &o);
	access(l, load, rt, ra, o, 0, size, sign);
	after(l, &a);
	if (load && rt == PC)
		loadedpc(l, a.rn);
	else if (load && rt == a.rn && (a.wback || !a.pre))
		arm_clobber(l, rt);
}

void arm_pair(struct lift *l, bool load, int rt, int rt2, struct where a)
{
	struct opnd o;
	int ra;

	before(l, &a, &ra, &o);
	if (load && ra == rt) {
		arm_lea(l, Tmp0, ra, NoReg, 0, 0);
		ra = Tmp0;
	}
	if (load && o.reg == rt) {
		arm_lea(l, Tmp1, NoReg, o.reg, o.shift, 0);
		o = (struct opnd){Tmp1, 0, 0};
	}
	access(l, load, rt, ra, o, 0, 4, false);
	access(l, load, rt2, ra, o, 4, 4, false);
	after(l, &a);
	if (load && (a.wback || !a.pre) && (a.rn == rt || a.rn == rt2))
		arm_clobber(l, a.rn);
	if (load && (rt == PC || rt2 == PC))
		arm_clobber(l, PC);
}

void arm_multiple(struct lift *l, bool load, int rn, uint32_t list, bool up, bool before, bool wback)
{
	int n = __builtin_popcount(list), r, base = rn;
	int64_t size = 4 * n, off;

	/* off: of the lowest register, from Rn as it was */
	off = up ? (before ? 4 : 0) : (before ? -size : 4 - size);
	if (bit(list, rn)) {
		arm_lea(l, Tmp0 + (load && bit(list, PC)), rn, NoReg, 0, 0);
		base = Tmp0 + (load && bit(list, PC));
	}
	if (!load && wback) {
		arm_lea(l, rn, rn, NoReg, 0, up ? size : -size);
		if (base == rn)
			off -= up ? size : -size;
	}
	for (r = 0; r < 16; r++) {
		if (!bit(list, r))
			continue;
		/* Which value of Rn is stored differs by version, but if it is the first it is the old one. */
		access(l, load, !load && r == rn ? (wback ? NoReg : base) : r, base, arm_constant(0), off, 4, false);
		off += 4;
	}
	if (load && wback)
		arm_lea(l, rn, base, NoReg, 0, up ? size : -size);
	if (load && wback && bit(list, rn))
		arm_clobber(l, rn);
	if (load && bit(list, PC))
		loadedpc(l, rn);
}

void arm_store(struct lift *l, int rn, int64_t off, int bytes)
{
	for (; bytes > 0; bytes -= 8, off += 8)
		access(l, false, NoReg, rn, arm_constant(0), off, bytes < 8 ? bytes : 8, false);
}

void arm_touch(struct lift *l, int rn, int64_t off)
{
	if (rn != PC)
		emit(l, (struct op){.kind = OP_TOUCH, .rd = NoReg, .ra = rn, .rb = NoReg, .size = 4, .imm = off});
}

/* By its convention a kernel changes the result, and memory that it was given a pointer to. */
void arm_kernel(struct lift *l)
{
	arm_clobber(l, 0);
	arm_clobber(l, Tmp0);
	arm_store(l, Tmp0, 0, 1);
}
