/*
 * arm_cop.c - coprocessors, VFP and Advanced SIMD loads and stores, of A32 and T32.
 *
 * Depends on arm.h alone. w is the encoding of A32: that of T32 is the same word, but for the
 * first byte of the SIMD loads and stores, which is not looked at. Registers of these units
 * are not followed: what is stored is unknown, what is loaded counts as an access.
 */
#include "arm.h"

static void access(struct lift *l, bool load, int rn, int64_t off, int bytes)
{
	if (load)
		arm_touch(l, rn, off);
	else
		arm_store(l, rn, off, bytes);
}

static void move(struct lift *l, int rn, int64_t by)
{
	if (rn == PC)
		return;
	arm_lea(l, rn, rn, NoReg, 0, by);
}

/* vldr, vldm, vpop, ldc and the stores: at least the address is the same for all. */
static enum verdict memory(struct lift *l, uint32_t w, int cp)
{
	bool pre = bit(w, 24), up = bit(w, 23), wback = bit(w, 21), load = bit(w, 20);
	bool vfp = cp == 10 || cp == 11;
	int rn = bits(w, 19, 16), words = bits(w, 7, 0), size = 4 * words;

	if (cp == 9)
		size = 2 * words; /* half precision */
	if (vfp && !(pre && !wback)) {
		if (pre == up || words == 0) /* only IA and DB, and IA without writeback */
			return DEC_NO;
		if (!load && pre)
			move(l, rn, -size);
		access(l, load, rn, !load && pre ? 0 : pre ? -size : 0, size);
		if (wback && !(pre && !load))
			move(l, rn, up ? size : -size);
		return DEC_YES;
	}
	if (pre && wback)
		move(l, rn, up ? size : -size);
	access(l, load, rn, !pre || wback ? 0 : up ? size : -size, cp == 11 ? 8 : 4);
	if (!pre && wback)
		move(l, rn, up ? size : -size);
	return vfp ? DEC_YES : DEC_CHECK;
}

enum verdict arm_coprocessor(struct lift *l, uint32_t w)
{
	int cp = bits(w, 11, 8), rt = bits(w, 15, 12);
	bool vfp = cp == 10 || cp == 11, uncond = bits(w, 31, 28) == 15;

	if (bits(w, 25, 24) == 3) {
		if (uncond)
			return DEC_NO;
		arm_kernel(l);
		return DEC_YES;
	}
	if (uncond && cp >= 8 && cp <= 13)
		return DEC_YES; /* later SIMD: no memory, no core register */
	if (bits(w, 25, 24) == 2) {
		if (bit(w, 4) && bit(w, 20)) {
			if (rt == PC)
				arm_flags(l);
			else
				arm_clobber(l, rt);
		}
		return (vfp || cp == 9) && !bit(w, 4) ? DEC_YES : DEC_CHECK;
	}
	if (bits(w, 24, 21) == 2) { /* two core registers */
		if (bit(w, 20)) {
			arm_clobber(l, rt);
			arm_clobber(l, bits(w, 19, 16));
		}
		return DEC_CHECK;
	}
	if (bits(w, 24, 21) == 0)
		return DEC_NO;
	return memory(l, w, cp);
}

/* Bytes of vld1 ... vld4 and the stores; 0: no such encoding. */
static int simdbytes(uint32_t w)
{
	static const uint8_t multi[16] = {32, 32, 32, 32, 24, 24, 24, 8, 16, 16, 16};
	int n = bits(w, 9, 8) + 1, size = bits(w, 11, 10);

	if (!bit(w, 23))
		return multi[bits(w, 11, 8)];
	return size < 3 ? n << size : bit(w, 21) ? n << (bits(w, 7, 6) == 3 ? 2 : bits(w, 7, 6)) : 0;
}

enum verdict arm_simdmem(struct lift *l, uint32_t w)
{
	int rn = bits(w, 19, 16), rm = bits(w, 3, 0), n = simdbytes(w);

	if (n == 0 || rn == PC)
		return DEC_NO;
	access(l, bit(w, 21), rn, 0, n);
	if (rm == SP)
		move(l, rn, n);
	else if (rm != PC)
		arm_lea(l, rn, rn, rm, 0, 0);
	return DEC_CHECK;
}
