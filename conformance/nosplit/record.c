/*
 * record.c - what the final states of a function say: depths, sites, CFI, returns.
 *
 * Depends on flow.c, which calls it while it walks. Promises: a depth that is not known is
 * recorded as UNKNOWN with its reason, never as a number.
 */
#include "walk.h"

#include <stdlib.h>
#include <string.h>

static void unknown(struct info *in, addr pc, const char *why)
{
	if (in->quality != Q_UNKNOWN) {
		in->quality = Q_UNKNOWN;
		in->why = why;
		in->whypc = pc;
	}
}

static void inexact(struct info *in)
{
	if (in->quality == Q_EXACT)
		in->quality = Q_BOUND;
}

static bool of_dynamic(const struct flow *fl, const struct value *sp)
{
	return sp->kind == V_SP && (sp->lo == NEG_INF || (sp->origin && (fl->bases[sp->origin].dynamic || fl->bases[sp->origin].lo == NEG_INF)));
}

/* Depth of sp in s, as a site has it. */
static void depth(struct walk *w, const struct state *s, addr pc, struct site *to)
{
	struct flow *fl = w->fl;
	const struct value *sp = &s->reg[fl->arch->sp];

	to->other = sp->kind == V_OTHER;
	to->slow = s->phase != PHASE_BODY;
	to->region = s->region | (s->exempt > 0 ? REGION_EXEMPT : 0);
	if (to->other)
		return;
	if (sp->kind != V_SP) {
		to->lo = to->hi = UNKNOWN;
		unknown(fl->info, pc, "sp is not known here");
		return;
	}
	state_depth(fl, sp, &to->hi, &to->lo);
	if (to->hi != to->lo)
		inexact(fl->info);
}

static void count(struct walk *w, const struct site *to, const struct state *s)
{
	struct info *in = w->fl->info;

	in->callsites++;
	if (to->other)
		return;
	if (of_dynamic(w->fl, &s->reg[w->fl->arch->sp]))
		in->dynamicsites++;
	else if (to->hi == UNKNOWN)
		in->unknownsites++;
}

static struct site *site(struct walk *w, const struct state *s, uint32_t at, int kind, struct func *callee, uint8_t effect)
{
	struct flow *fl = w->fl;
	struct info *in = fl->info;
	struct site new = { .pc = fl->code[at].pc, .kind = (uint8_t)kind, .callee = callee, .effect = effect };
	int64_t below;

	depth(w, s, new.pc, &new);
	if (!new.other && !new.slow && known(new.hi)) {
		below = new.hi + (kind == SITE_CALL || kind == SITE_ICALL ? fl->arch->callsize : 0);
		if (below > in->frame && known(in->frame))
			in->frame = below;
	} else if (!new.other && !new.slow) {
		in->frame = new.hi;
	}
	for (unsigned i = 0; i < in->nsites; i++) { /* once more, under another predicate */
		struct site *o = &in->sites[i];
		if (o->pc != new.pc || o->callee != callee || o->maysplit)
			continue;
		o->other &= new.other;
		o->slow &= new.slow;
		o->region |= new.region;
		if (new.other)
			return o;
		o->hi = new.hi > o->hi ? new.hi : o->hi;
		o->lo = new.lo < o->lo ? new.lo : o->lo;
		return o;
	}
	if (in->nsites == 0 || in->sites[in->nsites - 1].pc != new.pc)
		count(w, &new, s);
	in->sites = mem_grow(in->sites, in->nsites, &fl->capsites, sizeof *in->sites);
	in->sites[in->nsites] = new;
	return &in->sites[in->nsites++];
}

void record_site(struct walk *w, const struct state *s, uint32_t at, int kind, struct func *callee, uint8_t effect)
{
	struct flow *fl = w->fl;
	const struct value *sp = &s->reg[fl->arch->sp];
	struct site *to;

	if (!fl->recording)
		return;
	to = site(w, s, at, kind, callee, effect);
	/* With the stack as at entry it is a tail call; else it stays within the function. */
	if (kind == SITE_IJUMP && !to->other && sp->kind == V_SP && !(v_exact(sp) && sp->origin == 0 && sp->lo == 0))
		unknown(fl->info, to->pc, "a jump whose targets are not known");
}

void record_maysplit(struct walk *w, const struct state *s, uint32_t at, int kind)
{
	if (w->fl->recording)
		site(w, s, at, kind, 0, 0)->maysplit = true;
}

/* How far the instruction itself moves sp. */
static int64_t moves(const struct flow *fl, const struct code *c)
{
	int64_t n = 0;

	for (unsigned k = 0; k < c->nops; k++) {
		const struct op *op = &fl->ops[c->ops + k];
		if (op->kind == OP_LEA && op->rd == fl->arch->sp && op->ra == op->rd && op->rb == NoReg)
			n += op->imm;
	}
	return n;
}

/* Is it certain that no return address is where the return in s takes its own from? off: bytes
 * above the entry's sp that it leaves. genuine: it goes to the return address of the entry. */
static bool misplaced(const struct flow *fl, const struct code *c, int64_t off, bool genuine)
{
	/* Above the entry's sp it may be: code that is jumped to, and drops a frame that it shares. */
	return off < 0 || (!genuine && fl->arch->lr == NoReg && off + fl->arch->callsize < moves(fl, c));
}

void record_return(struct walk *w, const struct state *s, uint32_t at, uint8_t region, int64_t pops, enum leaving how)
{
	bool tail = how == LEAVES_TAIL;

	struct flow *fl = w->fl;
	struct info *in = fl->info;
	const struct value *sp = &s->reg[fl->arch->sp];
	int64_t off;

	/* Behind a check that failed the body runs elsewhere: that comes back if the body does. */
	if (!fl->recording || s->phase == PHASE_SLOW)
		return;
	if (v_exact(sp) && sp->origin == 0 && known(pops))
		off = sp->lo + pops - (tail ? 0 : fl->arch->callsize);
	else
		off = sp->kind == V_OTHER ? 0 : UNKNOWN; /* the other stack returns for us, to where we were called */
	if (off != UNKNOWN && sp->kind == V_SP && !tail && misplaced(fl, &fl->code[at], off, how == LEAVES_GENUINE))
		unknown(in, fl->code[at].pc, "it returns, and sp is not where it was at its entry");
	/* Whoever returns with an sp that nobody knows has said so already. */
	if (off == UNKNOWN || off < 0)
		off = in->returns ? in->pops : 0;
	if (in->returns && in->pops != off)
		off = UNKNOWN;
	in->pops = off;
	in->exitregion = (uint8_t)(in->returns ? in->exitregion | region : region);
	if (fl->arch->lr == NoReg && !tail) {
		uint8_t thunk = NoReg;
		for (uint8_t r = 0; r < fl->arch->nregs; r++)
			if (s->reg[r].kind == V_SYM && s->reg[r].id == RetAddr && s->reg[r].lo == 0)
				thunk = r;
		in->thunkreg = in->returns && in->thunkreg != thunk ? NoReg : thunk;
	}
	in->returns = true;
}

void record_check(struct walk *w, addr pc, int64_t below)
{
	struct info *in = w->fl->info;

	in->hascheck = true;
	in->checked = below;
	in->checkpc = pc;
}

/* The row of CFI that holds at pc. */
static const struct cfirow *row(struct flow *fl, addr pc)
{
	size_t lo = 0, hi;

	if (!fl->hascfi || pc < fl->cfilo || pc >= fl->cfihi) {
		const struct func *g = image_func(fl->image, pc);
		free(fl->cfi);
		fl->hascfi = true;
		fl->cfilo = g ? g->start : pc;
		fl->cfihi = g ? g->end : pc + 1;
		fl->cfi = image_cfi(fl->image, fl->cfilo, fl->cfihi, &fl->ncfi);
		if (!fl->cfi)
			fl->ncfi = 0;
	}
	hi = fl->ncfi;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (fl->cfi[mid].pc <= pc)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo ? &fl->cfi[lo - 1] : 0;
}

void record_before(struct walk *w, const struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	struct info *in = fl->info;
	const struct cfirow *r;
	const struct value *v;
	addr pc = fl->code[at].pc;

	if (!fl->recording)
		return;
	fl->opdepth = INT64_MIN;
	fl->opexact = true;
	in->insns++;
	r = row(fl, pc);
	if (!r || r->reg < 0 || r->reg >= fl->arch->nregs)
		return;
	v = &s->reg[r->reg];
	if (!v_exact(v) || v->origin != 0)
		return;
	in->cfichecked++;
	if (v->lo + r->off == fl->arch->callsize)
		return;
	in->cfi = mem_grow(in->cfi, in->ncfi, &fl->capcfi, sizeof *in->cfi);
	in->cfi[in->ncfi++] = (struct disagreement){ pc, r->off, fl->arch->callsize - v->lo };
}

void record_after(struct walk *w, const struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	struct info *in = fl->info;
	const struct value *sp = &s->reg[fl->arch->sp];
	addr pc = fl->code[at].pc;

	if (!fl->recording)
		return;
	if (sp->kind != V_SP && sp->kind != V_OTHER)
		unknown(in, pc, "sp is not known from here on");
	if (fl->opdepth == INT64_MIN)
		return;
	if (!fl->opexact)
		inexact(in);
	if (s->phase == PHASE_BODY && fl->opdepth > in->deepest) {
		in->deepest = fl->opdepth;
		in->deepestpc = pc;
	} else if (s->phase != PHASE_BODY && fl->opdepth > in->slowdeepest) {
		in->slowdeepest = fl->opdepth;
		in->slowdeepestpc = pc;
	}
	if (fl->opdepth == UNBOUNDED && !in->why) {
		in->why = "the frame has no bound: alloca, a variable-length array, or a loop that pushes";
		in->whypc = pc;
	}
}

void record_bad(struct walk *w, uint32_t at)
{
	if (!w->fl->recording)
		return;
	w->fl->info->undecoded++;
	unknown(w->fl->info, w->fl->code[at].pc, "control comes to what is no instruction");
}

static int by_pc(const void *a, const void *b)
{
	const struct site *x = a, *y = b;

	return x->pc < y->pc ? -1 : x->pc > y->pc;
}

static int by_place(const void *a, const void *b)
{
	const struct disagreement *x = a, *y = b;

	return x->pc < y->pc ? -1 : x->pc > y->pc;
}

/* Nothing is known yet. */
void record_clear(struct walk *w)
{
	struct flow *fl = w->fl;
	struct info *in = fl->info;

	free(in->sites);
	free(in->cfi);
	fl->capsites = fl->capcfi = 0;
	*in = (struct info){ .thunkreg = NoReg, .deepestpc = fl->f->start, .slowdeepestpc = fl->f->start };
	fl->recording = true;
}

void record_all(struct walk *w)
{
	struct flow *fl = w->fl;
	struct info *in = fl->info;

	if (fl->stale) {
		record_clear(w);
		fl->final = true;
		for (uint32_t i = 0; i < fl->ncode; i++)
			if (fl->code[i].leader && fl->code[i].in)
				walk_block(w, i);
	}
	fl->recording = false;
	if (in->deepest > in->frame)
		in->frame = in->deepest;
	if (fl->f->kind != FUNC_SPLIT) {
		in->slowdeepest = in->deepest;
		in->slowdeepestpc = in->deepestpc;
	}
	if (in->nsites > 1)
		qsort(in->sites, in->nsites, sizeof *in->sites, by_pc);
	if (in->ncfi > 1)
		qsort(in->cfi, in->ncfi, sizeof *in->cfi, by_place);
}
