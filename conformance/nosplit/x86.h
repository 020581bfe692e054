/*
 * x86.h - what the files of the x86 decoder share.
 *
 *	x86.c		the two archs: opens, decodes (quick, fast or by Zydis), PLT stubs
 *	x86_quick.c	decodes the most common encodings, straight to ops
 *	x86_fast.c	decodes the common encodings by itself
 *	x86_two.c x86_vec.c	of those, the ones of two bytes, and SSE and the x87
 *	x86_vex.c	and those of AVX
 *	x86_zydis.c	decodes everything else: Zydis's operands, and what it says is written
 *	x86_lift.c	a form to ops: moves, and which file does the others
 *	x86_arith.c	a form to ops: arithmetic, logic, comparisons
 *	x86_flow.c	a form to ops: stack and control flow
 *	x86_ops.c	accesses to memory, as ops
 *	x86_text.c	the instruction as objdump shows it
 *
 * A form is an instruction cut down to what the lifter needs: a verb and its operands,
 * destination first. All decoders give the same ops; the tests compare them.
 */
#ifndef X86_H
#define X86_H

#include "nosplit.h"

#include <Zydis/Zydis.h>

enum { RegA, RegC, RegD, RegB, RegSP, RegBP, RegSI, RegDI };

struct decoder {
	ZydisDecoder zydis;
	ZydisFormatter formatter;
	bool wide;    /* amd64 */
	uint8_t word; /* bytes of a full register */
};

enum opertype { O_REG, O_MEM, O_IMM };

struct operand {
	uint8_t type;
	uint8_t reg; /* O_REG: NoReg is one that the engine does not follow (xmm, segments) */
	uint8_t base, index, shift; /* O_MEM */
	bool high;   /* %ah ... %bh */
	bool far;    /* behind %fs or %gs: not memory at that address */
	bool narrow; /* amd64: the address is cut to 32 bits */
	bool odd;    /* an address that the ops cannot express: 16 bits, vector index */
	uint16_t size; /* bytes */
	int64_t imm; /* O_IMM, or displacement; an absolute address if there is no base */
};

enum verb {
	I_NOP,
	I_MOV, I_MOVZX, I_MOVSX, I_LEA,
	I_ADD, I_SUB, I_AND, I_OR, I_XOR, I_CMP, I_TEST,
	I_INC, I_DEC, I_NEG, I_NOT, I_SHL, I_SHR,
	I_CHANGE,	/* first operand becomes unknown, from itself and the others; flags too */
	I_SET,		/* first operand becomes unknown; no flags */
	I_TOUCH,	/* first operand is read, into something that is not followed; no flags */
	I_FLAGS,	/* the operands are read, flags become unknown */
	I_CMOV, I_XCHG, I_XADD,
	I_PUSH, I_POP, I_PUSHALL, I_POPALL, I_PUSHFLAGS, I_POPFLAGS, I_ENTER, I_LEAVE,
	I_JUMP, I_JCC, I_LOOP, I_JCXZ, I_CALL, I_RET,
	I_FARCALL, I_FARJUMP, I_FARRET,
	I_SYSTEM,	/* into the kernel; back to the next instruction */
	I_SYSRET,	/* out of the kernel, with a sp from elsewhere */
	I_STOP,
	I_OTHER,	/* see x86_zydis.c */
};

struct form {
	uint8_t verb, n, len;
	uint8_t cc;   /* I_JCC, I_CMOV: low 4 bits of the opcode */
	uint8_t size; /* I_PUSH ... I_RET: bytes that a push moves; I_LOOP: of the counter */
	struct operand o[4];
};

/* False if the encoding is none of the common ones (or is none at all). Needs
 * X86_MAXLEN bytes at p. */
enum { X86_MAXLEN = 15 };
bool x86_fast(const struct decoder *, addr pc, const uint8_t *p, struct form *);

/* The whole of decode(). False, as for x86_fast; out may be written to all the same. */
bool x86_quick(const struct decoder *, addr pc, const uint8_t *p, struct insn *out);

/* The whole of decode(), by Zydis alone. */
bool x86_zydis(struct decoder *, addr pc, const uint8_t *p, size_t n, struct insn *out);

void x86_lift(const struct decoder *, addr pc, struct form *, struct insn *out);
void x86_flow(const struct decoder *, addr pc, struct form *, struct insn *out);

/* One op too many is remembered as MaxOps + 1. */
static inline void x86_put(struct insn *out, struct op op)
{
	if (out->nops < MaxOps)
		out->ops[out->nops++] = op;
	else
		out->nops = MaxOps + 1;
}

static inline bool x86_toomany(const struct insn *out)
{
	return out->nops > MaxOps;
}

static inline void x86_flags(struct insn *out)
{
	out->writesflags = true;
	x86_put(out, (struct op){.kind = OP_FLAGS, .rd = NoReg, .ra = NoReg, .rb = NoReg});
}

static inline void x86_clobber(struct insn *out, unsigned reg)
{
	x86_put(out, (struct op){.kind = OP_CLOBBER, .rd = (uint8_t)reg, .ra = NoReg, .rb = NoReg});
}

static inline void x86_begin(struct insn *out, unsigned len)
{
	out->len = (uint8_t)len;
	out->flow = FLOW_NEXT;
	out->cond = COND_ALWAYS;
	out->flowreg = NoReg;
	out->nops = 0;
	out->isret = out->writesflags = false;
	out->targetmode = MODE_PLAIN;
	out->target = 0;
}

/* The pieces of ops. Memory operands may be rewritten: one form is lifted once. */
extern const uint8_t x86_conds[16]; /* by the low 4 bits of the opcode */
void x86_load(struct insn *, unsigned rd, struct operand *, bool sign);
void x86_store(struct insn *, struct operand *, unsigned rd);
void x86_touch(struct insn *, struct operand *); /* reads it: counts as depth */
void x86_smash(struct insn *, struct operand *); /* memory there becomes unknown */
void x86_anywhere(struct insn *); /* memory that nobody knows the place of is written */

void x86_text_init(struct decoder *);
void x86_text(struct decoder *, addr pc, const uint8_t *p, size_t n, int mode, char *buf, size_t size);

#endif
