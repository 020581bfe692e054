/*
 * step.c - one instruction: its ops, and where control goes from it.
 *
 * Depends on state.c for the ops, table.c for indirect jumps, effect.c for calls, branch.c for
 * conditions. Promises: every place that control may come to has been handed to walk_propagate or
 * to record.c.
 */
#include "walk.h"

enum { MaxTargets = 1024 };

addr walk_back(struct flow *fl, const struct state *s)
{
	const struct value *sp = &s->reg[fl->arch->sp], *v = 0;
	addr a;

	if (fl->arch->lr != NoReg)
		v = &s->reg[fl->arch->lr];
	else if (v_exact(sp))
		v = slot_get(fl, s, sp, false);
	if (!v || v->kind != V_CONST)
		return 0;
	a = (addr)v->lo & ~(addr)fl->arch->thumb;
	return a != 0 && image_executable(fl->image, a) && code_inside(fl, a) ? (addr)v->lo : 0;
}

/* Control has left, by a jump, for code that returns: to our caller, or back to here. */
static void left(struct walk *w, const struct state *s, uint32_t at, const struct func *g, uint8_t region, int64_t pops)
{
	struct flow *fl = w->fl;
	struct value *sp = &w->other.reg[fl->arch->sp];
	addr back = walk_back(fl, s), a = back & ~(addr)fl->arch->thumb;
	uint32_t i = back ? code_at(fl, a, fl->arch->thumb && back & 1 ? MODE_THUMB : MODE_PLAIN) : NoInsn;

	if (i == NoInsn) {
		record_return(w, s, at, region, pops, LEAVES_TAIL);
		return;
	}
	state_copy(fl, &w->other, s);
	state_call(fl, &w->other, g, at, a);
	if (pops == UNKNOWN)
		*sp = v_top();
	else
		v_addc(sp, fl->arch->callsize + pops, fl->arch->ptrsize);
	w->other.region = region;
	walk_propagate(fl, i, &w->other);
}

/* A jump to a: within the function, or a tail call. */
void walk_jump(struct walk *w, const struct state *s, uint32_t at, addr a, int mode)
{
	struct flow *fl = w->fl;
	uint32_t i;

	if (fl->arch->thumb)
		a &= ~(addr)1;
	i = code_inside(fl, a) ? code_at(fl, a, mode) : NoInsn;
	if (i != NoInsn) {
		walk_propagate(fl, i, s);
		return;
	}
	struct func *g = walk_callee(fl, a, mode);
	record_site(w, s, at, SITE_TAIL, g, g ? effect_of(g) : 0);
	if (g && g->info && g->info->switches) {
		fl->info->switches = true;
		/* It runs the body, and returns from there. */
		if (s->phase == PHASE_SLOW)
			return;
	}
	if (g && !effect_returns(g))
		return;
	left(w, s, at, g, g ? effect_region(g, s->region) : s->region, g && g->info ? g->info->pops : 0);
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

	if (hi == 0)
		return 0;
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

/* What the callees of one instruction do to it that come back. */
struct outcome {
	unsigned n;
	const struct func *only; /* nil if there are several */
	int64_t pops;
	uint8_t region;
};

static void comes_back(struct outcome *o, const struct func *g, int64_t pops, uint8_t region)
{
	o->only = o->n ? 0 : g;
	o->pops = o->n && o->pops != pops ? UNKNOWN : pops;
	o->region |= region;
	o->n++;
}

static void one_callee(struct walk *w, const struct state *s, uint32_t at, int kind, struct func *g, struct outcome *o)
{
	record_site(w, s, at, kind, g, g ? effect_of(g) : 0);
	if (g && g->info && g->info->drops)
		left(w, s, at, 0, effect_region(g, s->region), 0);
	if (!g || effect_returns(g))
		comes_back(o, g, g && g->info ? g->info->pops : 0, g ? effect_region(g, s->region) : s->region);
}

/* The callees that notes give for an indirect call or jump. */
static unsigned noted(struct walk *w, struct state *s, uint32_t at, int kind, struct outcome *o)
{
	struct notespot *p;
	unsigned n = spots(w->fl->image, w->fl->code[at].pc, &p), found = 0;

	for (; n > 0; n--, p++) {
		if (p->kind != NOTE_CALLS)
			continue;
		p->used = true;
		found++;
		if (p->callee) {
			one_callee(w, s, at, kind, walk_through(w->fl, p->callee), o);
			continue;
		}
		if (p->what == 0) {
			record_maysplit(w, s, at, kind);
			comes_back(o, 0, 0, s->region);
			continue;
		}
		addr a = w->fl->arch->thumb ? p->what & ~(addr)1 : p->what;
		one_callee(w, s, at, kind, walk_callee(w->fl, a, mode_of(w->fl, p->what)), o);
	}
	return found;
}

static bool returning(const struct flow *fl, const struct value *v)
{
	unsigned id = fl->arch->lr == NoReg ? RetAddr : fl->arch->lr + 1u;

	return v->kind == V_SYM && v->id == id && v->lo == 0;
}

/* Is v, where an instruction jumps that returns by convention, something else than a return
 * address that was lost sight of? Then it is a way to jump: `push %rax; ret`, retpolines. */
static bool overwritten(const struct flow *fl, const struct state *s, const struct value *v)
{
	enum { PhiBit = 1u << 31 };
	const struct value *sp = &s->reg[fl->arch->sp];

	if (!v_exact(sp) || sp->origin != 0 || (sp->lo != 0 && sp->lo != fl->arch->callsize))
		return false; /* it is sp that is wrong */
	return v->kind == V_SP || v->kind == V_CONST || v->kind == V_RANGE || v->kind == V_TABLE ||
	       (v->kind == V_SYM && !v->sign && !(v->id & PhiBit) && v->lo == 0);
}

/* Where the stub of an IFUNC jumps. */
static unsigned chosen(const struct flow *fl, addr *to, unsigned max)
{
	struct func *g = image_resolver(fl->image, fl->f);
	unsigned n;

	if (g && !g->info && flow_nest < MaxNest)
		flow_func(fl->image, g);
	n = g && g->info && g->info->nchosen <= max ? g->info->nchosen : 0;
	for (unsigned i = 0; i < n; i++)
		to[i] = g->info->chosen[i];
	return n;
}

/* Not inlined, as indirect_callees. */
static __attribute__((noinline)) void indirect_jump(struct walk *w, struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	const struct code *c = &fl->code[at];
	struct value v = s->reg[c->flowreg];
	int mode = c->mode;
	addr to[MaxTargets];
	struct outcome o = { 0 };
	unsigned n;

	if (returning(fl, &v)) {
		record_return(w, s, at, s->region, 0, LEAVES_GENUINE);
		return;
	}
	if (noted(w, s, at, SITE_TAIL, &o) > 0) {
		if (o.n > 0)
			left(w, s, at, o.only, o.region, o.pops);
		return;
	}
	n = table_targets(fl, &v, true, to, MaxTargets);
	if (n == 0 && fl->f->flags & FN_PLT)
		n = chosen(fl, to, MaxTargets);
	for (unsigned i = 0; i < n; i++)
		walk_jump(w, s, at, to[i], fl->arch->thumb ? mode_of(fl, to[i]) : mode);
	if (n > 0)
		return;
	c = &fl->code[at];
	if (c->isret && !overwritten(fl, s, &v)) {
		record_return(w, s, at, s->region, 0, LEAVES_LIKELY);
		return;
	}
	record_site(w, s, at, SITE_IJUMP, 0, 0);
	/* With an sp from elsewhere: longjmp, the end of unwinding. Callers are as unknown as it is. */
	if (s->reg[fl->arch->sp].kind != V_SP && s->reg[fl->arch->sp].kind != V_OTHER)
		return;
	left(w, s, at, 0, s->region, 0);
}

/* Deeper, after a call of one that leaves something on the stack. */
static void move_sp(struct walk *w, struct state *s, uint32_t at, int64_t by)
{
	uint8_t sp = w->fl->arch->sp;
	struct op op = { .kind = OP_LEA, .rd = sp, .ra = sp, .rb = NoReg, .imm = by };

	state_op(w->fl, s, &op, at);
	record_after(w, s, at);
}

/* After a call that returns: what the callees popped and changed. */
static void after_call(struct walk *w, struct state *s, uint32_t at, const struct outcome *o)
{
	struct flow *fl = w->fl;
	const struct code *c = &fl->code[at];

	state_call(fl, s, o->only, at, c->pc + c->len);
	if (o->pops == UNKNOWN)
		s->reg[fl->arch->sp] = v_top();
	else if (o->pops != 0)
		move_sp(w, s, at, o->pops);
	if (o->only && o->only->info && o->only->info->switches && s->phase == PHASE_SLOW)
		s->phase = PHASE_MORE;
	s->region = o->region;
}

/* Not inlined: the array would be in the frame of every function of the nest. */
static __attribute__((noinline)) void indirect_callees(struct walk *w, const struct state *s, uint32_t at, struct outcome *o)
{
	struct flow *fl = w->fl;
	struct value v = s->reg[fl->code[at].flowreg];
	addr to[MaxTargets];
	unsigned n = table_targets(fl, &v, false, to, MaxTargets);

	for (unsigned i = 0; i < n; i++) {
		addr a = fl->arch->thumb ? to[i] & ~(addr)1 : to[i];
		one_callee(w, s, at, SITE_ICALL, walk_callee(fl, a, mode_of(fl, to[i])), o);
	}
	if (n == 0)
		one_callee(w, s, at, SITE_ICALL, 0, o);
}

/* False if no callee returns. */
static bool call(struct walk *w, struct state *s, uint32_t at)
{
	struct flow *fl = w->fl;
	const struct code *c = &fl->code[at];
	struct value ret = v_const((int64_t)(c->pc + c->len));
	struct outcome o = { 0 };

	if (c->flow == FLOW_CALL && fl->arch->callsize && c->target == c->pc + c->len && !image_at(fl->image, c->target)) {
		/* call 1f; 1: pop %ebx - the address is wanted, nothing is called. */
		struct op push[2] = {
			{ .kind = OP_LEA, .rd = fl->arch->sp, .ra = fl->arch->sp, .rb = NoReg, .imm = -fl->arch->callsize },
			{ .kind = OP_STORE, .rd = Tmp0, .ra = fl->arch->sp, .rb = NoReg, .size = fl->arch->ptrsize },
		};
		state_op(fl, s, &push[0], at);
		s->reg[Tmp0] = ret;
		state_op(fl, s, &push[1], at);
		record_after(w, s, at);
		return true;
	}
	if (c->flow == FLOW_CALL) {
		addr a = fl->arch->thumb ? c->target & ~(addr)1 : c->target;
		one_callee(w, s, at, SITE_CALL, walk_callee(fl, a, c->targetmode), &o);
	} else if (noted(w, s, at, SITE_ICALL, &o) > 0) {
		if (o.n > 0)
			after_call(w, s, at, &o);
		return o.n > 0;
	} else {
		indirect_callees(w, s, at, &o);
	}
	/* Where literals stand behind a call, the compiler knew that it does not come back here. */
	if (o.n > 0 && code_literal(fl, c->pc + c->len))
		return false;
	if (o.n > 0)
		after_call(w, s, at, &o);
	return o.n > 0;
}

/* The ops of an instruction, then where it goes. False if it never reaches the next one. */
bool walk_step(struct walk *w, struct state *s, uint32_t at, bool plain)
{
	struct flow *fl = w->fl;
	struct notespot *p;
	unsigned n = fl->image->nspots ? spots(fl->image, fl->code[at].pc, &p) : 0;
	bool other = false;
	int64_t how = 0;
	const struct code *c = &fl->code[at];

	if (fl->code[at].runs < 2)
		fl->code[at].runs++;
	for (; n > 0; n--, p++) {
		p->used |= p->kind != NOTE_CALLS;
		if (p->kind == NOTE_EXEMPT)
			s->exempt += (int8_t)p->value;
		if (p->kind == NOTE_SWITCH) {
			other = true;
			how = p->value;
		}
	}
	if (other) {
		s->reg[fl->arch->sp] = v_other();
		fl->info->switches = true;
	}
	record_before(w, s, at);
	for (unsigned k = 0; k < c->nops; k++)
		state_op(fl, s, &fl->ops[c->ops + k], at);
	if (other)
		s->reg[fl->arch->sp] = v_other();
	record_after(w, s, at);
	if (how == SWITCH_RETURNS)
		record_return(w, s, at, s->region, 0, LEAVES_TAIL);
	else if (how == SWITCH_GONE)
		return false;
	switch (c->flow) {
	case FLOW_JUMP:
		if (c->cond != COND_ALWAYS && plain)
			return walk_branch(w, s, at);
		walk_jump(w, s, at, c->target, c->targetmode);
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
