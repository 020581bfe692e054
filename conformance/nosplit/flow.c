/*
 * flow.c - follows sp through functions until nothing changes any more.
 *
 * Depends on code.c, join.c and block.c. Promises: the states at the heads of blocks are a
 * fixpoint before anything is recorded (record.c), so what is recorded holds on every path;
 * callers are done again until what they assumed of their callees is what was found.
 */
#include "walk.h"

#include <stdlib.h>

enum { WidenAfter = 6, MaxRounds = 12, MaxSettle = 1000, MaxRuns = 6 };

unsigned flow_nest;

static bool before(const struct flow *fl, uint32_t a, uint32_t b)
{
	return fl->code[a].pc < fl->code[b].pc;
}

/* In the order of addresses most blocks are walked once, after all that leads to them. */
void flow_queue(struct flow *fl, uint32_t i)
{
	size_t k;

	if (fl->code[i].queued)
		return;
	fl->code[i].queued = true;
	fl->work = mem_grow(fl->work, fl->nwork, &fl->capwork, sizeof *fl->work);
	for (k = fl->nwork++; k > 0 && before(fl, i, fl->work[(k - 1) / 2]); k = (k - 1) / 2)
		fl->work[k] = fl->work[(k - 1) / 2];
	fl->work[k] = i;
}

static uint32_t dequeue(struct flow *fl)
{
	uint32_t first = fl->work[0], last = fl->work[--fl->nwork];
	size_t k = 0, child;

	for (; (child = 2 * k + 1) < fl->nwork; k = child) {
		if (child + 1 < fl->nwork && before(fl, fl->work[child + 1], fl->work[child]))
			child++;
		if (!before(fl, fl->work[child], last))
			break;
		fl->work[k] = fl->work[child];
	}
	fl->work[k] = last;
	fl->code[first].queued = false;
	return first;
}

/* What the loop from leader i to its last jump back writes, as far as it was decoded in one go:
 * the rest is found round by round. */
static uint64_t loop_changes(const struct flow *fl, uint32_t i)
{
	uint64_t changes = 0;

	for (size_t k = i; k < fl->ncode && fl->code[k].pc >= fl->code[i].pc && fl->code[k].pc <= fl->code[i].loopend; k++)
		changes |= fl->code[k].changes;
	return changes;
}

/* Control may come to instruction i with state s. */
void walk_propagate(struct flow *fl, uint32_t i, const struct state *s)
{
	struct code *c = &fl->code[i];

	if (!c->in) {
		c->in = packed_new(fl, s);
		if (c->ways > 1)
			packed_meet(fl, c->in, i, c->loopend ? loop_changes(fl, i) : 0);
		flow_queue(fl, i);
		return;
	}
	if (packed_join(fl, c->in, s, i, c->joins > WidenAfter)) {
		if (c->joins < UINT8_MAX)
			c->joins++;
		flow_queue(fl, i);
	}
}

/* ---- one function, all of them ---- */

static void solve(struct walk *w, uint32_t entry)
{
	struct flow *fl = w->fl;

	for (unsigned round = 0; round < MaxRounds; round++) {
		fl->restart = false;
		fl->nwork = 0;
		pool_clear(&fl->pool);
		for (size_t i = 0; round > 0 && i < fl->ncode; i++) {
			fl->code[i].in = 0;
			fl->code[i].joins = 0;
			fl->code[i].queued = false;
			fl->code[i].runs = 0;
		}
		record_clear(w);
		fl->begun = true;
		state_entry(fl, &w->now);
		walk_propagate(fl, entry, &w->now);
		while (fl->nwork > 0)
			walk_block(w, dequeue(fl));
		if (!fl->restart)
			break;
	}
	if (fl->restart) { /* the last round was not the last one */
		fl->info->quality = Q_UNKNOWN;
		fl->info->why = "its code is too entangled to be followed";
		fl->info->whypc = fl->f->start;
	}
}

/* Those that are not used now: there is one for each function that is being analyzed. */
static struct walk *spare;

static struct walk *walk_new(struct image *im, struct func *f)
{
	struct walk *w = spare;

	if (w) {
		spare = w->next;
	} else {
		w = mem_alloc(sizeof *w);
		w->fl = mem_alloc(sizeof *w->fl);
	}
	w->fl->image = im;
	w->fl->arch = im->arch;
	w->fl->f = f;
	code_start(w->fl);
	return w;
}

static void walk_done(struct walk *w)
{
	pool_clear(&w->fl->pool);
	w->next = spare;
	spare = w;
}

static void free_spare(void)
{
	while (spare) {
		struct walk *w = spare;
		spare = w->next;
		code_free(w->fl);
		free(w->fl);
		free(w);
	}
}

void flow_func(struct image *im, struct func *f)
{
	struct walk *w = walk_new(im, f);
	struct flow *fl = w->fl;
	struct info *in = mem_alloc(sizeof *in), *found = mem_alloc(sizeof *found);
	uint32_t entry;
	unsigned runs = 0;
	bool again;

	flow_nest++;
	fl->info = found;
	/* What callers that come across f on its way down assume. */
	*in = (struct info){ .exitregion = REGION_SAME, .thunkreg = NoReg, .switches = im->switches && f->kind != FUNC_SPLIT };
	again = f->info != 0;
	if (f->info) {
		in->returns = f->info->returns;
		in->exitregion = f->info->exitregion;
		in->thunkreg = f->info->thunkreg;
		in->pops = f->info->pops;
		in->switches = f->info->switches;
		runs = f->info->runs;
		free(f->info->sites);
		free(f->info->cfi);
		free(f->info->chosen);
		free(f->info);
	}
	f->info = in;
	choices_open(fl);
	entry = code_at(fl, f->start, f->mode);
	if (entry != NoInsn) {
		if (!again)
			in->returns = code_may_return(fl);
		solve(w, entry);
		record_all(w);
	}
	found->runs = (uint8_t)(runs + (runs < UINT8_MAX));
	if (runs > MaxRuns && found->pops != in->pops)
		found->pops = UNKNOWN;
	free(in);
	f->info = found;
	choices_close(fl);
	walk_done(w);
	assume_apply(f);
	flow_nest--;
}

/* Does a callee have another effect than was assumed? */
static bool outdated(const struct info *in)
{
	for (unsigned k = 0; k < in->nsites; k++)
		if (in->sites[k].callee && in->sites[k].effect != effect_of(in->sites[k].callee))
			return true;
	return false;
}

/* Callers whose assumptions did not hold are done again. A function that was thought to
 * return may turn out not to, never the other way round, and what a return pops is given up
 * if it changes again and again (flow_func), so that this ends. */
static void settle(struct image *im)
{
	for (unsigned round = 0; round < MaxSettle; round++) {
		bool again = false;
		for (size_t i = 0; i < im->nfuncs; i++) {
			struct func *f = im->funcs[i];
			if (!f->info)
				continue;
			if (outdated(f->info)) {
				again = true;
				flow_func(im, f);
			}
		}
		if (!again)
			break;
	}
	marks_free(im);
	free_spare();
}

/* The first address of f that is no nop: landing pads begin with one, whose row is made up. */
static addr first_work(const struct image *im, const struct func *f)
{
	struct insn in;
	addr a = f->start;

	while (a < f->end) {
		size_t n = 0;
		const uint8_t *p = image_bytes(im, a, &n);
		in.flow = FLOW_NEXT;
		in.nops = 0;
		if (!p || !im->arch->decode(im->decoder, a, p, n, f->mode, &in) || in.len == 0 || in.nops > 0 || in.flow != FLOW_NEXT)
			break;
		a += in.len;
	}
	return a < f->end ? a : f->start;
}

/* Cold parts that have lost their symbols: their CFI begins with a frame that is there already. */
static void find_parts(struct image *im)
{
	for (size_t i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];
		size_t n;
		if (f->origin != FROM_CFI || f->flags & FN_ENTRY)
			continue;
		addr a = first_work(im, f);
		struct cfirow *rows = image_cfi(im, a, a + 1, &n);
		if (rows && n > 0 && rows[0].reg >= 0 && (rows[0].reg != im->arch->sp || rows[0].off != im->arch->callsize))
			f->flags |= FN_PART;
		free(rows);
	}
}

void flow_all(struct image *im)
{
	bool more = true;

	find_parts(im);

	/* Calls add functions that no symbol names. */
	while (more) {
		more = false;
		for (size_t i = 0; i < im->nfuncs; i++) {
			struct func *f = im->funcs[i];
			if (f->info || f->flags & (FN_EXTERNAL | FN_PART) || f->whole)
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
	bool any = false; /* the callee is any function that splits */

	find_parts(im);

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
		for (unsigned k = 0; k < f->info->nsites; k++) {
			const struct site *s = &f->info->sites[k];
			if (s->callee && !s->callee->reached) {
				todo = mem_grow(todo, ntodo, &cap, sizeof *todo);
				todo[ntodo++] = s->callee;
			}
			for (size_t j = 0; s->maysplit && !any && j < im->nfuncs; j++)
				if (im->funcs[j]->kind == FUNC_SPLIT) {
					todo = mem_grow(todo, ntodo, &cap, sizeof *todo);
					todo[ntodo++] = im->funcs[j];
				}
			any |= s->maysplit;
		}
	}
	free(todo);
	settle(im);
}
