/*
 * x86_fast.c - decodes the encodings that nearly all compiled code consists of.
 *
 * Depends on nothing but the bytes. Promises: for what it decodes, the form and the length
 * are those that Zydis would give (the tests compare them over whole programs); anything
 * else, prefixes but REX and the operand size included, it leaves to Zydis.
 */
#include "x86_fast.h"

static int64_t imm64(struct cursor *c)
{
	uint64_t lo = (uint32_t)imm32(c), hi = (uint32_t)imm32(c);

	return (int64_t)(lo | hi << 32);
}

void x86_gpr(const struct cursor *c, struct operand *o, unsigned reg, unsigned size)
{
	*o = (struct operand){.type = O_REG, .reg = (uint8_t)reg, .size = (uint16_t)size};
	if (size == 1 && reg >= 4 && reg < 8 && c->rex == 0) {
		o->high = true;
		o->reg = (uint8_t)(reg - 4);
	}
}

void x86_modrm(struct cursor *c, struct operand *o, unsigned size, bool *relative)
{
	unsigned m = *c->p++, mod = m >> 6, rm = m & 7;
	unsigned base = rm | (c->rex & 1) << 3;

	*relative = false;
	if (mod == 3) {
		x86_gpr(c, o, base, size);
		return;
	}
	*o = (struct operand){.type = O_MEM, .reg = NoReg, .base = (uint8_t)base, .index = NoReg,
		.size = (uint16_t)size, .far = c->far};
	if (rm == 4) {
		unsigned sib = *c->p++, index = (sib >> 3 & 7) | (c->rex & 2) << 2;

		o->base = (sib & 7) | (c->rex & 1) << 3;
		if (index != RegSP) {
			o->index = (uint8_t)index;
			o->shift = (uint8_t)(sib >> 6);
		}
		if ((sib & 7) == 5 && mod == 0) {
			o->base = NoReg;
			mod = 4;
		}
	} else if (rm == 5 && mod == 0) {
		o->base = NoReg;
		*relative = c->wide;
		mod = 4;
	}
	if (mod == 1)
		o->imm = imm8(c);
	else if (mod == 2)
		o->imm = imm32(c);
	else if (mod == 4)
		o->imm = c->wide ? imm32(c) : (int64_t)(uint32_t)imm32(c);
}

static const uint8_t arith[8] = {I_ADD, I_OR, I_CHANGE, I_CHANGE, I_AND, I_SUB, I_XOR, I_CMP};

/* 0x80 ... 0xff without calls and jumps: an opcode whose operands a ModRM byte gives. */
static bool withmodrm(struct cursor *c, struct form *f, unsigned b, unsigned size, bool *relative)
{
	unsigned reg = x86_regfield(c), op = *c->p >> 3 & 7;

	if ((b & 1) == 0 && b != 0x8d)
		size = 1;
	f->n = 2;
	switch (b) {
	case 0x80: case 0x81: case 0x83:
		f->verb = arith[op];
		x86_modrm(c, &f->o[0], size, relative);
		immediate(&f->o[1], b == 0x81 ? immz(c, size) : imm8(c));
		return true;
	case 0x84: case 0x85:
	case 0x86: case 0x87:
	case 0x88: case 0x89:
		f->verb = b < 0x86 ? I_TEST : b < 0x88 ? I_XCHG : I_MOV;
		x86_gpr(c, &f->o[1], reg, size);
		x86_modrm(c, &f->o[0], size, relative);
		return true;
	case 0x8a: case 0x8b:
		f->verb = I_MOV;
		x86_gpr(c, &f->o[0], reg, size);
		x86_modrm(c, &f->o[1], size, relative);
		return true;
	case 0x8d:
		if (*c->p >> 6 == 3 || c->far)
			return false;
		f->verb = I_LEA;
		x86_gpr(c, &f->o[0], reg, size);
		x86_modrm(c, &f->o[1], size, relative);
		return true;
	case 0xc0: case 0xc1: case 0xd0: case 0xd1: case 0xd2: case 0xd3:
		if (op < 4 || op == 6)
			return false;
		f->verb = op == 4 ? I_SHL : op == 5 ? I_SHR : I_CHANGE;
		x86_modrm(c, &f->o[0], size, relative);
		if (b >= 0xd2)
			x86_gpr(c, &f->o[1], RegC, 1);
		else
			immediate(&f->o[1], b < 0xd0 ? imm8(c) & 0xff : 1);
		return true;
	case 0xc6: case 0xc7:
		if (op != 0)
			return false;
		f->verb = I_MOV;
		x86_modrm(c, &f->o[0], size, relative);
		immediate(&f->o[1], immz(c, size));
		return true;
	case 0xf6: case 0xf7:
		if (op == 0) {
			f->verb = I_TEST;
			x86_modrm(c, &f->o[0], size, relative);
			immediate(&f->o[1], immz(c, size));
			return true;
		}
		if (op != 2 && op != 3)
			return false;
		f->verb = op == 2 ? I_NOT : I_NEG;
		f->n = 1;
		x86_modrm(c, &f->o[0], size, relative);
		return true;
	case 0xfe: case 0xff:
		if (op < 2) {
			f->verb = op == 0 ? I_INC : I_DEC;
			x86_modrm(c, &f->o[0], size, relative);
			immediate(&f->o[1], 1);
			return true;
		}
		if (size == 2 || b == 0xfe || (op != 2 && op != 4 && op != 6))
			return false;
		f->verb = op == 2 ? I_CALL : op == 4 ? I_JUMP : I_PUSH;
		f->n = 1;
		f->size = c->word;
		x86_modrm(c, &f->o[0], c->word, relative);
		return true;
	}
	return false;
}

static bool onebyte(struct cursor *c, struct form *f, unsigned b, unsigned size, bool *relative)
{
	unsigned low = (b & 7) | (c->rex & 1) << 3;

	if (b < 0x40) {
		unsigned s = b & 1 ? size : 1, reg = x86_regfield(c);

		f->verb = arith[b >> 3];
		f->n = 2;
		switch (b & 7) {
		case 0: case 1:
			x86_gpr(c, &f->o[1], reg, s);
			x86_modrm(c, &f->o[0], s, relative);
			return true;
		case 2: case 3:
			x86_gpr(c, &f->o[0], reg, s);
			x86_modrm(c, &f->o[1], s, relative);
			return true;
		case 4: case 5:
			x86_gpr(c, &f->o[0], RegA, s);
			immediate(&f->o[1], immz(c, s));
			return true;
		}
		return false;
	}
	switch (b >> 3) {
	case 0x40 >> 3: case 0x48 >> 3: /* in 64 bits these were REX */
		f->verb = b < 0x48 ? I_INC : I_DEC;
		f->n = 2;
		x86_gpr(c, &f->o[0], b & 7, size);
		immediate(&f->o[1], 1);
		return true;
	case 0x50 >> 3: case 0x58 >> 3:
		f->verb = b < 0x58 ? I_PUSH : I_POP;
		f->size = c->word;
		x86_gpr(c, &f->o[0], low, c->word);
		return size != 2;
	case 0x70 >> 3: case 0x78 >> 3:
		f->verb = I_JCC;
		f->cc = b & 15;
		immediate(&f->o[0], imm8(c));
		*relative = true;
		return size != 2;
	case 0xb0 >> 3:
		f->verb = I_MOV;
		f->n = 2;
		x86_gpr(c, &f->o[0], low, 1);
		immediate(&f->o[1], imm8(c));
		return true;
	case 0xb8 >> 3:
		f->verb = I_MOV;
		f->n = 2;
		x86_gpr(c, &f->o[0], low, size);
		immediate(&f->o[1], size == 8 ? imm64(c) : immz(c, size));
		return true;
	}
	switch (b) {
	case 0x63:
		if (!c->wide || size == 2)
			return false;
		f->verb = I_MOVSX;
		f->n = 2;
		x86_gpr(c, &f->o[0], x86_regfield(c), size);
		x86_modrm(c, &f->o[1], 4, relative);
		return true;
	case 0x69: case 0x6b:
		f->verb = I_CHANGE;
		f->n = 2;
		x86_gpr(c, &f->o[0], x86_regfield(c), size);
		x86_modrm(c, &f->o[1], size, relative);
		c->p += b == 0x6b ? 1 : size == 2 ? 2 : 4;
		return true;
	case 0x68: case 0x6a:
		f->verb = I_PUSH;
		f->size = c->word;
		immediate(&f->o[0], b == 0x6a ? imm8(c) : imm32(c));
		return size != 2;
	case 0x90:
		f->verb = I_NOP;
		f->n = 0;
		return (c->rex & 1) == 0;
	case 0x98: /* cltq, cwtl, cbtw */
		f->verb = I_MOVSX;
		f->n = 2;
		x86_gpr(c, &f->o[0], RegA, size);
		x86_gpr(c, &f->o[1], RegA, size / 2);
		return true;
	case 0x99: /* cqto, cltd, cwtd */
		f->verb = I_SET;
		x86_gpr(c, &f->o[0], RegD, size);
		return true;
	case 0xa0: case 0xa1: case 0xa2: case 0xa3: /* an address, and the accumulator */
		if (c->wide)
			return false;
		f->verb = I_MOV;
		f->n = 2;
		x86_gpr(c, &f->o[b >> 1 & 1], RegA, b & 1 ? size : 1);
		f->o[~b >> 1 & 1] = (struct operand){.type = O_MEM, .reg = NoReg, .base = NoReg, .index = NoReg,
			.size = (uint16_t)(b & 1 ? size : 1), .far = c->far, .imm = (int64_t)(uint32_t)imm32(c)};
		return true;
	case 0xa8: case 0xa9:
		f->verb = I_TEST;
		f->n = 2;
		x86_gpr(c, &f->o[0], RegA, b & 1 ? size : 1);
		immediate(&f->o[1], immz(c, b & 1 ? size : 1));
		return true;
	case 0xc2:
		f->verb = I_RET;
		f->size = c->word;
		immediate(&f->o[0], imm16(c));
		return size != 2;
	case 0xc3: case 0xc9:
		f->verb = b == 0xc3 ? I_RET : I_LEAVE;
		f->n = 0;
		f->size = c->word;
		return size != 2;
	case 0xe8: case 0xe9: case 0xeb:
		f->verb = b == 0xe8 ? I_CALL : I_JUMP;
		immediate(&f->o[0], b == 0xeb ? imm8(c) : imm32(c));
		*relative = true;
		return size != 2;
	}
	if (b >= 0xd8 && b < 0xe0)
		return x86_float(c, f, b, relative);
	return b >= 0x80 && withmodrm(c, f, b, size, relative);
}

/* The long nops of assemblers: prefixes that mean nothing, then 0f 1f or 90. */
static bool padding(struct cursor *c)
{
	while (*c->p == 0x66 && c->p - c->start < 5)
		c->p++;
	if (*c->p == 0x2e && c->p[1] == 0x0f && c->p[2] == 0x1f)
		c->p++;
	return c->p[0] == 0x0f && c->p[1] == 0x1f;
}

bool x86_fast(const struct decoder *d, addr pc, const uint8_t *p, struct form *f)
{
	struct cursor c = {.p = p, .start = p, .wide = d->wide, .word = d->word};
	unsigned size = 4, i;
	bool relative = false;

	f->n = 1;
	if (*p == 0x64 || *p == 0x65) {
		c.far = true;
		c.p++;
	}
	if (*c.p == 0x66) {
		size = 2;
		c.prefix = 0x66;
		if (c.p[1] == 0x66 || c.p[1] == 0x2e) {
			if (c.far || !padding(&c))
				return false;
		} else {
			c.p++;
		}
	} else if (*c.p == 0xf2 || *c.p == 0xf3) {
		c.prefix = *c.p++;
	}
	if (d->wide && (*c.p & 0xf0) == 0x40) {
		c.rex = *c.p++;
		if (c.rex & 8)
			size = 8;
		if ((*c.p & 0xf0) == 0x40) /* only the last one counts */
			return false;
	}
	if (d->wide && (*p == 0xc4 || *p == 0xc5)) {
		if (!x86_vex(&c, f, &relative))
			return false;
	} else if (*c.p == 0x0f) {
		c.p++;
		if (!x86_twobyte(&c, f, size, &relative))
			return false;
	} else if (c.prefix > 0x66 || !onebyte(&c, f, *c.p++, size, &relative)) {
		return false;
	}
	f->len = (uint8_t)(c.p - p);
	if (!relative)
		return true;
	for (i = 0; i < f->n && i < 2; i++) {
		struct operand *o = &f->o[i];

		if (o->type == O_REG || (o->type == O_IMM && i != 0) || (o->type == O_MEM && o->base != NoReg))
			continue;
		o->imm = (int64_t)((uint64_t)o->imm + pc + f->len);
		if (!d->wide)
			o->imm = (int64_t)(uint32_t)o->imm;
		break;
	}
	return true;
}
