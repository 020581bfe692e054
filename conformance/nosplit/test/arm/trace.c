/*
 * trace.c - what each instruction did in qemu-arm against its ops.
 *
 * Depends on the log of `qemu-arm -singlestep -d cpu,nochain` (qemu 7.2): r0-r15 and PSR before
 * each instruction, of one thread. Promises to compare, as far as the ops know values: every
 * register, the flags of OP_CMP, whether flags change, where it goes, in which mode. A word
 * that was stored by an op is remembered, so that loads are compared too.
 */
#include "listing.h"

#include <stdlib.h>
#include <string.h>

enum { MemBits = 16, MostShown = 40 };

struct cpu {
	uint32_t r[16];
	bool n, z, c, v, thumb;
};

struct word {
	uint32_t a, v;
	bool known;
};

struct run {
	const struct listing *l;
	uint32_t bias;
	struct word *mem;
	uint32_t v[AllRegs];
	bool known[AllRegs];
	bool compared, n, z, c, vf; /* flags of the last OP_CMP */
	bool flags;
};

static bool next(FILE *f, struct cpu *c)
{
	char line[256];
	int got = 0;

	while (fgets(line, sizeof line, f) != NULL) {
		char *s = line;

		if (strncmp(line, "PSR=", 4) == 0 && got == 16) {
			c->n = line[13] == 'N';
			c->z = line[14] == 'Z';
			c->c = line[15] == 'C';
			c->v = line[16] == 'V';
			c->thumb = line[18] == 'T';
			return true;
		}
		if (line[0] != 'R')
			continue;
		while (*s == 'R') {
			unsigned r = strtoul(s + 1, &s, 10);

			if (*s != '=' || r > 15)
				break;
			c->r[r] = strtoul(s + 1, &s, 16);
			got = r + 1;
			s += *s == ' ';
		}
	}
	return false;
}

static const struct line *lineof(const struct listing *l, uint32_t pc)
{
	size_t lo = 0, hi = l->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (l->lines[mid].pc <= pc)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo == 0 || pc >= l->lines[lo - 1].pc + l->lines[lo - 1].left ? NULL : &l->lines[lo - 1];
}

static const uint8_t *bytesof(const struct run *r, uint32_t a, size_t *n)
{
	const struct line *ln = lineof(r->l, a - r->bias);
	size_t off = ln == NULL ? 0 : a - r->bias - ln->pc;

	*n = ln == NULL ? 0 : ln->left - off;
	return ln == NULL ? NULL : r->l->bytes + ln->at + off;
}

static bool holds(const struct cpu *c, unsigned cond)
{
	bool yes = true;

	switch (cond & ~1u) {
	case COND_EQ: yes = c->z; break;
	case COND_ULT: yes = !c->c; break;
	case COND_UGT: yes = c->c && !c->z; break;
	case COND_SLT: yes = c->n != c->v; break;
	case COND_SGT: yes = !c->z && c->n == c->v; break;
	case COND_MI: yes = c->n; break;
	case COND_VS: yes = c->v; break;
	}
	return cond == COND_ALWAYS || yes != (cond & 1);
}

static struct word *wordof(struct run *r, uint32_t a)
{
	return &r->mem[(a >> 2) * 2654435761u >> (32 - MemBits)];
}

static void forget(struct run *r, uint32_t a, unsigned size)
{
	for (uint32_t w = a & ~3u; w - (a & ~3u) < size + 4; w += 4)
		if (wordof(r, w)->a == w)
			wordof(r, w)->known = false;
}

static void memory(struct run *r, const struct op *op, bool known, uint32_t a)
{
	struct word *w = wordof(r, a);
	const uint8_t *p;
	size_t n;

	if (op->kind == OP_STORE) {
		if (!known) {
			for (size_t i = 0; i < (size_t)1 << MemBits; i++)
				r->mem[i].known = false;
			return;
		}
		forget(r, a, op->size);
		if (op->size == 4 && op->rd != NoReg && r->known[op->rd] && (a & 3) == 0)
			*w = (struct word){a, r->v[op->rd], true};
		return;
	}
	r->known[op->rd] = false;
	if (!known)
		return;
	if (op->size == 4 && w->known && w->a == a) {
		r->known[op->rd] = true;
		r->v[op->rd] = w->v;
	} else if ((p = bytesof(r, a, &n)) != NULL && n >= op->size) {
		uint32_t v = 0;

		for (int i = 0; i < op->size; i++)
			v |= (uint32_t)p[i] << 8 * i;
		if (op->sign)
			v = (uint32_t)((int32_t)(v << (32 - 8 * op->size)) >> (32 - 8 * op->size));
		r->known[op->rd] = r->bias == 0; /* else it may be relocated */
		r->v[op->rd] = v;
	}
}

static void apply(struct run *r, const struct op *op)
{
	bool ka = op->ra == NoReg || r->known[op->ra], kb = op->rb == NoReg || r->known[op->rb];
	uint32_t a = op->ra == NoReg ? 0 : r->v[op->ra], b = op->rb == NoReg ? 0 : r->v[op->rb] << op->shift, d = 0;
	uint32_t imm = (uint32_t)op->imm, y = op->rb == NoReg ? imm : b;

	switch (op->kind) {
	case OP_LEA: d = a + b + imm; break;
	case OP_SUB: d = a - b - imm; break;
	case OP_AND: d = a & imm; break;
	case OP_SHL: d = a << imm; break;
	case OP_SHR: d = a >> imm; break;
	case OP_LOAD:
	case OP_STORE:
		memory(r, op, ka && kb, a + b + imm);
		return;
	case OP_CMP:
		r->compared = ka && kb;
		r->flags = true;
		d = a - y;
		r->n = d >> 31;
		r->z = d == 0;
		r->c = a >= y;
		r->vf = ((a ^ y) & (a ^ d)) >> 31;
		return;
	case OP_FLAGS:
		r->flags = true;
		r->compared = false;
		return;
	case OP_CLOBBER:
		ka = false;
		break;
	default:
		return;
	}
	r->v[op->rd] = d;
	r->known[op->rd] = ka && kb;
}

static const char *gone(struct run *r, const struct insn *in, const struct cpu *a, const struct cpu *b, bool taken)
{
	uint32_t after = a->r[15] + in->len, to = after;
	bool mode = a->thumb;

	if (in->cond >= COND_OTHER)
		taken = b->r[15] != after;
	if (taken && (in->flow == FLOW_JUMP || in->flow == FLOW_CALL)) {
		to = (uint32_t)in->target;
		mode = in->targetmode == MODE_THUMB;
	}
	if (taken && (in->flow == FLOW_IJUMP || in->flow == FLOW_ICALL)) {
		if (!r->known[in->flowreg])
			return NULL;
		to = r->v[in->flowreg] & ~1u;
		mode = r->v[in->flowreg] & 1;
	}
	if (in->flow == FLOW_STOP && taken)
		return "goes on";
	return to != b->r[15] ? "goes elsewhere" : mode != b->thumb ? "another mode" : NULL;
}

static const char *differs(struct run *r, const struct insn *in, const struct cpu *a, const struct cpu *b)
{
	bool taken = holds(a, in->cond);

	r->compared = r->flags = false;
	for (int i = 0; i < AllRegs; i++)
		r->known[i] = i < 15;
	memcpy(r->v, a->r, sizeof a->r);
	if (taken)
		for (int i = 0; i < in->nops; i++)
			apply(r, &in->ops[i]);
	if (taken && (in->flow == FLOW_CALL || in->flow == FLOW_ICALL))
		r->v[14] = (a->r[15] + in->len) | a->thumb;
	for (int i = 0; i < 15; i++)
		if (r->known[i] && r->v[i] != b->r[i])
			return arch_arm.regnames[i];
	if (r->flags != (taken && in->writesflags))
		return "writesflags";
	if (!r->flags && (a->n != b->n || a->z != b->z || a->c != b->c || a->v != b->v))
		return "flags are written";
	if (r->compared && (r->n != b->n || r->z != b->z || r->c != b->c || r->vf != b->v))
		return "flags";
	return gone(r, in, a, b, taken);
}

int trace(const struct listing *l, struct decoder *d, FILE *log, uint32_t bias)
{
	struct run r = {.l = l, .bias = bias};
	struct cpu a, b;
	struct insn in;
	int bad = 0;
	size_t n = 0;

	r.mem = mem_alloc(sizeof *r.mem << MemBits);
	if (!next(log, &a))
		bad++;
	for (; next(log, &b); a = b) {
		size_t left;
		const uint8_t *p = bytesof(&r, a.r[15], &left);
		const char *why = "not decoded";
		bool ok;

		if (p == NULL)
			continue;
		n++;
		ok = arch_arm.decode(d, a.r[15], p, left, a.thumb ? MODE_THUMB : MODE_PLAIN, &in);
		if (ok)
			why = differs(&r, &in, &a, &b);
		/* The kernel writes memory that we do not see. */
		if (ok && in.flow == FLOW_NEXT && in.nops == 1 && in.ops[0].kind == OP_CLOBBER && in.ops[0].rd == 0)
			memset(r.mem, 0, sizeof *r.mem << MemBits);
		if (why != NULL && bad++ < MostShown) {
			char ops[1024] = "", text[128];

			if (ok)
				show(&in, ops, sizeof ops);
			arch_arm.text(d, a.r[15], p, left, a.thumb ? MODE_THUMB : MODE_PLAIN, text, sizeof text);
			printf("%x: %s: %s: %s\n", a.r[15] - bias, text, why, ops);
		}
	}
	free(r.mem);
	printf("%zu instructions run, %d differ\n", n, bad);
	return bad + (n == 0);
}
