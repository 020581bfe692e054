/*
 * x86_two.c - the common opcodes of two bytes, for x86_fast.c, whose promises hold here.
 */
#include "x86_fast.h"

bool x86_twobyte(struct cursor *c, struct form *f, unsigned size, bool *relative)
{
	unsigned b = *c->p++, reg;

	if (b >> 4 == 0x8) {
		if (c->prefix)
			return false;
		f->verb = I_JCC;
		f->cc = b & 15;
		immediate(&f->o[0], imm32(c));
		*relative = true;
		return true;
	}
	reg = x86_regfield(c);
	if (c->prefix == 0xf3 && (b == 0xbc || b == 0xbd)) { /* tzcnt, lzcnt */
		f->verb = I_CHANGE;
		f->n = 2;
		x86_gpr(c, &f->o[0], reg, size);
		x86_modrm(c, &f->o[1], size, relative);
		return true;
	}
	if (c->prefix == 0xf2 || c->prefix == 0xf3)
		return x86_vector(c, f, b, relative);
	switch (b) {
	case 0x1f: /* nop */
		if (*c->p >> 3 & 7)
			return false;
		f->verb = I_NOP;
		f->n = 0;
		x86_modrm(c, &f->o[0], size, relative);
		*relative = false;
		return true;
	case 0x0b:
		f->verb = I_STOP;
		f->n = 0;
		return true;
	case 0xa4: case 0xa5: case 0xac: case 0xad: /* shld, shrd */
		f->verb = I_CHANGE;
		x86_modrm(c, &f->o[0], size, relative);
		c->p += (b & 1) == 0;
		return true;
	case 0xaf: case 0xbc: case 0xbd: /* imul, bsf, bsr */
		f->verb = I_CHANGE;
		f->n = 2;
		x86_gpr(c, &f->o[0], reg, size);
		x86_modrm(c, &f->o[1], size, relative);
		return true;
	case 0xb6: case 0xb7: case 0xbe: case 0xbf:
		f->verb = b < 0xb8 ? I_MOVZX : I_MOVSX;
		f->n = 2;
		x86_gpr(c, &f->o[0], reg, size);
		x86_modrm(c, &f->o[1], b & 1 ? 2 : 1, relative);
		return true;
	}
	switch (b >> 4) {
	case 0x4:
		f->verb = I_CMOV;
		f->cc = b & 15;
		f->n = 2;
		x86_gpr(c, &f->o[0], reg, size);
		x86_modrm(c, &f->o[1], size, relative);
		return true;
	case 0x9:
		f->verb = I_SET;
		x86_modrm(c, &f->o[0], 1, relative);
		return true;
	}
	return x86_vector(c, f, b, relative);
}
