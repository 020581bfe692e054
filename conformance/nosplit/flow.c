/*
 * flow.c - follows sp through one function, and what a call of it does to its caller.
 *
 * Depends on state.c, join.c, code.c and table.c. Promises: the states at the heads of blocks
 * are a fixpoint before anything is recorded (record.c), so what is recorded holds on every
 * path; callees are analyzed first where that is possible, and where it is not (recursion, or
 * too deep a nest) the callers are done again until what they assumed is what was found.
 */
#include "walk.h"

#include <stdlib.h>
#include <string.h>

enum { MaxTargets = 1024, MaxNest = 48, WidenAfter = 6, MaxRounds = 12 };

static unsigned nest;

/* ---- what calling a function does ---- */

enum { EFFECT_STOPS = 1, EFFECT_POPS = 2, EFFECT_THUNK = 4, EFFECT_IN = 8, EFFECT_OUT = 16 };

static uint8_t region_after(const struct func *callee, uint8_t region)
{
	uint8_t after = 0, exit = callee->info ? callee->info->exitregion : REGION_SAME;

	if (callee->flags & FN_ENTER)
		return REGION_IN;
	if (callee->flags & FN_LEAVE)
		return REGION_OUT;
	if (exit & REGION_SAME)
		after |= region;
	return after | (exit & (REGION_IN | REGION_OUT));
}

/* A hash of what callers depend on. */
static uint8_t effect(const struct func *callee)
{
	const struct info *in = callee->info;
	uint8_t e = 0;

	if (!in)
		return 0;
	if (!in->returns)
		e |= EFFECT_STOPS;
	if (in->pops != 0)
		e |= (uint8_t)(EFFECT_POPS | (in->pops << 5));
	if (in->thunkreg != NoReg)
		e |= EFFECT_THUNK;
	if (in->exitregion & REGION_IN)
		e |= EFFECT_IN;
	if (in->exitregion & REGION_OUT)
		e |= EFFECT_OUT;
	return e;
}

struct func *walk_callee(struct flow *fl, addr a, int mode)
{
	struct func *g = image_at(fl->image, a);

	if (!g && image_executable(fl->image, a) && !image_func(fl->image, a))
		g = image_add(fl->image, a, mode, FROM_CALL);
	else if (!g && image_executable(fl->image, a))
		g = image_add(fl->image, a, mode, FROM_CALL); /* cuts one that no symbol bounds */
	if (!g)
		return 0;
	g = image_through(fl->image, g);
	if (!g->info && !(g->flags & FN_EXTERNAL) && !fl->recording && nest < MaxNest)
		flow_func(fl->image, g);
	return g;
}

/* ---- one instruction ---- */

static void queue(struct flow *fl, uint32_t i)
{
	if (fl->code[i].queued)
		return;
	fl->code[i].queued = true;
	fl->work = mem_grow(fl->work, fl->nwork, &fl->capwork, sizeof *fl->work);
	fl->work[fl->nwork++] = i;
}

/* Control may come to instruction i with state s. */
static void propagate(struct flow *fl, uint32_t i, const struct state *s)
{
	struct code *c = &fl->code[i];

	if (fl->recording)
		return;
	if (!c->in) {
		c->in = packed_new(fl, s);
		queue(fl, i);
		return;
	}
	if (packed_join(fl, &c->in, s, i, c->joins > WidenAfter)) {
		if (c->joins < UINT8_MAX)
			c->joins++;
		queue(fl, i);
	}
}

/* A jump to a: within the function, or a tail call. */
static void jump(struct walk *w, struct state *s, uint32_t at, addr a, int mode)
{
	struct flow *fl = w->fl;
	uint32_t i;

	if (fl->arch->thumb)
		a &= ~(addr)1;
	i = code_inside(fl, a) ? code_at(fl, a, mode) : NoInsn;
	if (i != NoInsn) {
		propagate(fl, i, s);
		return;
	}
	struct func *g = walk_callee(fl, a, mode);
	record_site(w, s, at, SITE_TAIL, g, g ? effect(g) : 0);
	if (g && !(g->flags & FN_EXTERNAL) && g->info && !g->info->returns)
		return;
	record_return(w, s, at, g ? region_after(g, s->region) : s->region, g && g->info ? g->info->pops : 0, true);
}

static int mode_of(const struct flow *fl, addr a)
{
	return fl->arch->thumb && (a & 1) ? MODE_THUMB : MODE_PLAIN;
}

/* Notes about the instruction at pc: how many, from *first. */
static unsigned spots(const struct image *im, addr pc, struct notespot **first)
{
	size_t lo = 0, hi = im->nspots;
	unsigned n = 0;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (im->spots[mid].where < pc)
			lo = mid + 1;
		else
			hi = mid;
	}
	*first = im->spots + lo;
	while (lo + n < im->nspots && im->spots[lo + n].where == pc)
		n++;
	return n;
}

/* The callees that notes give for an indirect call or jump. */
static unsigned noted(struct walk *w, struct state *s, uint32_t at, int kind)
{
	struct notespot *p;
	unsigned n = spots(w->fl->image, w->fl->code[at].pc, &p), found = 0;

	for (; n > 0; n--, p++) {
		if (p->kind != NOTE_CALLS)
			continue;
		p->used = true;
		found++;
		if (p->what == 0) {
			record_maysplit(w, s, at, kind);
			continue;
		}
		addr a = w->fl->arch->thumb ? p->what & ~(addr)1 : p->what;
		struct func *g = walk_callee(w->fl, a, mode_of(w->fl, p->what));
		record_site(w, s, at, kind, g, g ? effect(g) : 0);
	}
	return found;
}

static bool returning(const struct flow *fl, const struct value *v)
{
	unsigned id = fl->arch->lr == NoReg ? RetAddr : fl->arch->lr + 1u;

	return v->kind == V_SYM && v->id == id && v->lo == 0;
}

static void indirect_jump(struct walk *w, struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	const struct code *c = &fl->code[at];
	struct value v = s->reg[c->flowreg];
	int mode = c->mode;
	addr to[MaxTargets];
	unsigned n;

	if (returning(fl, &v)) {
		record_return(w, s, at, s->region, 0, false);
		return;
	}
	if (noted(w, s, at, SITE_TAIL) > 0) {
		record_return(w, s, at, s->region, 0, true);
		return;
	}
	n = table_targets(fl, &v, true, to, MaxTargets);
	for (unsigned i = 0; i < n; i++)
		jump(w, s, at, to[i], fl->arch->thumb ? mode_of(fl, to[i]) : mode);
	if (n > 0)
		return;
	c = &fl->code[at];
	if (c->isret) {
		record_return(w, s, at, s->region, 0, false);
		return;
	}
	record_site(w, s, at, SITE_IJUMP, 0, 0);
	record_return(w, s, at, s->region, 0, true);
}

/* After a call that returns: what the callee popped and changed. */
static void after_call(struct walk *w, struct state *s, uint32_t at, const struct func *g, uint8_t region)
{
	struct flow *fl = w->fl;
	const struct code *c = &fl->code[at];

	state_call(fl, s, g, at, c->pc + c->len);
	if (g && g->info && g->info->pops != 0)
		s->reg[fl->arch->sp] = g->info->pops == UNKNOWN ? v_top()
							       : v_addc(s->reg[fl->arch->sp], g->info->pops, fl->arch->ptrsize);
	s->region = region;
}

/* False if no callee returns. */
static bool call(struct walk *w, struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	const struct code *c = &fl->code[at];
	struct value v, ret = v_const((int64_t)(c->pc + c->len));
	addr to[MaxTargets];
	unsigned n = 0;
	uint8_t region = 0;
	struct func *g = 0, *last = 0;
	bool comes = false;

	if (c->flow == FLOW_CALL && fl->arch->callsize && c->target == c->pc + c->len && !image_at(fl->image, c->target)) {
		/* call 1f; 1: pop %ebx - the address is wanted, nothing is called. */
		struct op push[2] = {
			{ .kind = OP_LEA, .rd = fl->arch->sp, .ra = fl->arch->sp, .rb = NoReg, .imm = -fl->arch->callsize },
			{ .kind = OP_STORE, .rd = Tmp0, .ra = fl->arch->sp, .rb = NoReg, .size = fl->arch->ptrsize },
		};
		state_op(fl, s, &push[0], at);
		s->reg[Tmp0] = ret;
		state_op(fl, s, &push[1], at);
		return true;
	}
	if (c->flow == FLOW_CALL) {
		to[n++] = c->target;
	} else {
		v = s->reg[c->flowreg];
		n = noted(w, s, at, SITE_ICALL);
		if (n > 0) {
			after_call(w, s, at, 0, s->region);
			return true;
		}
		n = table_targets(fl, &v, false, to, MaxTargets);
	}
	for (unsigned i = 0; i < n; i++) {
		addr a = fl->arch->thumb ? to[i] & ~(addr)1 : to[i];
		g = walk_callee(fl, a, c->flow == FLOW_CALL ? c->targetmode : mode_of(fl, to[i]));
		record_site(w, s, at, c->flow == FLOW_CALL ? SITE_CALL : SITE_ICALL, g, g ? effect(g) : 0);
		if (g && g->info && !g->info->returns && !(g->flags & FN_EXTERNAL))
			continue;
		comes = true;
		last = g;
		region |= g ? region_after(g, s->region) : s->region;
	}
	if (n == 0) {
		record_site(w, s, at, SITE_ICALL, 0, 0);
		comes = true;
		region = s->region;
	}
	if (comes)
		after_call(w, s, at, last, region);
	return comes;
}

/* The stack check: sp, less the frame that is wanted, against a number in memory. Returns
 * +1 if it has passed where cond holds, -1 if where it does not, 0 if it is no check. */
static int check(struct walk *w, const struct state *s, const struct code *c)
{
	const struct value *a = &s->cmpa, *b = &s->cmpb;
	int sense = 1;

	if (!s->compared || s->phase != PHASE_PRE)
		return 0;
	if (b->kind == V_SP) {
		const struct value *t = a;
		a = b;
		b = t;
		sense = -1;
	}
	if (!v_exact(a) || a->origin != 0 || b->kind != V_SYM || b->id < FirstSym)
		return 0;
	switch (c->cond) {
	case COND_ULT: case COND_ULE: case COND_SLT: case COND_SLE:
		sense = -sense;
		break;
	case COND_UGT: case COND_UGE: case COND_SGT: case COND_SGE:
		break;
	default:
		return 0;
	}
	record_check(w, c->pc, b->lo - a->lo);
	return sense;
}

static void branch(struct walk *w, struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	struct state *taken = &w->taken;
	int passed = check(w, s, &fl->code[at]), cond = fl->code[at].cond;

	*taken = *s;
	if (cond < COND_OTHER) {
		state_refine(fl, taken, cond);
		state_refine(fl, s, cond ^ 1);
	}
	if (passed) {
		taken->phase = passed > 0 ? PHASE_BODY : PHASE_SLOW;
		s->phase = passed > 0 ? PHASE_SLOW : PHASE_BODY;
	}
	jump(w, taken, at, fl->code[at].target, fl->code[at].targetmode);
}

/* The ops of an instruction, then where it goes. False if it never reaches the next one. */
static bool execute(struct walk *w, struct state *s, uint32_t at, bool plain)
{
	struct flow *fl = w->fl;
	struct notespot *p;
	unsigned n = fl->image->nspots ? spots(fl->image, fl->code[at].pc, &p) : 0;
	bool other = false;
	const struct code *c = &fl->code[at];

	for (; n > 0; n--, p++) {
		p->used |= p->kind != NOTE_CALLS;
		if (p->kind == NOTE_EXEMPT)
			s->exempt += (int8_t)p->value;
		other |= p->kind == NOTE_SWITCH;
	}
	if (other)
		s->reg[fl->arch->sp] = v_other();
	record_before(w, s, at);
	for (unsigned k = 0; k < c->nops; k++)
		state_op(fl, s, &fl->ops[c->ops + k], at);
	if (other)
		s->reg[fl->arch->sp] = v_other();
	record_after(w, s, at);
	switch (c->flow) {
	case FLOW_JUMP:
		if (c->cond != COND_ALWAYS && plain) {
			branch(w, s, at);
			return true;
		}
		jump(w, s, at, c->target, c->targetmode);
		return false;
	case FLOW_CALL:
	case FLOW_ICALL:
		return call(w, s, at);
	case FLOW_IJUMP:
		indirect_jump(w, s, at);
		return false;
	case FLOW_STOP:
		return false;
	}
	return true;
}

/* A predicated instruction that leaves sp and memory alone: either it happened or not. */
static void perhaps(struct walk *w, struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	const struct code *c = &fl->code[at];
	struct state *t = &w->taken;

	*t = *s;
	execute(w, t, at, true);
	for (unsigned k = 0; k < c->nops; k++) {
		unsigned r = fl->ops[c->ops + k].rd;
		if (r >= fl->arch->nregs || v_same(&t->reg[r], &s->reg[r]))
			continue;
		if (t->reg[r].kind == V_SP && s->reg[r].kind == V_SP) {
			struct state *both = &w->other;
			*both = *s;
			both->reg[r] = t->reg[r];
			state_join(fl, both, s, at);
			s->reg[r] = both->reg[r];
			continue;
		}
		struct op clobber = { .kind = OP_CLOBBER, .rd = (uint8_t)r };
		state_op(fl, s, &clobber, at);
	}
	if (c->writesflags)
		s->compared = false;
}

/* One block, from a leader to the next or to where control leaves. While predicated
 * instructions run, s is the state in which their condition fails, and w->held holds. */
void walk_block(struct walk *w, uint32_t i)
{
	struct flow *fl = w->fl;
	struct state *s = &w->now;
	uint32_t first = i;
	bool split = false, alive;
	int cond = 0;

	packed_load(fl, fl->code[i].in, s);
	for (;;) {
		const struct code *c = &fl->code[i];
		if (c->bad) {
			record_bad(w, i);
			return;
		}
		if (split && (i != first) && c->leader) {
			state_join(fl, s, &w->held, i);
			split = false;
		}
		if (i != first && c->leader) {
			propagate(fl, i, s);
			return;
		}
		bool branches = c->flow == FLOW_JUMP && !c->nops;
		if (split && (c->writesflags || (c->cond == COND_ALWAYS && c->flow != FLOW_NEXT) ||
			      (c->cond != COND_ALWAYS && (c->cond | 1) != (cond | 1)) || c->cond >= COND_OTHER)) {
			state_join(fl, s, &w->held, i);
			split = false;
		}
		alive = true;
		if (c->cond == COND_ALWAYS) {
			if (split)
				execute(w, &w->held, i, false);
			alive = execute(w, s, i, true);
		} else if (!split && (branches || c->cond >= COND_OTHER)) {
			alive = execute(w, s, i, true);
		} else if (!split && c->flow == FLOW_NEXT && !c->written) {
			perhaps(w, s, i);
		} else {
			if (!split) {
				w->held = *s;
				cond = c->cond;
				state_refine(fl, &w->held, cond);
				state_refine(fl, s, cond ^ 1);
				split = true;
			}
			if (c->cond == cond) {
				if (!execute(w, &w->held, i, false))
					split = false;
				else if (c->flow == FLOW_CALL || c->flow == FLOW_ICALL) {
					state_join(fl, s, &w->held, i);
					split = false;
				}
			} else if (!execute(w, s, i, false)) {
				*s = w->held;
				split = false;
			}
		}
		c = &fl->code[i]; /* the array may have moved */
		if (!alive)
			return;
		if (c->next == NoInsn) {
			if (split)
				state_join(fl, s, &w->held, i);
			jump(w, s, i, c->pc + c->len, c->mode); /* falls into the next function */
			return;
		}
		i = c->next;
	}
}

/* ---- one function, all of them ---- */

static void solve(struct walk *w, uint32_t entry)
{
	struct flow *fl = w->fl;
	struct state *s = mem_alloc(sizeof *s);

	for (unsigned round = 0; round < MaxRounds; round++) {
		fl->restart = false;
		fl->nwork = 0;
		for (size_t i = 0; i < fl->ncode; i++) {
			free(fl->code[i].in);
			fl->code[i].in = 0;
			fl->code[i].joins = 0;
			fl->code[i].queued = false;
		}
		state_entry(fl, s);
		propagate(fl, entry, s);
		while (fl->nwork > 0) {
			uint32_t i = fl->work[--fl->nwork];
			fl->code[i].queued = false;
			walk_block(w, i);
		}
		if (!fl->restart)
			break;
	}
	free(s);
}

void flow_func(struct image *im, struct func *f)
{
	struct flow *fl = mem_alloc(sizeof *fl);
	struct walk *w = mem_alloc(sizeof *w);
	struct info *in = mem_alloc(sizeof *in);
	uint32_t entry;

	nest++;
	fl->image = im;
	fl->arch = im->arch;
	fl->f = f;
	fl->info = in;
	w->fl = fl;
	/* What callers that come across f on its way down assume. */
	*in = (struct info){ .returns = true, .exitregion = REGION_SAME, .thunkreg = NoReg };
	if (f->info) {
		free(f->info->sites);
		free(f->info->cfi);
		free(f->info);
	}
	f->info = in;
	entry = code_at(fl, f->start, f->mode);
	if (entry != NoInsn) {
		solve(w, entry);
		record_all(w);
	}
	code_free(fl);
	free(fl);
	free(w);
	assume_apply(f);
	nest--;
}

/* Callers whose assumptions did not hold are done again. */
static void settle(struct image *im)
{
	for (unsigned round = 0; round < MaxRounds; round++) {
		bool again = false;
		for (size_t i = 0; i < im->nfuncs; i++) {
			struct func *f = im->funcs[i];
			if (!f->info)
				continue;
			for (unsigned k = 0; k < f->info->nsites; k++) {
				const struct site *s = &f->info->sites[k];
				if (s->callee && s->effect != effect(s->callee)) {
					again = true;
					flow_func(im, f);
					break;
				}
			}
		}
		if (!again)
			break;
	}
}

void flow_all(struct image *im)
{
	bool more = true;

	/* Calls add functions that no symbol names. */
	while (more) {
		more = false;
		for (size_t i = 0; i < im->nfuncs; i++) {
			struct func *f = im->funcs[i];
			if (f->info || f->flags & FN_EXTERNAL || f->whole)
				continue;
			flow_func(im, f);
			more = true;
		}
	}
	settle(im);
}

void flow_from(struct image *im, struct func **roots, size_t n)
{
	struct func **todo = 0;
	size_t ntodo = 0, cap = 0;

	for (size_t i = 0; i < n; i++) {
		todo = mem_grow(todo, ntodo, &cap, sizeof *todo);
		todo[ntodo++] = roots[i];
	}
	for (size_t i = 0; i < ntodo; i++) {
		struct func *f = todo[i];
		if (f->flags & FN_EXTERNAL || f->reached)
			continue;
		f->reached = true;
		if (!f->info)
			flow_func(im, f);
		for (unsigned k = 0; k < f->info->nsites; k++)
			if (f->info->sites[k].callee && !f->info->sites[k].callee->reached) {
				todo = mem_grow(todo, ntodo, &cap, sizeof *todo);
				todo[ntodo++] = f->info->sites[k].callee;
			}
	}
	free(todo);
	settle(im);
}
