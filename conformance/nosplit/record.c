/*
 * record.c - what the states of a function say: depths, sites, CFI, returns.
 *
 * Depends on flow.c, which calls it while it walks: a state that comes to an instruction once
 * more holds all that the one before did, so what was recorded stays true and only grows.
 * Promises: a depth that is not known is recorded as UNKNOWN with its reason, never as a number.
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
	base_depth(fl, sp, &to->hi, &to->lo);
	to->dynamic = of_dynamic(fl, sp);
	if (to->hi != to->lo)
		inexact(fl->info);
}

static struct site *site(struct walk *w, const struct state *s, uint32_t at, int kind, struct func *callee, uint32_t effect)
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
	for (unsigned i = fl->code[at].called ? 0 : in->nsites; i < in->nsites; i++) { /* with another predicate, or when more is known to come here */
		struct site *o = &fl->sites[i];
		if (o->pc != new.pc || o->callee != callee || o->maysplit)
			continue;
		o->other &= new.other;
		o->slow |= new.slow; /* of a path around the check as well */
		o->region |= new.region;
		o->dynamic |= new.dynamic;
		if (new.other)
			return o;
		o->hi = new.hi > o->hi ? new.hi : o->hi;
		o->lo = new.lo < o->lo ? new.lo : o->lo;
		return o;
	}
	fl->code[at].called = true;
	fl->sites = mem_grow(fl->sites, in->nsites, &fl->capsites, sizeof *fl->sites);
	fl->sites[in->nsites] = new;
	return &fl->sites[in->nsites++];
}

void record_site(struct walk *w, const struct state *s, uint32_t at, int kind, struct func *callee, uint32_t effect)
{
	struct flow *fl = w->fl;
	const struct value *sp = &s->reg[fl->arch->sp];
	struct site *to;

	to = site(w, s, at, kind, callee, effect);
	/* With the stack as at entry it is a tail call; else it stays within the function. */
	if (kind == SITE_IJUMP && !to->other && sp->kind == V_SP && !walk_back(fl, s) &&
	    !(v_exact(sp) && sp->origin == 0 && (sp->lo == 0 || (fl->code[at].isret && sp->lo == fl->arch->callsize))))
		unknown(fl->info, to->pc, "a jump whose targets are not known");
}

void record_maysplit(struct walk *w, const struct state *s, uint32_t at, int kind)
{
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

/* Is sp, wherever it may be, below where it was at entry? */
static bool lowered(const struct flow *fl, const struct value *sp)
{
	int64_t hi, lo;

	if (sp->kind != V_SP)
		return false;
	base_depth(fl, sp, &hi, &lo);
	return lo > -fl->arch->callsize;
}

void record_return(struct walk *w, const struct state *s, uint32_t at, uint8_t region, int64_t pops, enum leaving how)
{
	bool tail = how == LEAVES_TAIL;

	struct flow *fl = w->fl;
	struct info *in = fl->info;
	const struct value *sp = &s->reg[fl->arch->sp];
	int64_t off;

	choice_result(fl, tail ? 0 : &s->reg[0]);
	if (tail && fl->arch->lr == NoReg && v_exact(sp) && sp->origin == 0 && sp->lo == fl->arch->callsize) {
		in->drops = true;
		return;
	}
	/* Behind a check that failed the body runs elsewhere: that comes back if the body does. */
	if (s->phase == PHASE_MORE)
		return;
	if (v_exact(sp) && sp->origin == 0 && known(pops))
		off = sp->lo + pops - (tail ? 0 : fl->arch->callsize);
	else
		off = sp->kind == V_OTHER ? 0 : UNKNOWN; /* the other stack returns for us, to where we were called */
	if (off != UNKNOWN && sp->kind == V_SP && !tail && misplaced(fl, &fl->code[at], off, how == LEAVES_GENUINE))
		unknown(in, fl->code[at].pc, "it returns, and sp is not where it was at its entry");
	/* Whoever returns with an sp that nobody knows has said so already; but one that leaves
	 * something on the stack does that to its caller. */
	if (how != LEAVES_GENUINE ? off == UNKNOWN || off < 0 : off == UNKNOWN && !lowered(fl, sp))
		off = in->returns ? in->pops : 0;
	if (in->returns && in->pops != off)
		off = UNKNOWN;
	in->pops = off;
	in->exitregion = (uint8_t)(in->returns ? in->exitregion | region : region);
	if (fl->arch->lr == NoReg && !tail) {
		uint8_t thunk = NoReg;
		bool others = false;
		for (uint8_t r = 0; r < fl->arch->nregs; r++)
			if (s->reg[r].kind == V_SYM && s->reg[r].id == RetAddr && s->reg[r].lo == 0)
				thunk = r;
			else if (r != fl->arch->sp && !(s->reg[r].kind == V_SYM && s->reg[r].id == r + 1u && s->reg[r].lo == 0))
				others = true;
		if (others || in->nsites > 0)
			thunk = NoReg;
		in->thunkreg = in->returns && in->thunkreg != thunk ? NoReg : thunk;
	}
	in->returns = true;
}

void record_check(struct walk *w, addr pc, int64_t below)
{
	struct info *in = w->fl->info;

	/* Of several checks the one that asks for least answers for all that is behind them. */
	if (in->hascheck && in->checked <= below)
		return;
	in->hascheck = true;
	in->checked = below;
	in->checkpc = pc;
}

/* The row of CFI that holds at pc. */
static const struct cfirow *find_row(struct flow *fl, addr pc)
{
	size_t lo = 0, hi;

	if (pc < fl->cfilo || pc >= fl->cfihi) {
		const struct func *g = image_func(fl->image, pc);
		free(fl->cfi);
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
	fl->rowlo = lo ? fl->cfi[lo - 1].pc : fl->cfilo;
	fl->rowhi = lo < fl->ncfi ? fl->cfi[lo].pc : fl->cfihi;
	fl->row = lo && fl->cfi[lo - 1].reg >= 0 && fl->cfi[lo - 1].reg < fl->arch->nregs ? &fl->cfi[lo - 1] : 0;
	return fl->row;
}

void record_before(struct walk *w, const struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	struct info *in = fl->info;
	const struct cfirow *r;
	const struct value *v;
	addr pc = fl->code[at].pc;
	bool first = fl->code[at].runs == 1;

	fl->opdepth = INT64_MIN;
	fl->opexact = true;
	fl->oppc = pc;
	in->insns += first;
	r = pc >= fl->rowlo && pc < fl->rowhi ? fl->row : find_row(fl, pc);
	if (!r || (r->atcalls && fl->code[at].flow != FLOW_CALL && fl->code[at].flow != FLOW_ICALL))
		return;
	v = &s->reg[r->reg];
	if (!v_exact(v) || v->origin != 0)
		return;
	in->cfichecked += first;
	if (v->lo + r->off == fl->arch->callsize)
		return;
	for (unsigned i = 0; i < in->ncfi; i++)
		if (fl->odds[i].pc == pc)
			return;
	fl->odds = mem_grow(fl->odds, in->ncfi, &fl->capodds, sizeof *fl->odds);
	fl->odds[in->ncfi++] = (struct disagreement){ pc, r->off, fl->arch->callsize - v->lo };
}

void record_after(struct walk *w, const struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	struct info *in = fl->info;
	const struct value *sp = &s->reg[fl->arch->sp];
	addr pc = fl->code[at].pc;

	if (sp->kind != V_SP && sp->kind != V_OTHER)
		unknown(in, pc, "sp is not known from here on");
	if (fl->opdepth == INT64_MIN)
		return;
	if (s->phase == PHASE_BODY && fl->opdepth > in->deepest) {
		in->deepest = fl->opdepth;
		fl->exactly[0] = fl->opexact;
		in->deepestpc = pc;
	} else if (s->phase != PHASE_BODY && fl->opdepth > in->slowdeepest) {
		in->slowdeepest = fl->opdepth;
		fl->exactly[1] = fl->opexact;
		in->slowdeepestpc = pc;
	}
	if (fl->opdepth == UNBOUNDED && !in->why) {
		in->why = "the frame has no bound: alloca, a variable-length array, or a loop that pushes";
		in->whypc = pc;
	}
}

void record_bad(struct walk *w, uint32_t at)
{
	if (w->fl->code[at].runs == 0)
		w->fl->info->undecoded++;
	w->fl->code[at].runs = 1;
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

	for (size_t i = 0; i < fl->ncode; i++)
		fl->code[i].called = false;
	fl->exactly[0] = fl->exactly[1] = true;
	fl->walked = fl->indexed = INT64_MIN;
	fl->indexes = 0;
	choices_clear(fl);
	*fl->info = (struct info){ .thunkreg = NoReg, .deepestpc = fl->f->start, .slowdeepestpc = fl->f->start };
}

/* Exactly as much memory as there are: nothing is added any more. */
static void *trimmed(const void *p, size_t n)
{
	return n ? memcpy(mem_alloc(n), p, n) : 0;
}

/* Every path returns, for all that may be in the way: a loop, a stop, a callee that perhaps does not. */
static bool always_returns(const struct flow *fl)
{
	const struct info *in = fl->info;

	for (size_t i = 0; i < fl->ncode; i++) {
		const struct code *c = &fl->code[i];
		if (c->runs > 0 && (c->loopend || c->flow == FLOW_STOP || (c->flow == FLOW_IJUMP && !c->isret)))
			return false;
	}
	for (unsigned i = 0; i < in->nsites; i++) {
		const struct site *s = &fl->sites[i];
		if (s->other || !s->callee || !s->callee->info || !s->callee->info->always)
			return false;
	}
	return in->returns && in->quality != Q_UNKNOWN;
}

void record_all(struct walk *w)
{
	struct flow *fl = w->fl;
	struct info *in = fl->info;

	record_redzone(fl);
	if (!fl->exactly[0] || !fl->exactly[1])
		inexact(in);
	for (size_t i = 0; i < fl->nops && in->thunkreg != NoReg; i++)
		if (fl->ops[i].kind == OP_STORE)
			in->thunkreg = NoReg;
	in->always = always_returns(fl);
	choices_resolve(fl);
	if (in->deepest > in->frame)
		in->frame = in->deepest;
	if (fl->f->kind != FUNC_SPLIT) {
		in->slowdeepest = in->deepest;
		in->slowdeepestpc = in->deepestpc;
	}
	in->sites = trimmed(fl->sites, in->nsites * sizeof *in->sites);
	in->cfi = trimmed(fl->odds, in->ncfi * sizeof *in->cfi);
	if (in->nsites > 1)
		qsort(in->sites, in->nsites, sizeof *in->sites, by_pc);
	for (unsigned i = 0; i < in->nsites; i++) {
		const struct site *s = &in->sites[i];
		if (i > 0 && s->pc == s[-1].pc)
			continue;
		in->callsites++;
		in->dynamicsites += s->dynamic;
		in->unknownsites += !s->other && !s->dynamic && s->hi == UNKNOWN;
	}
	if (in->ncfi > 1)
		qsort(in->cfi, in->ncfi, sizeof *in->cfi, by_place);
}
