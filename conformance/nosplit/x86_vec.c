/*
 * x86_vec.c - the common instructions of SSE and of the x87, for x86_fast.c.
 *
 * What they compute is not followed: of interest are the memory that they access, the general
 * registers that some write, and the flags. Promises: as in x86_fast.c.
 */
#include "x86_fast.h"

/* What an instruction does with its operand of mod and rm if that is in memory. */
enum {
	R4 = 4, R8 = 8, R16 = 16, /* reads so many bytes */
	Size = 0x1f,
	Writes = 0x20, W4 = Writes | R4, W8 = Writes | R8, W16 = Writes | R16,
	Imm = 0x40, /* a byte of the instruction follows */
};

/* By opcode and prefix: none, 0x66, 0xf3, 0xf2. 0: not here. */
#define FLOATS {R16, R16, R4, R8}
#define PACKED {R16, R16, 0, 0}
#define INTEGER {0, R16, 0, 0}
static const uint8_t accesses[256][4] = {
	[0x10] = FLOATS, [0x11] = {W16, W16, W4, W8},
	[0x14] = PACKED, [0x15] = PACKED, [0x28] = PACKED, [0x29] = {W16, W16, 0, 0},
	[0x2a] = {0, 0, R4, R4},
	[0x51] = FLOATS, [0x54 ... 0x57] = PACKED, [0x58 ... 0x59] = FLOATS,
	[0x5a] = {R8, R16, R4, R8}, [0x5b] = {R16, R16, R16, 0}, [0x5c ... 0x5f] = FLOATS,
	[0x60 ... 0x6d] = INTEGER, [0x6e] = {0, R4, 0, 0}, [0x6f] = {0, R16, R16, 0},
	[0x70] = {0, R16 | Imm, R16 | Imm, R16 | Imm}, [0x74 ... 0x76] = INTEGER,
	[0x7e] = {0, W4, R8, 0}, [0x7f] = {0, W16, W16, 0},
	[0xc2] = {R16 | Imm, R16 | Imm, R4 | Imm, R8 | Imm}, [0xc6] = {R16 | Imm, R16 | Imm, 0, 0},
	[0xd1 ... 0xd5] = INTEGER, [0xd6] = {0, W8, 0, 0}, [0xd8 ... 0xdf] = INTEGER,
	[0xe0 ... 0xe5] = INTEGER, [0xe8 ... 0xef] = INTEGER, [0xf1 ... 0xf6] = INTEGER, [0xf8 ... 0xfe] = INTEGER,
};

static bool inregister(const struct cursor *c)
{
	return *c->p >> 6 == 3;
}

/* An operand of which nothing is followed but that it is memory. */
static void operand(struct cursor *c, struct form *f, unsigned access, bool *relative)
{
	bool reg = inregister(c);

	x86_modrm(c, &f->o[0], access & Size, relative);
	f->n = !reg;
	f->verb = reg ? I_NOP : access & Writes ? I_SET : I_TOUCH;
	if (access & Imm)
		c->p++;
}

/* A general register is written, from the operand of mod and rm. */
static void togeneral(struct cursor *c, struct form *f, unsigned access, bool *relative)
{
	f->verb = I_SET;
	f->n = 1 + !inregister(c);
	x86_gpr(c, &f->o[0], x86_regfield(c), 4);
	x86_modrm(c, &f->o[1], access, relative);
}

bool x86_vector(struct cursor *c, struct form *f, unsigned b, bool *relative)
{
	unsigned column = c->prefix == 0 ? 0 : c->prefix == 0x66 ? 1 : c->prefix == 0xf3 ? 2 : 3, access = accesses[b][column];
	bool quad = c->rex & 8;
	unsigned m;

	switch (b) {
	case 0x1e: /* endbr */
		if (c->prefix != 0xf3 || c->rex != 0 || (*c->p != 0xfa && *c->p != 0xfb))
			return false;
		c->p++;
		f->verb = I_NOP;
		f->n = 0;
		return true;
	case 0x12: case 0x13: case 0x16: case 0x17: /* one half of 16 bytes */
		if (column > 1 || inregister(c))
			return false;
		operand(c, f, b & 1 ? W8 : R8, relative);
		return true;
	case 0x38: case 0x3a: /* three bytes: pshufb and others like it; palignr */
		if (column != 1 || (b == 0x38 ? *c->p > 0x0b : *c->p != 0x0f))
			return false;
		c->p++;
		operand(c, f, b == 0x38 ? R16 : R16 | Imm, relative);
		return true;
	case 0x71: case 0x72: case 0x73: /* shifts by a constant: /2 /4 /6, and /3 /7 by bytes */
		m = *c->p >> 3 & 7;
		if (column != 1 || !inregister(c) || m < 2 || (b == 0x73 ? m == 4 || m == 5 : m % 2 != 0))
			return false;
		operand(c, f, R16 | Imm, relative);
		return true;
	case 0x2c: case 0x2d:
		if (column < 2)
			return false;
		togeneral(c, f, column == 2 ? 4 : 8, relative);
		return true;
	case 0x2e: case 0x2f:
		if (column > 1)
			return false;
		operand(c, f, column == 0 ? R4 : R8, relative);
		f->verb = I_FLAGS;
		return true;
	case 0x50: case 0xd7:
		if (!inregister(c) || column > 1 || (b == 0xd7 && column != 1))
			return false;
		togeneral(c, f, 16, relative);
		return true;
	case 0x7e:
		if (column != 1 || !inregister(c))
			break;
		f->verb = I_SET;
		x86_modrm(c, &f->o[0], quad ? 8 : 4, relative);
		return true;
	}
	if (access == 0)
		return false;
	if (quad && (b == 0x2a || b == 0x6e || (b == 0x7e && column == 1)))
		access = (access & ~Size) | R8;
	operand(c, f, access, relative);
	return true;
}

/* By opcode less 0xd8 and the middle bits of ModRM: bytes in memory, Writes among them. 0: not here. */
static const uint8_t floats[8][8] = {
	{4, 4, 4, 4, 4, 4, 4, 4},
	{4, 0, W4, W4, 0, 2, 0, Writes | 2},
	{4, 4, 4, 4, 4, 4, 4, 4},
	{4, W4, W4, W4, 0, 10, 0, Writes | 10},
	{8, 8, 8, 8, 8, 8, 8, 8},
	{8, W8, W8, W8, 0, 0, 0, Writes | 2},
	{2, 2, 2, 2, 2, 2, 2, 2},
	{2, Writes | 2, Writes | 2, Writes | 2, 0, 8, 0, W8},
};

/* With both operands on the x87's own stack: is the instruction one that touches nothing else? */
static bool stacked(unsigned b, unsigned m)
{
	switch (b) {
	case 0xd8: return true;
	case 0xd9: return m < 0xd0 || m == 0xe0 || m == 0xe1 || m == 0xe4 || m == 0xe5 || (m >= 0xe8 && m != 0xef);
	case 0xdc: return m < 0xd0 || m >= 0xe0;
	case 0xdd: return m >= 0xd0 && m < 0xf0;
	case 0xde: return m < 0xd0 || m >= 0xe0 || m == 0xd9;
	}
	return false;
}

bool x86_float(struct cursor *c, struct form *f, unsigned b, bool *relative)
{
	unsigned m = *c->p, access = floats[b & 7][m >> 3 & 7];

	if (!inregister(c)) {
		if (access == 0)
			return false;
		operand(c, f, access, relative);
		return true;
	}
	c->p++;
	f->n = 0;
	f->verb = I_NOP;
	if ((b == 0xdb || b == 0xdf) && m >= 0xe8 && m < 0xf8) { /* fucomi, fcomi */
		f->verb = I_FLAGS;
		return true;
	}
	if (b == 0xdf && m == 0xe0) { /* fnstsw %ax */
		f->verb = I_SET;
		f->n = 1;
		x86_gpr(c, &f->o[0], RegA, 2);
		return true;
	}
	return stacked(b, m);
}
