/*
 * pe_unwind.c - unwind information of PE images for amd64 (.pdata, .xdata), as .eh_frame.
 *
 * Depends on pe_coff.c. Promises: for each function of the exception directory an FDE that says,
 * from the end of its prologue on, where the CFA is. In front of that it says nothing, and in
 * epilogues, which this information leaves to whoever reads instructions, it is wrong: the
 * augmentation 'W' says that its rows hold at calls only.
 *
 * Source: Microsoft, x64 exception handling.
 */
#include "pe.h"

enum { CieBytes = 28, FdeBytes = 40, DirectoryEntry = 12, ChainedInfo = 4, MaxChain = 32 };

/* Processor's numbers of registers to DWARF's. */
static unsigned dwarf(unsigned reg)
{
	static const uint8_t first[8] = {0, 2, 1, 3, 7, 6, 4, 5};

	return reg < 8 ? first[reg] : reg;
}

struct frame {
	uint64_t pushed; /* bytes below the return address */
	unsigned reg;	 /* DWARF's, CFA = reg + off */
	uint64_t off;
};

/* What the codes of one UNWIND_INFO add, the last instruction first. False: unknown ones, or the
 * file ends before. */
static bool add_codes(const struct pe *pe, size_t at, struct frame *f)
{
	unsigned n = (unsigned)pe_get(pe, at + 2, 1), slot = (unsigned)pe_get(pe, at + 3, 1), i;
	uint64_t since = 0; /* what was pushed behind the frame register's setting */
	bool set = false;

	if ((pe_get(pe, at, 1) & 7) != 1 || at + 4 + 2 * (size_t)n > pe->n)
		return false;
	for (i = 0; i < n; i++) {
		size_t code = at + 4 + 2 * (size_t)i;
		unsigned op = (unsigned)pe_get(pe, code + 1, 1) & 15, info = (unsigned)pe_get(pe, code + 1, 1) >> 4;
		uint64_t bytes = 0;

		switch (op) {
		case 0: bytes = 8; break; /* UWOP_PUSH_NONVOL */
		case 1: /* UWOP_ALLOC_LARGE */
			bytes = info == 0 ? pe_get(pe, code + 2, 2) * 8 : pe_get(pe, code + 2, 4);
			i += info == 0 ? 1 : 2;
			break;
		case 2: bytes = info * 8 + 8; break; /* UWOP_ALLOC_SMALL */
		case 3: /* UWOP_SET_FPREG */
			set = true;
			since = f->pushed;
			break;
		case 4:
		case 8: i += 1; break; /* UWOP_SAVE_NONVOL, UWOP_SAVE_XMM128 */
		case 5:
		case 9: i += 2; break; /* and those with far offsets */
		default: return false; /* UWOP_PUSH_MACHFRAME: no function's */
		}
		f->pushed += bytes;
	}
	if (set) {
		f->reg = dwarf(slot & 15);
		f->off = (uint64_t)0 - since - 16 * (slot >> 4);
	}
	return true;
}

/* With what the functions have done that this one is a piece of. */
static bool read_frame(const struct pe *pe, size_t at, struct frame *f)
{
	unsigned i;

	*f = (struct frame){.reg = 7};
	for (i = 0; at != 0 && i < MaxChain; i++) {
		unsigned n = (unsigned)pe_get(pe, at + 2, 1);

		if (!add_codes(pe, at, f))
			return false;
		if (!(pe_get(pe, at, 1) >> 3 & ChainedInfo)) {
			f->off += f->pushed + 8;
			return true;
		}
		at = pe_offset(pe, pe_get(pe, at + 4 + 2 * (size_t)(n + (n & 1)) + 8, 4));
	}
	return false;
}

size_t pe_unwinds(const struct pe *pe)
{
	uint64_t n = pe->is64 ? pe_get(pe, pe->optional + 112 + 3 * 8 + 4, 4) / DirectoryEntry : 0;

	return n < pe->n / DirectoryEntry ? n : pe->n / DirectoryEntry;
}

size_t pe_unwind_bytes(const struct pe *pe)
{
	return pe_unwinds(pe) == 0 ? 0 : CieBytes + FdeBytes * pe_unwinds(pe);
}

static void put_uleb(struct out *o, uint64_t v)
{
	do
		out_bytes(o, UNWIND, (v & 0x7f) | (v > 0x7f ? 0x80 : 0), 1);
	while ((v >>= 7) != 0);
}

static void put_cie(struct out *o)
{
	static const uint8_t cie[CieBytes] = {CieBytes - 4, 0, 0, 0, 0, 0, 0, 0, 1, 'z', 'R', 'W', 0, 1, 0x78, 16, 1, 0x04 /* udata8 */,
		0x0c, 7, 8 /* def_cfa rsp+8 */};

	for (unsigned i = 0; i < CieBytes; i++)
		out_bytes(o, UNWIND, cie[i], 1);
}

void pe_put_unwind(const struct pe *pe, struct out *o)
{
	size_t n = pe_unwinds(pe), at = pe_offset(pe, pe_get(pe, pe->optional + 112 + 3 * 8, 4)), i;

	if (n == 0 || at == 0)
		return;
	put_cie(o);
	for (i = 0; i < n; i++, at += DirectoryEntry) {
		uint64_t begin = pe_get(pe, at, 4), end = pe_get(pe, at + 4, 4);
		size_t info = pe_offset(pe, pe_get(pe, at + 8, 4)), from = o->end[UNWIND];
		struct frame f;

		if (begin >= end || info == 0 || !read_frame(pe, info, &f) || f.off >> 31 != 0)
			continue;
		out_bytes(o, UNWIND, FdeBytes - 4, 4);
		out_bytes(o, UNWIND, o->end[UNWIND] - o->at[UNWIND], 4); /* back to the CIE */
		out_bytes(o, UNWIND, pe->base + begin, 8);
		out_bytes(o, UNWIND, end - begin, 8);
		out_bytes(o, UNWIND, 0, 1);
		out_bytes(o, UNWIND, 0x0f, 2); /* def_cfa_expression: empty, not of that form */
		out_bytes(o, UNWIND, 0x02 | pe_get(pe, info + 1, 1) << 8, 2); /* advance_loc1: the prologue */
		out_bytes(o, UNWIND, 0x0c, 1); /* def_cfa */
		put_uleb(o, f.reg);
		put_uleb(o, f.off);
		while (o->end[UNWIND] < from + FdeBytes)
			out_bytes(o, UNWIND, 0, 1); /* nop */
	}
}
