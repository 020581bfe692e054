/*
 * arm64.c - struct arch for arm64: A64 to ops.
 *
 * Depends on arm64.h and its other files, Capstone 4, and util.c for memory. One instruction
 * at a time; what Capstone said of an encoding is kept.
 */
#include "arm64.h"

#include <capstone/capstone.h>
#include <stdlib.h>
#include <string.h>

enum { SeenBits = 14 };

struct decoder {
	csh cs;
	struct seen { /* of an encoding that is checked by Capstone */
		uint32_t w;
		uint32_t writes; /* bit r: it writes xr, or sp */
		bool known, valid, flags;
	} *seen;
};

static uint32_t fetch(const uint8_t *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static int regof(unsigned r)
{
	if (r >= ARM64_REG_X0 && r <= ARM64_REG_X28)
		return (int)(r - ARM64_REG_X0);
	if (r >= ARM64_REG_W0 && r <= ARM64_REG_W30)
		return (int)(r - ARM64_REG_W0);
	return r == ARM64_REG_X29 ? FP : r == ARM64_REG_X30 ? LR : r == ARM64_REG_SP || r == ARM64_REG_WSP ? SP : -1;
}

static const struct seen *ask(struct decoder *d, uint32_t w)
{
	struct seen *s = &d->seen[w * 2654435761u >> (32 - SeenBits)];
	uint8_t code[4] = {(uint8_t)w, (uint8_t)(w >> 8), (uint8_t)(w >> 16), (uint8_t)(w >> 24)};
	cs_insn *in;

	if (s->known && s->w == w)
		return s;
	*s = (struct seen){.w = w, .known = true};
	if (cs_disasm(d->cs, code, 4, 0, 1, &in) != 1)
		return s;
	s->valid = true;
	for (int i = 0; i < in->detail->arm64.op_count; i++) {
		const cs_arm64_op *o = &in->detail->arm64.operands[i];
		int r = o->type == ARM64_OP_REG ? regof(o->reg) : -1;

		if (r >= 0 && (o->access & CS_AC_WRITE))
			s->writes |= 1u << r;
	}
	s->flags = in->detail->arm64.update_flags;
	cs_free(in, 1);
	return s;
}

/* Adds what Capstone knows; false if it is no instruction. */
static bool check(struct decoder *d, struct lift *l, uint32_t w)
{
	const struct seen *s = ask(d, w);
	uint32_t left = s->writes;

	if (!s->valid)
		return false;
	for (int i = 0; i < l->o->nops; i++)
		if (l->o->ops[i].kind != OP_STORE && l->o->ops[i].rd < 32)
			left &= ~(1u << l->o->ops[i].rd);
	for (; left != 0; left &= left - 1)
		clobber(l, (uint8_t)__builtin_ctz(left));
	if (s->flags && !l->o->writesflags) {
		l->o->writesflags = true;
		emit(l, (struct op){.kind = OP_FLAGS, .rd = NoReg, .ra = NoReg, .rb = NoReg});
	}
	return true;
}

static struct decoder *open(const struct arch *arch, bool bigendian)
{
	struct decoder *d = mem_alloc(sizeof *d);
	cs_err e = cs_open(CS_ARCH_ARM64, CS_MODE_LITTLE_ENDIAN, &d->cs);

	(void)arch, (void)bigendian;
	if (e != CS_ERR_OK)
		fatal("Capstone: %s", cs_strerror(e));
	cs_option(d->cs, CS_OPT_DETAIL, CS_OPT_ON);
	d->seen = mem_alloc(sizeof *d->seen << SeenBits);
	return d;
}

static void close(struct decoder *d)
{
	cs_close(&d->cs);
	free(d->seen);
	free(d);
}

static bool decode(struct decoder *d, addr pc, const uint8_t *p, size_t n, int mode, struct insn *o)
{
	struct lift l = {.o = o, .pc = pc};
	enum verdict v;
	uint32_t w;

	if (n < 4 || pc & 3 || mode != MODE_PLAIN)
		return false;
	w = fetch(p);
	o->len = 4;
	o->flow = FLOW_NEXT;
	o->cond = COND_ALWAYS;
	o->flowreg = NoReg;
	o->nops = 0;
	o->isret = o->writesflags = false;
	o->targetmode = MODE_PLAIN;
	o->target = 0;
	v = bit(w, 27) && !bit(w, 25) ? arm64_mem(&l, w) : arm64_ops(&l, w);
	if (v == DEC_NO || (v == DEC_CHECK && !check(d, &l, w)))
		return false;
	return !l.overflow;
}

static void text(struct decoder *d, addr pc, const uint8_t *p, size_t n, int mode, char *buf, size_t size)
{
	cs_insn *in;

	(void)mode;
	if (n < 4 || cs_disasm(d->cs, p, 4, pc, 1, &in) != 1) {
		snprintf(buf, size, ".word 0x%08x", n < 4 ? 0 : fetch(p));
		return;
	}
	snprintf(buf, size, "%s%s%s", in->mnemonic, in->op_str[0] != 0 ? " " : "", in->op_str);
	cs_free(in, 1);
}

/* Addresses: adr, and adrp with the add behind it. */
static void constants(struct decoder *d, addr pc, const uint8_t *p, size_t n, void (*found)(void *, addr value, addr pc), void *to)
{
	enum { Near = 16 }; /* instructions between adrp and add */

	(void)d;
	for (size_t at = 0; at + 4 <= n; at += 4) {
		uint32_t w = fetch(p + at), a;
		int64_t off = extend(bits(w, 23, 5) << 2 | bits(w, 30, 29), 21);
		addr page = ((pc + at) & ~UINT64_C(0xfff)) + (uint64_t)(off * 4096);

		if ((w & 0x9f000000) == 0x10000000)
			found(to, pc + at + (uint64_t)off, pc + at);
		if ((w & 0x9f000000) != 0x90000000)
			continue;
		for (size_t i = at + 4; i + 4 <= n && i <= at + 4 * Near; i += 4) {
			a = fetch(p + i);
			if ((a & 0xff800000) == 0x91000000 && bits(a, 9, 5) == bits(w, 4, 0))
				found(to, page + ((addr)bits(a, 21, 10) << (bit(a, 22) ? 12 : 0)), pc + i);
		}
	}
}

/* PLT stubs, bti or not: adrp x16; ldr x17, [x16, ..]; add x16, x16, ..; br x17. Veneers: adrp x16; add x16,
 * x16, ..; br x16. */
static bool veneer(struct decoder *d, addr pc, const uint8_t *p, size_t n, int mode, addr *slot, addr *target, uint8_t *targetmode)
{
	enum { Bti = 0xd503245f, BrX16 = 0xd61f0200, BrX17 = 0xd61f0220 };
	size_t at = n >= 4 && fetch(p) == Bti ? 4 : 0;
	uint32_t adrp, next, third;
	addr page;

	(void)d;
	*slot = *target = 0;
	*targetmode = MODE_PLAIN;
	if (mode != MODE_PLAIN || n < at + 12)
		return false;
	adrp = fetch(p + at);
	next = fetch(p + at + 4);
	third = fetch(p + at + 8);
	if ((adrp & 0x9f00001f) != 0x90000010)
		return false;
	page = ((pc + at) & ~UINT64_C(0xfff)) + (uint64_t)(extend(bits(adrp, 23, 5) << 2 | bits(adrp, 30, 29), 21) * 4096);
	if ((next & 0xffc003ff) == 0x91000210 && third == BrX16) {
		*target = page + bits(next, 21, 10);
		return true;
	}
	if ((next & 0xffc003ff) != 0xf9400211 || n < at + 16 || (third & 0xffc003ff) != 0x91000210 || fetch(p + at + 12) != BrX17)
		return false;
	*slot = page + 8 * bits(next, 21, 10);
	return true;
}

static int fromdwarf(int r)
{
	return r >= 0 && r <= SP ? r : -1;
}

static const char *const regnames[] = {
	"x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15",
	"x16", "x17", "x18", "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x29", "x30", "sp",
};

const struct arch arch_arm64 = {
	.name = "arm64",
	.machine = 183, /* EM_AARCH64 */
	.class = 2,	/* ELFCLASS64 */
	.ptrsize = 8,
	.nregs = 32,
	.sp = SP,
	.lr = LR,
	.minlen = 4,
	.preserved = 0x3ff80000,
	.regnames = regnames,
	.fromdwarf = fromdwarf,
	.open = open,
	.close = close,
	.decode = decode,
	.text = text,
	.veneer = veneer,
	.constants = constants,
	.reach = 1,
};
