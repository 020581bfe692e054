/*
 * code.c - decodes one function, every instruction once, along direct control flow.
 *
 * Depends on the arch's decoder. Promises: instructions that can be reached by falling through
 * and by direct jumps from a place that code_at was asked for are in flow.code, and those that
 * are reached in any other way than from the one before are leaders. A jump to the start of
 * another function is left out: it is a tail call.
 */
#include "flow.h"

#include <stdlib.h>
#include <string.h>

enum { MaxAt = 1 << 20 }; /* offsets that are looked up in an array */

static size_t slot(const struct flow *fl, addr pc)
{
	return (size_t)((pc * 0x9e3779b97f4a7c15u) >> 20) & (fl->nhash - 1);
}

uint32_t code_find(const struct flow *fl, addr pc)
{
	if (pc - fl->f->start < fl->nat)
		return fl->at[pc - fl->f->start] - 1;
	if (fl->nhash == 0)
		return NoInsn;
	for (size_t h = slot(fl, pc); fl->hash[h] != 0; h = (h + 1) & (fl->nhash - 1))
		if (fl->code[fl->hash[h] - 1].pc == pc)
			return fl->hash[h] - 1;
	return NoInsn;
}

static void enter(struct flow *fl, uint32_t i)
{
	size_t h = slot(fl, fl->code[i].pc);

	while (fl->hash[h] != 0)
		h = (h + 1) & (fl->nhash - 1);
	fl->hash[h] = i + 1;
}

static __attribute__((noinline)) void insert_hashed(struct flow *fl, uint32_t i)
{
	if (2 * ++fl->inhash >= fl->nhash) {
		free(fl->hash);
		fl->nhash = fl->nhash ? 2 * fl->nhash : 128;
		fl->hash = mem_alloc(fl->nhash * sizeof *fl->hash);
		for (uint32_t k = 0; k < i; k++)
			if (fl->code[k].pc - fl->f->start >= fl->nat)
				enter(fl, k);
	}
	enter(fl, i);
}

static inline void insert(struct flow *fl, uint32_t i, addr pc)
{
	if (pc - fl->f->start < fl->nat)
		fl->at[pc - fl->f->start] = i + 1;
	else
		insert_hashed(fl, i);
}

bool code_inside(const struct flow *fl, addr pc)
{
	struct func *f = fl->f, *g;

	if (pc >= f->start && pc < f->end)
		return true;
	g = image_func(fl->image, pc);
	if (!g)
		return false;
	/* A cold part, the way back from one, or the middle of another function. */
	return g->flags & FN_PART || g->whole == f || f->whole == g || (g->whole && g->whole == f->whole) || pc != g->start;
}

static const uint8_t *bytes(struct flow *fl, addr pc, size_t *n)
{
	if (pc < fl->bytelo || pc >= fl->bytehi) {
		if (!image_executable(fl->image, pc) || !(fl->bytes = image_bytes(fl->image, pc, n)))
			return 0;
		fl->bytelo = pc;
		fl->bytehi = pc + *n;
	}
	*n = (size_t)(fl->bytehi - pc);
	return fl->bytes + (pc - fl->bytelo);
}

static bool data(struct flow *fl, addr pc)
{
	if (!fl->arch->thumb || (pc >= fl->modelo && pc < fl->modehi))
		return false;
	fl->modelo = pc;
	if (!image_data(fl->image, pc, &fl->modehi))
		return false;
	fl->modehi = pc;
	return true;
}

/* The ops of an instruction, and what they say of it. */
static void add_ops(struct flow *fl, struct code *c, const struct insn *in)
{
	unsigned sp = fl->arch->sp, nregs = fl->arch->nregs;

	while (fl->capops - fl->nops < MaxOps)
		fl->ops = mem_more(fl->ops, fl->capops, &fl->capops, sizeof *fl->ops);
	for (unsigned k = 0; k < in->nops; k++) {
		const struct op *op = &in->ops[k];
		fl->ops[fl->nops++] = *op;
		if (op->kind == OP_LOAD && op->ra == NoReg && op->rb == NoReg && fl->arch->thumb) {
			fl->literals = mem_grow(fl->literals, fl->nliterals, &fl->capliterals, sizeof *fl->literals);
			fl->literals[fl->nliterals++] = (uint32_t)op->imm;
		}
		if (op->rd == sp || op->kind == OP_STORE)
			c->written = true;
		/* But not a pop: after it a function returns, and the loop is over. */
		if (op->rd < nregs && op->kind != OP_STORE && !(op->kind == OP_LOAD && op->ra == sp))
			c->changes |= (uint64_t)1 << op->rd;
	}
}

/* One instruction at pc; if there is none it is marked bad. */
static inline struct code *decode(struct flow *fl, addr pc, int mode)
{
	struct insn in;
	struct code *c;
	size_t n = 0;
	const uint8_t *p = bytes(fl, pc, &n);

	fl->code = mem_grow(fl->code, fl->ncode, &fl->capcode, sizeof *fl->code);
	c = &fl->code[fl->ncode];
	*c = (struct code){ .pc = pc, .mode = (uint8_t)mode, .next = NoInsn, .ops = (uint32_t)fl->nops };
	if (!p || data(fl, pc) ||
	    !fl->arch->decode(fl->image->decoder, pc, p, n, mode, &in)) {
		c->bad = true;
		c->flow = FLOW_STOP;
		c->len = 1;
	} else {
		c->len = in.len;
		c->flow = in.flow;
		c->cond = in.cond;
		c->flowreg = in.flowreg;
		c->nops = in.nops;
		c->isret = in.isret;
		c->writesflags = in.writesflags;
		c->targetmode = in.targetmode;
		c->target = in.target;
		add_ops(fl, c, &in);
	}
	if (c->flow == FLOW_CALL || c->flow == FLOW_ICALL)
		c->changes |= ~fl->arch->preserved;
	insert(fl, (uint32_t)fl->ncode++, pc);
	return c;
}

/* Where a block that has been walked becomes two, its first part is walked again: so the state
 * in which it comes to the second is one of those that are joined there. */
static void lead(struct flow *fl, uint32_t i)
{
	uint32_t k = i;

	if (fl->code[i].leader)
		return;
	fl->code[i].leader = true;
	if (!fl->begun)
		return;
	while (k > 0 && fl->code[k - 1].next == k && !fl->code[--k].leader)
		;
	if (k != i && fl->code[k].in)
		flow_queue(fl, k);
}

/* Control comes directly from one to the other: where ways meet, and where loops end. */
static void come(struct flow *fl, uint32_t from, uint32_t to)
{
	struct code *c = &fl->code[to];

	c->ways += c->ways < 2;
	if (fl->code[from].pc >= c->pc && fl->code[from].pc > c->loopend)
		c->loopend = fl->code[from].pc;
}

uint32_t code_at(struct flow *fl, addr start, int startmode)
{
	size_t ntodo = 0;
	uint32_t first = code_find(fl, start), i, last;

	if (first != NoInsn) {
		lead(fl, first);
		return first;
	}
	if (!code_inside(fl, start))
		return NoInsn;
	first = (uint32_t)fl->ncode;
	fl->todo = mem_grow(fl->todo, ntodo, &fl->captodo, sizeof *fl->todo);
	fl->todo[ntodo++] = (struct todo){ start, startmode, NoInsn };
	while (ntodo > 0) {
		addr pc = fl->todo[--ntodo].pc;
		int mode = fl->todo[ntodo].mode;
		uint32_t from = fl->todo[ntodo].from;
		last = NoInsn;
		for (;;) {
			i = code_find(fl, pc);
			if (i != NoInsn) {
				lead(fl, i);
				if (last != NoInsn) {
					fl->code[last].next = i;
					come(fl, last, i);
				} else if (from != NoInsn) {
					come(fl, from, i);
				}
				break;
			}
			/* Falling into another function is for flow.c to see. */
			if (last != NoInsn && !code_inside(fl, pc))
				break;
			struct code *c = decode(fl, pc, mode);
			i = (uint32_t)fl->ncode - 1;
			if (last != NoInsn) {
				fl->code[last].next = i;
				c->ways = 1;
			} else {
				c->leader = true;
				if (from != NoInsn)
					come(fl, from, i);
			}
			last = i;
			if (c->flow == FLOW_NEXT) {
				pc += c->len;
				continue;
			}
			if (c->bad)
				break;
			if (c->flow == FLOW_JUMP && code_inside(fl, c->target)) {
				fl->todo = mem_grow(fl->todo, ntodo, &fl->captodo, sizeof *fl->todo);
				fl->todo[ntodo++] = (struct todo){ c->target, c->targetmode, i };
			}
			if ((c->flow == FLOW_JUMP || c->flow == FLOW_IJUMP || c->flow == FLOW_STOP) && c->cond == COND_ALWAYS)
				break;
			pc += c->len;
		}
	}
	return first;
}

bool code_may_return(const struct flow *fl)
{
	for (size_t i = 0; i < fl->ncode; i++) {
		const struct code *c = &fl->code[i];
		if (c->flow == FLOW_IJUMP || (c->flow == FLOW_JUMP && !code_inside(fl, c->target)) ||
		    (c->flow != FLOW_STOP && c->flow != FLOW_CALL && c->flow != FLOW_ICALL && c->flow != FLOW_JUMP && c->next == NoInsn))
			return true;
	}
	return false;
}

bool code_literal(const struct flow *fl, addr pc)
{
	for (size_t i = 0; i < fl->nliterals; i++)
		if (fl->literals[i] == pc || (pc & 2 && fl->literals[i] == pc + 2))
			return true;
	return false;
}

void code_start(struct flow *fl)
{
	size_t n = fl->f->end - fl->f->start;

	fl->nat = n < MaxAt ? n : MaxAt;
	if (fl->nat > fl->capat) {
		free(fl->at);
		fl->capat = fl->nat;
		fl->at = mem_alloc(fl->capat * sizeof *fl->at);
	} else {
		memset(fl->at, 0, fl->nat * sizeof *fl->at);
	}
	if (fl->inhash > 0)
		memset(fl->hash, 0, fl->nhash * sizeof *fl->hash);
	fl->inhash = fl->ncode = fl->nops = fl->nliterals = fl->nwork = fl->ncfi = 0;
	fl->bytelo = fl->bytehi = fl->modelo = fl->modehi = 0;
	fl->cfilo = fl->cfihi = fl->rowlo = fl->rowhi = 0;
	fl->nbases = 0;
	fl->restart = fl->begun = false;
	fl->exposed = INT64_MAX;
	fl->relied = INT64_MIN;
	fl->arrays = INT64_MAX;
	fl->offsets = 0;
}

void code_free(struct flow *fl)
{
	free(fl->literals);
	free(fl->code);
	free(fl->ops);
	free(fl->at);
	free(fl->hash);
	free(fl->work);
	free(fl->todo);
	free(fl->sites);
	free(fl->odds);
	free(fl->cfi);
	pool_free(&fl->pool);
}
