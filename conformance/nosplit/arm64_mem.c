/*
 * arm64_mem.c - loads and stores of arm64 as ops.
 *
 * Depends on arm64.h alone. sp is written before what a push stores and after what a pop
 * loads, so that no access of such an instruction is below sp.
 */
#include "arm64.h"

static void access(struct lift *l, bool load, bool vector, unsigned rt, uint8_t ra, uint8_t rb, int shift, int64_t imm, int size, bool sign)
{
	uint8_t rd = vector ? load ? Tmp0 : NoReg : load ? dst(rt) : zr(rt);

	/* A vector does not fit a register: what is loaded is nobody's, what is stored unknown. */
	for (; size > 8; size -= 8, imm += 8)
		emit(l, (struct op){.kind = load ? OP_LOAD : OP_STORE, .rd = rd, .ra = ra, .rb = rb, .shift = (uint8_t)shift, .size = 8, .imm = imm});
	emit(l, (struct op){.kind = load ? OP_LOAD : OP_STORE, .rd = rd, .ra = ra, .rb = rb, .shift = (uint8_t)shift, .size = (uint8_t)size, .sign = sign, .imm = imm});
}

static enum verdict pair(struct lift *l, uint32_t w)
{
	bool vector = bit(w, 26), load = bit(w, 22);
	unsigned opc = bits(w, 31, 30), how = bits(w, 24, 23), rn = bits(w, 9, 5), rt = bits(w, 4, 0), rt2 = bits(w, 14, 10);
	int size = vector ? 4 << opc : opc == 2 ? 8 : 4;
	int64_t off = extend(bits(w, 21, 15), 7) * (vector || opc != 1 || load ? size : 16);
	uint8_t ra = (uint8_t)rn;

	if (opc == 3 || (opc == 1 && !vector && how == 0))
		return DEC_NO;
	if (opc == 1 && !vector && !load) /* stgp: 16 bytes, and their tag */
		size = 8;
	if (how == 3) {
		lea(l, ra, ra, off);
		off = 0;
	} else if (how == 1 && load && !vector && rn != SP && (rn == rt || rn == rt2)) {
		return DEC_CHECK; /* unpredictable */
	} else if (load && !vector && rn != SP && rn == rt) {
		lea(l, Tmp1, ra, 0);
		ra = Tmp1;
	}
	access(l, load, vector, rt, ra, NoReg, 0, how == 1 ? 0 : off, size, opc == 1 && !vector);
	access(l, load, vector, rt2, ra, NoReg, 0, (how == 1 ? 0 : off) + size, size, opc == 1 && !vector);
	if (how == 1)
		lea(l, (uint8_t)rn, (uint8_t)rn, off);
	return DEC_YES;
}

/* Size, direction and sign of the encodings that move one register. prfm moves none. */
struct single {
	bool vector, load, sign, prefetch, word; /* word: a sign goes up to bit 31 only */
	int size;
};

static bool single(uint32_t w, struct single *s)
{
	unsigned size = bits(w, 31, 30), opc = bits(w, 23, 22);

	*s = (struct single){.vector = bit(w, 26), .load = opc != 0, .size = 1 << size};
	if (s->vector) {
		s->load = opc & 1;
		if (opc >= 2) {
			s->size = 16;
			return size == 0;
		}
		return true;
	}
	s->prefetch = size == 3 && opc == 2;
	s->sign = opc >= 2;
	s->word = opc == 3;
	return size < 2 || (size == 2 ? opc < 3 : opc < 2 || s->prefetch);
}

static void move(struct lift *l, const struct single *s, unsigned rt, uint8_t ra, uint8_t rb, int shift, int64_t imm)
{
	if (s->prefetch)
		return;
	access(l, s->load, s->vector, rt, ra, rb, shift, imm, s->size, s->sign);
	if (s->load && s->word && rt != 31)
		emit(l, (struct op){.kind = OP_LEA, .rd = (uint8_t)rt, .ra = (uint8_t)rt, .rb = NoReg, .size = 4});
}

static enum verdict immediate(struct lift *l, uint32_t w)
{
	unsigned rn = bits(w, 9, 5), rt = bits(w, 4, 0), how = bits(w, 11, 10);
	struct single s;
	int64_t off;

	if (!single(w, &s))
		return DEC_NO;
	if (bit(w, 24)) {
		move(l, &s, rt, (uint8_t)rn, NoReg, 0, (int64_t)bits(w, 21, 10) * s.size);
		return DEC_YES;
	}
	off = extend(bits(w, 20, 12), 9);
	if (how == 3)
		lea(l, (uint8_t)rn, (uint8_t)rn, off);
	move(l, &s, rt, (uint8_t)rn, NoReg, 0, how == 1 || how == 3 ? 0 : off);
	if (how == 1)
		lea(l, (uint8_t)rn, (uint8_t)rn, off);
	if ((how == 1 || how == 3) && s.load && !s.vector && rn == rt && rn != 31)
		clobber(l, (uint8_t)rn);
	return how == 2 && s.vector ? DEC_NO : how == 2 ? DEC_CHECK : DEC_YES;
}

static enum verdict indexed(struct lift *l, uint32_t w)
{
	unsigned rn = bits(w, 9, 5), rt = bits(w, 4, 0), option = bits(w, 15, 13);
	uint8_t rb = zr(bits(w, 20, 16));
	struct single s;
	int shift = 0;

	if (!single(w, &s) || !(option & 2))
		return DEC_NO;
	if (bit(w, 12))
		shift = __builtin_ctz((unsigned)s.size);
	if (rb != NoReg && (option & 3) == 2) { /* a word, extended */
		emit(l, option == 2 ? (struct op){.kind = OP_LEA, .rd = Tmp1, .ra = rb, .rb = NoReg, .size = 4}
				    : (struct op){.kind = OP_SEXT, .rd = Tmp1, .ra = rb, .rb = NoReg, .size = 4});
		rb = Tmp1;
	}
	move(l, &s, rt, (uint8_t)rn, rb, shift, 0);
	return DEC_YES;
}

/* ldxr, stxr, ldar, stlr, cas and their like: what is loaded is unknown, memory is written. */
static enum verdict exclusive(struct lift *l, uint32_t w)
{
	unsigned rs = bits(w, 20, 16), rn = bits(w, 9, 5), rt = bits(w, 4, 0), rt2 = bits(w, 14, 10);
	bool ordered = bit(w, 23), load = bit(w, 22), two = bit(w, 21);
	int size = 1 << bits(w, 31, 30);

	if (ordered && two) { /* cas */
		emit(l, (struct op){.kind = OP_STORE, .rd = NoReg, .ra = (uint8_t)rn, .rb = NoReg, .size = (uint8_t)size});
		clobber(l, dst(rs));
		return DEC_CHECK;
	}
	if (two) /* pairs; casp, which Capstone knows */
		size = bit(w, 31) ? 2 * size > 16 ? 16 : 2 * size : size;
	if (load) {
		access(l, true, size > 8, rt, (uint8_t)rn, NoReg, 0, 0, size, false);
		clobber(l, dst(rt));
		if (two)
			clobber(l, dst(rt2));
	} else {
		access(l, false, true, 0, (uint8_t)rn, NoReg, 0, 0, size, false);
		if (!ordered)
			clobber(l, dst(rs));
	}
	return DEC_CHECK;
}

/* ld1 to ld4, st1 to st4: bytes at Rn, which may move. */
static enum verdict vectors(struct lift *l, uint32_t w)
{
	static const uint8_t registers[16] = {[0] = 4, [2] = 4, [4] = 3, [6] = 3, [7] = 1, [8] = 2, [10] = 2};
	unsigned rn = bits(w, 9, 5), rm = bits(w, 20, 16), scale, select;
	bool load = bit(w, 22), post = bit(w, 23);
	int size;

	if (!bit(w, 24)) {
		size = registers[bits(w, 15, 12)] * (bit(w, 30) ? 16 : 8);
	} else {
		scale = bits(w, 15, 14);
		select = (bit(w, 13) << 1 | bit(w, 21)) + 1;
		size = (int)select * (scale == 3 ? 1 << bits(w, 11, 10) : scale == 2 && bit(w, 10) ? 8 : 1 << scale);
	}
	for (int at = 0; at < size; at += 8)
		access(l, load, true, 0, (uint8_t)rn, NoReg, 0, at, size - at < 8 ? size - at : 8, false);
	if (post && rm == 31)
		lea(l, (uint8_t)rn, (uint8_t)rn, size);
	else if (post)
		emit(l, (struct op){.kind = OP_LEA, .rd = (uint8_t)rn, .ra = (uint8_t)rn, .rb = (uint8_t)rm});
	return DEC_CHECK;
}

enum verdict arm64_mem(struct lift *l, uint32_t w)
{
	unsigned rn = bits(w, 9, 5), rt = bits(w, 4, 0);

	if ((w & 0x3a000000) == 0x28000000)
		return pair(l, w);
	if ((w & 0x3b000000) == 0x18000000) { /* literal */
		unsigned opc = bits(w, 31, 30);
		int64_t at = (int64_t)l->pc + extend(bits(w, 23, 5), 19) * 4;
		if (opc == 3)
			return bit(w, 26) ? DEC_NO : DEC_YES; /* prfm */
		access(l, true, bit(w, 26), rt, NoReg, NoReg, 0, at, bit(w, 26) ? 4 << opc : opc == 1 ? 8 : 4, opc == 2 && !bit(w, 26));
		return DEC_YES;
	}
	if ((w & 0x3b000000) == 0x39000000 || (w & 0x3b200000) == 0x38000000)
		return immediate(l, w);
	if ((w & 0x3b200c00) == 0x38200800)
		return indexed(l, w);
	if ((w & 0x3b200c00) == 0x38200000) { /* ldadd, swp, ldapr */
		int size = 1 << bits(w, 31, 30);
		emit(l, (struct op){.kind = OP_STORE, .rd = NoReg, .ra = (uint8_t)rn, .rb = NoReg, .size = (uint8_t)size});
		clobber(l, dst(rt));
		return DEC_CHECK;
	}
	if ((w & 0x3f000000) == 0x08000000)
		return exclusive(l, w);
	if ((w & 0xbe000000) == 0x0c000000)
		return vectors(l, w);
	/* ldapur, stlur, tags, and what is newer: Capstone knows what they write. */
	if (rn == 31)
		emit(l, (struct op){.kind = OP_TOUCH, .rd = NoReg, .ra = SP, .rb = NoReg});
	return DEC_CHECK;
}
