/*
 * arm.c - struct arch for arm: A32 and T32 to ops.
 *
 * Depends on arm.h and its other files, Capstone 4, and util.c for memory. One instruction
 * at a time; what is kept between them is, per address, which IT block it is in, and what
 * Capstone said of an encoding.
 */
#include "arm.h"

#include <stdlib.h>
#include <string.h>

enum { SeenBits = 14, MaybeBits = 20 };

struct seen { /* of an encoding that is checked by Capstone */
	uint32_t w;
	uint16_t writes; /* bit r: it writes register r */
	uint8_t key;	 /* 1 + mode; 0: free */
	bool valid : 1, flags : 1;
};

unsigned arm_condof(unsigned f)
{
	static const uint8_t c[16] = {
		COND_EQ, COND_NE, COND_UGE, COND_ULT, COND_MI, COND_PL, COND_VS, COND_VC,
		COND_UGT, COND_ULE, COND_SGE, COND_SLT, COND_SGT, COND_SLE, COND_ALWAYS, COND_ALWAYS,
	};

	return c[f & 15];
}

/* ---- bytes ---- */

static uint32_t half(const struct decoder *d, const uint8_t *p)
{
	return d->bigendian ? p[0] << 8 | p[1] : p[1] << 8 | p[0];
}

int arm_fetch(const struct decoder *d, const uint8_t *p, size_t n, int mode, uint32_t *w)
{
	if (mode == MODE_PLAIN) {
		if (n < 4)
			return 0;
		*w = half(d, d->bigendian ? p : p + 2) << 16 | half(d, d->bigendian ? p + 2 : p);
		return 4;
	}
	if (n < 2)
		return 0;
	*w = half(d, p);
	if (*w < 0xe800)
		return 2;
	if (n < 4)
		return 0;
	*w = *w << 16 | half(d, p + 2);
	return 4;
}

/* ---- IT blocks ---- */

/* The halfword is there for files whose sections are all at address 0. */
static uint64_t itkey(const struct decoder *d, uint32_t pc, const uint8_t *p)
{
	return (uint64_t)pc << 32 | half(d, p) << 8;
}

static uint64_t *itslot(uint64_t *tab, size_t cap, uint64_t key)
{
	size_t i = (key >> 33) * 2654435761u & (cap - 1);

	while (tab[i] != 0 && (tab[i] & ~(uint64_t)0xff) != key)
		i = (i + 1) & (cap - 1);
	return &tab[i];
}

/* Most instructions are in no IT block: neighbours share the byte that says so. */
static uint32_t maybe(uint32_t pc)
{
	return pc >> 1 & ((1u << MaybeBits) - 1);
}

unsigned arm_itstate(const struct decoder *d, uint32_t pc, const uint8_t *p, size_t n)
{
	if (!(d->maybe[maybe(pc) / 8] >> maybe(pc) % 8 & 1) || n < 2)
		return 0;
	return *itslot(d->it, d->capit, itkey(d, pc, p)) & 0xff;
}

static void setit(struct decoder *d, uint64_t key, unsigned state)
{
	uint64_t *s;

	if (2 * d->nit >= d->capit) {
		size_t cap = d->capit == 0 ? 1024 : 2 * d->capit;
		uint64_t *tab = mem_alloc(cap * sizeof *tab);

		for (size_t i = 0; i < d->capit; i++)
			if (d->it[i] != 0)
				*itslot(tab, cap, d->it[i] & ~(uint64_t)0xff) = d->it[i];
		free(d->it);
		d->it = tab;
		d->capit = cap;
	}
	s = itslot(d->it, d->capit, key);
	d->nit += *s == 0;
	*s = key | state;
	d->maybe[maybe(key >> 32) / 8] |= 1 << maybe(key >> 32) % 8;
}

/* Notes the state of each instruction of the block that the IT at pc begins. */
static void enterit(struct decoder *d, uint32_t pc, const uint8_t *p, size_t n, unsigned state)
{
	size_t at = 2;
	uint32_t w;
	int len;

	while (state != 0 && at < n && (len = arm_fetch(d, p + at, n - at, MODE_THUMB, &w)) != 0) {
		setit(d, itkey(d, pc + at, p + at), state);
		at += len;
		state = (state & 7) == 0 ? 0 : (state & 0xe0) | (state << 1 & 0x1f);
	}
}

/* ---- Capstone ---- */

static int regof(unsigned r)
{
	if (r >= ARM_REG_R0 && r <= ARM_REG_R12)
		return r - ARM_REG_R0;
	return r == ARM_REG_SP ? SP : r == ARM_REG_LR ? LR : -1;
}

/* Only the explicit operands: the implicit lists of Capstone 4 name s0 where r0 is meant. */
static void written(const cs_insn *in, struct seen *s)
{
	const cs_arm *arm = &in->detail->arm;

	for (int i = 0; i < arm->op_count; i++) {
		int r = arm->operands[i].type == ARM_OP_REG ? regof(arm->operands[i].reg) : -1;

		if (r >= 0 && (arm->operands[i].access & CS_AC_WRITE))
			s->writes |= 1 << r;
	}
	s->flags = arm->update_flags;
}

static const struct seen *ask(struct decoder *d, uint32_t w, int mode, int len)
{
	struct seen *s = &d->seen[(w * 2654435761u >> (32 - SeenBits)) ^ mode];
	uint8_t code[4] = {w, w >> 8, w >> 16, w >> 24};
	cs_insn *in;

	if (s->key == 1 + mode && s->w == w)
		return s;
	*s = (struct seen){.w = w, .key = 1 + mode};
	if (mode == MODE_THUMB && len == 4)
		memcpy(code, (uint8_t[]){w >> 16, w >> 24, w, w >> 8}, 4);
	for (int i = 0; i < 2 && !s->valid; i++) {
		if (cs_disasm(d->cs[mode][i], code, len, 0, 1, &in) != 1)
			continue;
		s->valid = in->size == len;
		written(in, s);
		cs_free(in, 1);
	}
	return s;
}

/* Adds what Capstone knows; false if it is no instruction. */
static bool check(struct decoder *d, struct lift *l, uint32_t w, int mode)
{
	const struct seen *s = ask(d, w, mode, l->o->len);
	uint32_t left = s->writes;

	if (!s->valid)
		return false;
	for (int i = 0; i < l->o->nops; i++)
		if (l->o->ops[i].kind != OP_STORE && l->o->ops[i].rd < 16)
			left &= ~(1u << l->o->ops[i].rd);
	for (; left != 0; left &= left - 1)
		arm_clobber(l, __builtin_ctz(left));
	if (s->flags && !l->o->writesflags)
		arm_flags(l);
	return true;
}

/* ---- the interface ---- */

static csh handle(cs_mode mode)
{
	csh h;
	cs_err e = cs_open(CS_ARCH_ARM, mode, &h);

	if (e != CS_ERR_OK)
		fatal("Capstone: %s", cs_strerror(e));
	cs_option(h, CS_OPT_DETAIL, CS_OPT_ON);
	return h;
}

static struct decoder *open(const struct arch *arch, bool bigendian)
{
	struct decoder *d = mem_alloc(sizeof *d);

	(void)arch;
	d->bigendian = bigendian;
	d->cs[MODE_PLAIN][0] = handle(CS_MODE_ARM | CS_MODE_V8);
	d->cs[MODE_PLAIN][1] = handle(CS_MODE_ARM);
	d->cs[MODE_THUMB][0] = handle(CS_MODE_THUMB | CS_MODE_V8);
	d->cs[MODE_THUMB][1] = handle(CS_MODE_THUMB | CS_MODE_MCLASS);
	d->maybe = mem_alloc((1u << MaybeBits) / 8);
	d->seen = mem_alloc(sizeof *d->seen << SeenBits);
	return d;
}

static void close(struct decoder *d)
{
	for (int i = 0; i < 4; i++)
		cs_close(&d->cs[i / 2][i % 2]);
	free(d->it);
	free(d->maybe);
	free(d->seen);
	free(d);
}

static void begin(struct lift *l, struct insn *o, uint32_t pc, int mode, unsigned it)
{
	bool thumb = mode == MODE_THUMB;

	*l = (struct lift){.o = o, .pc = pc + (thumb ? 4 : 8), .thumb = thumb, .it = it != 0};
	l->base = l->pc & ~3u;
	o->flow = FLOW_NEXT;
	o->cond = it != 0 ? arm_condof(it >> 4) : COND_ALWAYS;
	o->flowreg = NoReg;
	o->nops = 0;
	o->isret = o->writesflags = false;
	o->targetmode = MODE_PLAIN;
	o->target = 0;
}

static bool decode(struct decoder *d, addr pc, const uint8_t *p, size_t n, int mode, struct insn *o)
{
	struct lift l;
	enum verdict v;
	uint32_t w;
	int len = pc & (mode == MODE_THUMB ? 1 : 3) ? 0 : arm_fetch(d, p, n, mode, &w);

	if (len == 0 || mode < 0)
		return false;
	begin(&l, o, pc, mode, mode == MODE_THUMB ? arm_itstate(d, pc, p, n) : 0);
	o->len = len;
	if (mode == MODE_PLAIN) {
		o->cond = arm_condof(bits(w, 31, 28));
		v = arm_a32(&l, w);
	} else if (len == 4) {
		v = arm_t32(&l, w);
	} else {
		v = arm_t16(&l, w);
		if (bits(w, 15, 8) == 0xbf && bits(w, 3, 0) != 0)
			enterit(d, pc, p, n, w & 0xff);
	}
	if (v == DEC_NO || (v == DEC_CHECK && !check(d, &l, w, mode)))
		return false;
	return !l.overflow;
}

static int fromdwarf(int r)
{
	return r >= 0 && r <= PC ? r : -1;
}

static const char *const regnames[] = {
	"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "fp", "ip", "sp", "lr", "pc",
};

const struct arch arch_arm = {
	.name = "arm",
	.machine = 40, /* EM_ARM */
	.class = 1,    /* ELFCLASS32 */
	.ptrsize = 4,
	.nregs = 16,
	.sp = SP,
	.lr = LR,
	.minlen = 4,
	.thumb = true,
	.preserved = 0xff0,
	.regnames = regnames,
	.fromdwarf = fromdwarf,
	.open = open,
	.close = close,
	.decode = decode,
	.text = arm_text,
	.veneer = arm_veneer,
	.constants = arm_constants,
	.reach = 4095 + 8 + 4,
};
