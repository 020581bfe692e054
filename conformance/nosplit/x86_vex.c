/*
 * x86_vex.c - the common instructions of AVX, of amd64, for x86_fast.c.
 *
 * A program that holds a C library has tens of thousands of them, and to Zydis they are its
 * dearest. Promises: as in x86_fast.c. What W selects, maps other than that of 0x0f, and EVEX
 * are left to Zydis.
 */
#include "x86_fast.h"

/* What stands in a row of the table: by prefix (none, 0x66, 0xf3, 0xf2) a bit each. */
enum {
	Packed = 3, Whole = 1 << 1, Moved = 6, Scalar = 12,
	Two = 0x10,	/* three operands, in fact: vvvv is one of them; otherwise it must be 1111 */
	Stores = 0x20, /* the operand of mod and rm is written */
	Memory = 0x40, /* which is no register */
};

/* Scalars of 4 and 8 bytes; everything else is as large as the vector. */
static const uint8_t rows[256] = {
	[0x10] = Packed, [0x11] = Packed | Stores, [0x14 ... 0x15] = Packed | Two,
	[0x28] = Packed, [0x29] = Packed | Stores, [0x2b] = Packed | Stores | Memory,
	[0x54 ... 0x57] = Packed | Two, [0x58 ... 0x59] = Packed | Scalar | Two, [0x5c ... 0x5f] = Packed | Scalar | Two,
	[0x60 ... 0x6d] = Whole | Two, [0x6f] = Moved, [0x74 ... 0x76] = Whole | Two, [0x7f] = Moved | Stores,
	[0xd4 ... 0xd5] = Whole | Two, [0xd8 ... 0xdf] = Whole | Two, [0xe0] = Whole | Two, [0xe3 ... 0xe5] = Whole | Two,
	[0xe7] = Whole | Stores | Memory, [0xe8 ... 0xef] = Whole | Two, [0xf4 ... 0xf6] = Whole | Two, [0xf8 ... 0xfe] = Whole | Two,
};

static void operand(struct cursor *c, struct form *f, unsigned size, bool stores, bool *relative)
{
	bool reg = *c->p >> 6 == 3;

	x86_modrm(c, &f->o[0], size, relative);
	f->n = !reg;
	f->verb = reg ? I_NOP : stores ? I_SET : I_TOUCH;
}

bool x86_vex(struct cursor *c, struct form *f, bool *relative)
{
	bool three = *c->p++ == 0xc4;
	unsigned first = *c->p++, last = three ? *c->p++ : first, column = last & 3, size = last & 4 ? 32 : 16;
	unsigned b = *c->p++, row = rows[b];
	bool other = (~last >> 3 & 15) != 0, reg = *c->p >> 6 == 3;

	if (three && ((first & 0x1f) != 1 || last & 0x80))
		return false;
	c->rex = three ? ~first >> 5 & 7 : ~first >> 5 & 4;
	if (b == 0x77 && column == 0 && !other) { /* vzeroupper, vzeroall */
		f->verb = I_NOP;
		f->n = 0;
		return true;
	}
	if (b == 0xd7 && column == 1 && !other && reg) { /* vpmovmskb */
		f->verb = I_SET;
		x86_gpr(c, &f->o[0], x86_regfield(c), 4);
		x86_modrm(c, &f->o[1], size, relative);
		return true;
	}
	if ((b == 0x10 || b == 0x11) && column > 1) { /* vmovss, vmovsd: from one register into another, it has three */
		if (other && !reg)
			return false;
		operand(c, f, column == 2 ? 4 : 8, b == 0x11, relative);
		return true;
	}
	if (!(row >> column & 1) || (other && !(row & Two)) || (reg && row & Memory))
		return false;
	operand(c, f, column < 2 || b == 0x6f || b == 0x7f ? size : column == 2 ? 4 : 8, row & Stores, relative);
	return true;
}
