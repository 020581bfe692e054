/*
 * arm64.h - what the files of the arm64 architecture share; nobody else includes it.
 *
 *	arm64.c		the interface, and the encodings left to Capstone
 *	arm64_ops.c	arithmetic and control, by bits
 *	arm64_mem.c	loads and stores, by bits
 *
 * Everything that matters for sp and for control flow is decoded by bits. Capstone says of
 * the other encodings whether they are instructions, and which registers they write.
 */
#ifndef ARM64_H
#define ARM64_H

#include "nosplit.h"

enum { FP = 29, LR = 30, SP = 31 }; /* 31 is xzr where an operand is no address: NoReg */

enum verdict {
	DEC_NO,	   /* no instruction */
	DEC_YES,   /* all of it is in the ops */
	DEC_CHECK, /* the ops are right if Capstone says that it is an instruction */
};

struct lift {
	struct insn *o;
	uint64_t pc;
	bool overflow; /* more than MaxOps */
};

static inline uint32_t bits(uint32_t w, int hi, int lo)
{
	return (w >> lo) & (uint32_t)((1ull << (hi - lo + 1)) - 1);
}

static inline bool bit(uint32_t w, int n)
{
	return w >> n & 1;
}

static inline int64_t extend(uint64_t v, int n)
{
	return (int64_t)(v << (64 - n)) >> (64 - n);
}

/* A register as an operand that is no address: xzr counts nothing, and what is written to it
 * goes to a temporary. */
static inline uint8_t zr(uint32_t r)
{
	return r == 31 ? NoReg : r;
}

static inline uint8_t dst(uint32_t r)
{
	return r == 31 ? Tmp0 : r;
}

static inline void emit(struct lift *l, struct op op)
{
	if (l->o->nops == MaxOps) {
		l->overflow = true;
		return;
	}
	l->o->ops[l->o->nops++] = op;
}

static inline void lea(struct lift *l, uint8_t rd, uint8_t ra, int64_t imm)
{
	emit(l, (struct op){.kind = OP_LEA, .rd = rd, .ra = ra, .rb = NoReg, .imm = imm});
}

static inline void clobber(struct lift *l, uint8_t rd)
{
	emit(l, (struct op){.kind = OP_CLOBBER, .rd = rd, .ra = NoReg, .rb = NoReg});
}

enum verdict arm64_ops(struct lift *, uint32_t w); /* immediates, registers, branches, system */
enum verdict arm64_mem(struct lift *, uint32_t w); /* loads and stores */

#endif
