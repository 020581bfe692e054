/*
 * x86_fast.h - what the files of the fast decoder share.
 */
#ifndef X86_FAST_H
#define X86_FAST_H

#include "x86.h"

struct cursor {
	const uint8_t *p; /* the next byte */
	const uint8_t *start;
	bool wide, far; /* far: memory is behind %fs or %gs */
	uint8_t rex, word;
	uint8_t prefix; /* 0x66, 0xf2, 0xf3 or 0 */
};

/* General register reg; size 1: with REX none of them is %ah ... %bh. */
void x86_gpr(const struct cursor *, struct operand *, unsigned reg, unsigned size);
/* The operand of mod and rm. One relative to the instruction pointer is left relative to the
 * end of the instruction, and *relative set. */
void x86_modrm(struct cursor *, struct operand *, unsigned size, bool *relative);

static inline unsigned x86_regfield(const struct cursor *c)
{
	return (*c->p >> 3 & 7) | (c->rex & 4) << 1;
}

/* Immediate operands, sign-extended. */
static inline int64_t imm8(struct cursor *c)
{
	return (int8_t)*c->p++;
}

static inline int64_t imm16(struct cursor *c)
{
	uint16_t v = (uint16_t)(c->p[0] | c->p[1] << 8);

	c->p += 2;
	return (int16_t)v;
}

static inline int64_t imm32(struct cursor *c)
{
	uint32_t v = c->p[0] | (uint32_t)c->p[1] << 8 | (uint32_t)c->p[2] << 16 | (uint32_t)c->p[3] << 24;

	c->p += 4;
	return (int32_t)v;
}

static inline int64_t immz(struct cursor *c, unsigned size)
{
	return size == 1 ? imm8(c) : size == 2 ? imm16(c) : imm32(c);
}

static inline void immediate(struct operand *o, int64_t v)
{
	*o = (struct operand){.type = O_IMM, .imm = v};
}

/* x86_two.c: what is behind 0x0f. Size is that of the operand-size prefix or REX.W. False: leave
 * it to Zydis. */
bool x86_twobyte(struct cursor *, struct form *, unsigned size, bool *relative);
/* x86_vec.c: opcode b behind 0x0f; opcodes 0xd8 ... 0xdf. False: leave it to Zydis. */
bool x86_vector(struct cursor *, struct form *, unsigned b, bool *relative);
bool x86_float(struct cursor *, struct form *, unsigned b, bool *relative);
/* x86_vex.c: 0xc4 and 0xc5 of amd64. The same. */
bool x86_vex(struct cursor *, struct form *, bool *relative);

#endif
