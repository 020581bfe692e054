/*
 * join.c - states that meet, and the packed form in which blocks keep theirs.
 *
 * Depends on state.c. Promises: joining ends. An sp that keeps growing in a loop loses its
 * bound, unless a register holds the place where the loop ends (a probe of pages).
 */
#include "flow.h"

#include <string.h>

enum { PhiBit = 1u << 31 };

struct packed {
	uint8_t phase, region;
	int8_t exempt;
	unsigned nslots;
	uint64_t open; /* bit r: what register r holds nobody knows, it has the name of this place */
	struct slot *slot;
	struct value reg[]; /* behind them the slots */
};

static int64_t gcd(int64_t a, int64_t b)
{
	while (b) {
		int64_t r = a % b;
		a = b;
		b = r;
	}
	return a < 0 ? -a : a;
}

static struct value rebase(const struct flow *fl, struct value v)
{
	int64_t hi, lo;

	if (v.origin == 0)
		return v;
	base_depth(fl, &v, &hi, &lo);
	v.origin = 0;
	v.lo = hi == UNBOUNDED ? NEG_INF : -hi;
	v.hi = -lo;
	v.stride = v.lo != v.hi;
	return v;
}

static struct value joinsp(const struct flow *fl, struct value a, struct value b, uint32_t phi)
{
	struct value v = a;
	int64_t stride;

	if (a.origin != b.origin) {
		a = rebase(fl, a);
		b = rebase(fl, b);
		v = a;
	}
	v.lo = a.lo < b.lo ? a.lo : b.lo;
	v.hi = a.hi > b.hi ? a.hi : b.hi;
	stride = gcd(gcd(a.stride, b.stride), a.hi - b.hi);
	if (a.lo == NEG_INF || b.lo == NEG_INF)
		stride = stride ? stride : 1;
	else
		stride = gcd(stride, a.lo - b.lo);
	v.stride = stride > INT32_MAX ? 1 : (int32_t)stride;
	v.addend = v.lo == v.hi ? 0 : phi;
	return v;
}

/* What holds for a and for b; an unknown number gets the name phi. */
static struct value joined(const struct flow *fl, const struct value *a, const struct value *b, uint32_t phi)
{
	struct value v;

	if (v_same(a, b))
		return *a;
	if (a->kind == V_SP && b->kind == V_SP)
		return joinsp(fl, *a, *b, phi);
	if (a->kind == V_OTHER || b->kind == V_OTHER) {
		/* In place or not: what is not the other stack counts with its own depth. */
		if (a->kind == V_SP)
			return *a;
		if (b->kind == V_SP)
			return *b;
		return v_top();
	}
	if (a->kind == V_RANGE && b->kind == V_RANGE && a->base == b->base && a->stride == b->stride && a->size == b->size) {
		v = *a;
		v.addend = phi;
		v.lo = a->lo < b->lo ? a->lo : b->lo;
		v.hi = a->hi > b->hi ? a->hi : b->hi;
		return v;
	}
	if (!phi)
		return v_top();
	choice_add(fl, phi, a);
	choice_add(fl, phi, b);
	return v_sym(phi);
}

static uint32_t phiname(uint32_t at, unsigned r)
{
	return PhiBit | (at * 64 + r);
}

/* The name for what v is, or in loops anything. */
static struct value renamed(const struct flow *fl, uint32_t at, unsigned r, const struct value *v)
{
	choice_add(fl, phiname(at, r), v);
	return v_sym(phiname(at, r));
}

/* Whatever comes around the check has not passed it: the way that callers pay for counts. */
static uint8_t joinphase(uint8_t a, uint8_t b)
{
	if (a != b && a >= PHASE_MORE && b >= PHASE_MORE)
		return PHASE_SLOW;
	return a < b ? a : b;
}

struct packed *packed_new(struct flow *fl, const struct state *s)
{
	size_t regs = fl->arch->nregs * sizeof s->reg[0], slots = s->nslots * sizeof s->slot[0];
	struct packed *p = pool_alloc(&fl->pool, sizeof *p + regs + slots);

	p->slot = (struct slot *)(p->reg + fl->arch->nregs);
	p->phase = s->phase;
	p->region = s->region;
	p->exempt = s->exempt;
	p->nslots = s->nslots;
	p->open = 0;
	memcpy(p->reg, s->reg, regs);
	memcpy(p->slot, s->slot, slots);
	return p;
}

void packed_load(const struct flow *fl, const struct packed *p, struct state *s)
{
	memcpy(s->reg, p->reg, fl->arch->nregs * sizeof s->reg[0]);
	memcpy(s->slot, p->slot, p->nslots * sizeof s->slot[0]);
	s->nslots = p->nslots;
	s->phase = p->phase;
	s->region = p->region;
	s->exempt = p->exempt;
	s->compared = false;
}

/* Worth to be followed through a loop although something writes to its register. */
static bool lasting(const struct value *v)
{
	return v->kind == V_SP || v->kind == V_OTHER || (v->kind == V_CONST && v->lo >= 4096) /* an address */ ||
	       v->kind == V_TABLE; /* the next place that an interpreter of instructions goes to */
}

/* Its value at entry is wanted again at the end. */
static bool kept_by_abi(const struct flow *fl, unsigned r)
{
	return r == fl->arch->lr || (fl->arch->preserved >> r & 1);
}

static bool same_place(const struct slot *a, const struct slot *b)
{
	return a->off == b->off && a->origin == b->origin;
}

/* Slot i is one of those that stay. */
static void keep(struct packed *p, unsigned *kept, unsigned i)
{
	if (*kept != i)
		p->slot[*kept] = p->slot[i];
	++*kept;
}

void packed_meet(const struct flow *fl, struct packed *p, uint32_t at, uint64_t changes)
{
	unsigned n = fl->arch->nregs, kept = 0;

	for (unsigned r = 0; r < n; r++) {
		const struct value *v = &p->reg[r];
		bool kept_entry = v->kind == V_SYM && v->id < FirstSym && kept_by_abi(fl, r);
		if (lasting(v) || (kept_entry && !(changes >> r & 1)))
			continue;
		p->reg[r] = renamed(fl, at, r, v);
		p->open |= (uint64_t)1 << r;
	}
	for (unsigned i = 0; i < p->nslots; i++) {
		const struct value *v = &p->slot[i].v;
		if (lasting(v) || (v->kind == V_SYM && v->id < FirstSym))
			keep(p, &kept, i);
	}
	p->nslots = kept;
}

/* sp keeps growing around a loop: bounded by where a register says that it ends, if one does. */
static void widen(const struct flow *fl, const struct state *s, struct value *v)
{
	int64_t best = NEG_INF;

	for (unsigned r = 0; r < fl->arch->nregs; r++) {
		const struct value *c = &s->reg[r];
		if (v_exact(c) && c->origin == v->origin && v->stride > 0 && c->lo + v->stride <= v->lo &&
		    (v->hi - c->lo) % v->stride == 0 && c->lo + v->stride > best)
			best = c->lo + v->stride;
	}
	v->lo = best;
}

/* A pointer that walks up through the frame: the same. False if no register says it. */
static bool widen_up(const struct flow *fl, const struct state *s, struct value *v)
{
	int64_t best = INT64_MAX;

	for (unsigned r = 0; r < fl->arch->nregs; r++) {
		const struct value *c = &s->reg[r];
		if (v_exact(c) && c->origin == v->origin && v->stride > 0 && c->lo - v->stride >= v->hi &&
		    (c->lo - v->hi) % v->stride == 0 && c->lo - v->stride < best)
			best = c->lo - v->stride;
	}
	if (best == INT64_MAX)
		return false;
	v->hi = best;
	return true;
}

/* Register r, which comes there as s has it; false: nothing changes. */
static bool join_reg(const struct flow *fl, struct packed *p, const struct state *s, uint32_t at, unsigned r, bool wide)
{
	struct value v;

	if (p->open >> r & 1 && s->reg[r].kind != V_OTHER) {
		choice_add(fl, phiname(at, r), &s->reg[r]);
		return false;
	}
	if (v_same(&p->reg[r], &s->reg[r]))
		return false;
	v = joined(fl, &p->reg[r], &s->reg[r], phiname(at, r));
	if (v_same(&v, &p->reg[r]))
		return false;
	if (v.kind == V_SP && wide) {
		if (v.lo != p->reg[r].lo)
			widen(fl, s, &v);
		if (v.hi != p->reg[r].hi && widen_up(fl, s, &v)) {
			;
		} else if (v.hi != p->reg[r].hi && r != fl->arch->sp && v.lo == p->reg[r].lo) {
			/* It goes up through an array, which ends before what is private. */
			v = renamed(fl, at, r, 0);
		} else if (v.hi != p->reg[r].hi) { /* nor does it rise above where it was at entry */
			v = rebase(fl, v);
			if (v.hi > 0)
				v = renamed(fl, at, r, 0);
			else
				v.hi = 0;
		}
	} else if (v.kind == V_RANGE && wide) {
		v = renamed(fl, at, r, 0);
	}
	if (v_same(&v, &p->reg[r]))
		return false;
	p->reg[r] = v;
	if (v.kind == V_SYM && v.id == phiname(at, r) && v.lo == 0)
		p->open |= (uint64_t)1 << r;
	else
		p->open &= ~((uint64_t)1 << r);
	return true;
}

bool packed_join(const struct flow *fl, struct packed *p, const struct state *s, uint32_t at, bool wide)
{
	uint64_t regs = ((uint64_t)1 << fl->arch->nregs) - 1;
	unsigned kept = 0;
	bool changed = false;

	/* What nobody knows stays so, whatever it is joined with, unless that is on another stack. */
	if (!fl->choices && !fl->info->switches)
		regs &= ~p->open;
	for (; regs; regs &= regs - 1)
		changed |= join_reg(fl, p, s, at, (unsigned)__builtin_ctzll(regs), wide);
	/* Mostly they are copies of each other; if only the padding differs, the loop finds that out. */
	if (s->nslots >= p->nslots && memcmp(p->slot, s->slot, p->nslots * sizeof *p->slot) == 0)
		kept = p->nslots;
	for (unsigned i = kept; i < p->nslots; i++) {
		const struct slot *o = &p->slot[i];
		unsigned j = i; /* mostly they are in the same order */
		if (j >= s->nslots || !same_place(&s->slot[j], o))
			for (j = 0; j < s->nslots && !same_place(&s->slot[j], o); j++)
				;
		if (j < s->nslots && v_same(&o->v, &s->slot[j].v))
			keep(p, &kept, i);
		else
			changed = true;
	}
	p->nslots = kept;
	if (joinphase(p->phase, s->phase) != p->phase || (p->region | s->region) != p->region || s->exempt < p->exempt)
		changed = true;
	p->phase = joinphase(p->phase, s->phase);
	p->region |= s->region;
	if (s->exempt < p->exempt)
		p->exempt = s->exempt;
	return changed;
}

/* As an assignment, without the room that is not used. */
void state_copy(const struct flow *fl, struct state *to, const struct state *from)
{
	memcpy(to->reg, from->reg, fl->arch->nregs * sizeof to->reg[0]);
	memcpy(to->slot, from->slot, from->nslots * sizeof to->slot[0]);
	to->reg[Tmp0] = from->reg[Tmp0];
	to->reg[Tmp1] = from->reg[Tmp1];
	to->nslots = from->nslots;
	to->compared = from->compared;
	to->cmpsize = from->cmpsize;
	to->cmpa = from->cmpa;
	to->cmpb = from->cmpb;
	to->phase = from->phase;
	to->region = from->region;
	to->exempt = from->exempt;
}

void state_join(const struct flow *fl, struct state *s, const struct state *t, uint32_t at)
{
	unsigned kept = 0;

	for (unsigned r = 0; r < fl->arch->nregs; r++)
		s->reg[r] = joined(fl, &s->reg[r], &t->reg[r], phiname(at, r));
	for (unsigned i = 0; i < s->nslots; i++)
		for (unsigned j = 0; j < t->nslots; j++)
			if (s->slot[i].off == t->slot[j].off && s->slot[i].origin == t->slot[j].origin &&
			    v_same(&s->slot[i].v, &t->slot[j].v)) {
				s->slot[kept++] = s->slot[i];
				break;
			}
	s->nslots = kept;
	s->compared = false;
	s->phase = joinphase(s->phase, t->phase);
	s->region |= t->region;
	if (t->exempt < s->exempt)
		s->exempt = t->exempt;
}
