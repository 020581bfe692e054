/*
 * arm.h - what the files of the arm architecture share; nobody else includes it.
 *
 *	arm.c		the interface: dispatch, IT blocks, the encodings left to Capstone
 *	arm_ops.c arm_mem.c	what an instruction does, whatever its encoding
 *	arm_a32.c arm_t16.c arm_t32.c	encodings of A32 and T32, by bits
 *	arm_cop.c	coprocessors, VFP and Advanced SIMD, whose encodings A32 and T32 share
 *	arm_constants.c	numbers that instructions form by themselves
 *	arm_veneer.c	PLT stubs and veneers
 *	arm_text.c	Capstone's text, spelt as objdump does
 *
 * Everything that matters for sp and for control flow is decoded by bits. Capstone says of
 * the other encodings whether they are instructions, and which registers they write.
 */
#ifndef ARM_H
#define ARM_H

#include "nosplit.h"

#include <capstone/capstone.h>

enum { SP = 13, LR = 14, PC = 15 };

enum verdict {
	DEC_NO,	   /* no instruction */
	DEC_YES,   /* all of it is in the ops */
	DEC_CHECK, /* the ops are right if Capstone says that it is an instruction */
};

/* One instruction while it is lifted. */
struct lift {
	struct insn *o;
	uint32_t pc;	/* as the instruction reads it: +8, in T32 +4 */
	uint32_t base;	/* that, aligned: of literals and adr */
	bool thumb;
	bool it;	/* in an IT block: 16-bit encodings set no flags */
	bool overflow;	/* more than MaxOps */
};

/* An operand: reg << shift, or imm if reg is NoReg. */
struct opnd {
	uint8_t reg, shift;
	uint32_t imm;
};

/* How a load or store addresses: Rn with offset o, added or subtracted. */
struct where {
	uint8_t rn;
	struct opnd o;
	bool sub, pre, wback; /* not pre: the access is at Rn, and wback is so */
};

static inline uint32_t bits(uint32_t w, int hi, int lo)
{
	return (w >> lo) & (uint32_t)((1ull << (hi - lo + 1)) - 1);
}

static inline bool bit(uint32_t w, int n)
{
	return w >> n & 1;
}

/* Two's complement of n bits. */
static inline int32_t extend(uint32_t v, int n)
{
	return (int32_t)(v << (32 - n)) >> (32 - n);
}

/* Emits an op. PC must not be among its registers. */
static inline void emit(struct lift *l, struct op op)
{
	if (l->o->nops == MaxOps) {
		l->overflow = true;
		return;
	}
	l->o->ops[l->o->nops++] = op;
}

void arm_lea(struct lift *, int rd, int ra, int rb, int shift, int64_t imm);
void arm_clobber(struct lift *, int rd); /* PC: the instruction jumps to somewhere unknown */
void arm_flags(struct lift *);
struct opnd arm_constant(uint32_t imm);
struct opnd arm_shifted(struct lift *, int rm, int type, int amount); /* amount as encoded: 0 of LSR is 32 */
struct opnd arm_opaque(struct lift *);	/* an operand of unknown value */

enum alu { AND, EOR, SUB, RSB, ADD, ADC, SBC, RSC, TST, TEQ, CMP, CMN, ORR, MOV, BIC, MVN, ORN };

void arm_alu(struct lift *, enum alu, int rd, int rn, struct opnd, bool setflags);
void arm_shiftimm(struct lift *, int rd, int rm, int type, int amount, bool setflags);
void arm_movt(struct lift *, int rd, uint32_t imm16);
void arm_field(struct lift *, int rd, int rn, int lsb, int width); /* ubfx, uxtb, uxth */
void arm_insert(struct lift *, int rd, int rn, int lsb, int width); /* bfi; bfc if rn is PC */
void arm_jump(struct lift *, int reg);   /* bx, and whatever writes PC with a mode in bit 0 */
void arm_direct(struct lift *, enum flowkind, uint32_t target, bool thumb);
void arm_transfer(struct lift *, bool load, int rt, struct where, int size, bool sign);
void arm_pair(struct lift *, bool load, int rt, int rt2, struct where);
void arm_multiple(struct lift *, bool load, int rn, uint32_t list, bool up, bool before, bool wback);
void arm_store(struct lift *, int rn, int64_t off, int bytes); /* of something unknown */
void arm_touch(struct lift *, int rn, int64_t off);
void arm_kernel(struct lift *); /* svc */

enum verdict arm_a32(struct lift *, uint32_t w);
enum verdict arm_t16(struct lift *, uint32_t h);
enum verdict arm_t32(struct lift *, uint32_t w);
uint32_t arm_modified(uint32_t w); /* the constant i:imm3:imm8 of T32: a pattern or a rotated byte */
enum verdict arm_coprocessor(struct lift *, uint32_t w); /* w: as in A32, condition 1111 if unconditional */
enum verdict arm_simdmem(struct lift *, uint32_t w);
unsigned arm_condof(unsigned field); /* enum cond of an encoded condition */

struct decoder {
	csh cs[2][2];		/* of each mode, the second for what the first has not */
	bool bigendian;
	uint64_t *it;		/* address, first halfword, ITSTATE; open addressing; 0 is free */
	size_t nit, capit;
	uint8_t *maybe;		/* a bit a halfword, addresses folded: 0 is in no IT block */
	struct seen *seen;	/* what Capstone said */
};

int arm_fetch(const struct decoder *, const uint8_t *p, size_t n, int mode, uint32_t *w); /* bytes, or 0 */
unsigned arm_itstate(const struct decoder *, uint32_t pc, const uint8_t *p, size_t n);
void arm_text(struct decoder *, addr pc, const uint8_t *p, size_t n, int mode, char *buf, size_t size);
void arm_constants(struct decoder *, addr pc, const uint8_t *p, size_t n, void (*found)(void *, addr value, addr pc), void *to);
bool arm_veneer(struct decoder *, addr pc, const uint8_t *p, size_t n, int mode, addr *slot, addr *target, uint8_t *targetmode);

#endif
