/*
 * rules.c - from depths to findings: which functions are roots, and what is wrong.
 *
 * Depends on flow.c, graph.c and region.c. Promises: nothing unknown inside of nosplit code
 * goes unreported: what the analysis could not see is a finding, not a number.
 */
#include "graph.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const struct ruleinfo rules[NRULES] = {
	[NS001] = { "NS001", "over budget", "A chain of nosplit functions needs more bytes than the stack check leaves. Shrink a frame of it, or let one of its functions check the stack." },
	[NS002] = { "NS002", "unresolved indirect call", "Nosplit code calls through a pointer, and nothing says whom. Say it in a note or an --assume file." },
	[NS003] = { "NS003", "recursion", "Nosplit code calls itself, so its depth has no bound. Let one of the functions check the stack." },
	[NS004] = { "NS004", "unbounded frame", "A frame of nosplit code has no bound: alloca, a variable-length array, a loop that pushes. Give it a fixed size." },
	[NS005] = { "NS005", "unknown frame", "The depth of nosplit code could not be followed. Say its frame in an --assume file, or mend the code." },
	[NS006] = { "NS006", "split in syscall status", "A function that may grow the stack can be reached between entering and leaving syscall status." },
	[NS007] = { "NS007", "check too small", "A stack check asks for less room than the function uses." },
	[NS008] = { "NS008", "CFI disagrees", "Call frame information says another place of the frame than the code does. Mend the .cfi_ directives." },
	[DV001] = { "DV001", "64-bit divide helper", "A division is done by a helper function, which may need any amount of stack. Divide without it." },
	[DV002] = { "DV002", "out-of-line helper", "The compiler calls a function by itself from nosplit code. Write it so that no call is needed." },
};

struct finding *finding_add(struct result *r, enum rule rule, struct func *f, addr pc, const char *fmt, ...)
{
	struct finding *e;
	va_list ap;
	char text[600];

	for (size_t i = 0; i < r->nfindings; i++)
		if (r->findings[i].rule == rule && r->findings[i].f == f && r->findings[i].pc == pc)
			return 0;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	r->findings = mem_grow(r->findings, r->nfindings, &r->capfindings, sizeof *r->findings);
	e = &r->findings[r->nfindings++];
	*e = (struct finding){ .rule = rule, .f = f, .pc = pc, .message = mem_dup(text) };
	return e;
}

static bool nosplit(const struct func *f)
{
	return f->kind == FUNC_NOSPLIT || f->kind == FUNC_LEAF || f->kind == FUNC_ASM;
}

/* ---- roots ---- */

static void entered(struct image *im, uint8_t *in)
{
	for (size_t i = 0; i < im->nfuncs; i++) {
		const struct func *f = im->funcs[i];
		for (unsigned k = 0; f->info && k < f->info->nsites; k++) {
			const struct site *s = &f->info->sites[k];
			if (!s->callee || s->callee == f)
				continue;
			in[s->callee->index] |= 1; /* somebody calls it */
			if (!nosplit(f) || s->other)
				in[s->callee->index] |= 2; /* from where a chain begins */
		}
	}
}

static bool is_root(const struct image *im, const struct func *f, uint8_t in, bool named)
{
	if (f->flags & FN_ROOT)
		return true;
	if (named || f->whole || f->flags & (FN_PLT | FN_EXTERNAL | FN_PART))
		return false;
	if (!im->hasnotes)
		return f->flags & FN_ENTRY || !(in & 1);
	return nosplit(f) && (!(in & 1) || in & 2 || f->flags & (FN_TAKEN | FN_ENTRY));
}

struct todo {
	struct func **f;
	size_t n, cap;
};

static void later(struct todo *t, const uint8_t *in, struct func *f)
{
	if (!f->info || in[f->index])
		return;
	t->f = mem_grow(t->f, t->n, &t->cap, sizeof *t->f);
	t->f[t->n++] = f;
}

/* What a chain from f counts. */
static void reach(const struct image *im, uint8_t *in, struct func *f)
{
	struct todo todo = { 0 };
	bool any = false;

	later(&todo, in, f);
	while (todo.n > 0) {
		f = todo.f[--todo.n];
		if (in[f->index])
			continue;
		in[f->index] = 1;
		for (unsigned i = 0; i < f->info->nsites; i++) {
			const struct site *s = &f->info->sites[i];
			if (!site_counts(f, s, graph_entry(f)))
				continue;
			if (s->callee)
				later(&todo, in, s->callee);
			if (!s->maysplit || any)
				continue;
			any = true;
			for (size_t k = 0; k < im->nfuncs; k++)
				if (im->funcs[k]->kind == FUNC_SPLIT)
					later(&todo, in, im->funcs[k]);
		}
	}
	free(todo.f);
}

static void add_root(struct result *r, size_t *cap, struct func *f)
{
	r->roots = mem_grow(r->roots, r->nroots, cap, sizeof *r->roots);
	r->roots[r->nroots++].f = f;
}

static void roots(struct result *r, bool named)
{
	struct image *im = r->image;
	uint8_t *in = mem_alloc(im->nfuncs + 1);
	struct func *worst = 0;
	size_t cap = 0;

	entered(im, in);
	for (size_t i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];
		if (!f->info)
			continue;
		if (f->kind == FUNC_SPLIT && !(f->flags & FN_ROOT)) {
			/* All of them are entered with the same room: the worst stands for all that is known. */
			if (named)
				continue;
			if (!known(f->info->total[1].used))
				add_root(r, &cap, f);
			else if (!worst || f->info->total[1].used > worst->info->total[1].used)
				worst = f;
			continue;
		}
		if (is_root(im, f, in[i], named))
			add_root(r, &cap, f);
	}
	if (worst)
		add_root(r, &cap, worst);
	/* A circle of functions that nobody calls but each other: enter it anywhere. In the second
	 * round, circles of jumps alone: that is no recursion. */
	memset(in, 0, im->nfuncs);
	for (size_t i = 0; i < r->nroots; i++)
		reach(im, in, r->roots[i].f);
	for (size_t k = 0; k < 2 * im->nfuncs && !named; k++) {
		size_t i = k % im->nfuncs;
		struct func *f = im->funcs[i];
		if (!f->info || in[i] || (k < im->nfuncs && !f->info->total[0].recursive) || f->whole ||
		    f->flags & (FN_PLT | FN_EXTERNAL | FN_PART) || (im->hasnotes && !nosplit(f)))
			continue;
		add_root(r, &cap, f);
		reach(im, in, f);
	}
	for (size_t i = 0; i < r->nroots; i++) {
		struct func *f = r->roots[i].f;
		r->roots[i].worst = chain_from(im, f, f->limit > 0 ? f->limit : r->limit);
	}
	free(in);
}

/* ---- budgets ---- */

static bool over(const struct chain *c)
{
	return c->limit >= 0 && (known(c->used) ? c->used : c->atleast) > c->limit;
}

static int64_t least(const struct chain *c)
{
	return known(c->used) ? c->used : c->atleast;
}

static struct chain copy(const struct chain *c)
{
	struct chain d = *c;

	d.steps = mem_alloc((c->nsteps + 1) * sizeof *d.steps);
	memcpy(d.steps, c->steps, c->nsteps * sizeof *d.steps);
	return d;
}

static void advise(struct result *r, struct finding *e)
{
	const struct chain *c = &e->chain;

	for (unsigned i = 0; i < c->nsteps; i++)
		if (c->steps[i].biggest)
			e->shrink = c->steps[i].f;
	e->shrinkby = least(c) - c->limit;
	for (size_t k = 0; k < r->nroots; k++) {
		const struct chain *o = &r->roots[k].worst;
		bool through = false;
		for (unsigned i = 0; i < o->nsteps; i++)
			through |= o->steps[i].f == e->shrink;
		if (through && over(o) && least(o) - o->limit <= e->shrinkby)
			e->fixes++;
	}
}

static void overflow(struct result *r, struct func *root, struct chain c)
{
	int64_t used = least(&c);
	struct finding *e = finding_add(r, NS001, root, c.nsteps ? c.steps[c.nsteps - 1].pc : root->start,
					"nosplit stack overflow: %s%lld of %lld bytes, %lld over", known(c.used) ? "" : "at least ",
					(long long)used, (long long)c.limit, (long long)(used - c.limit));
	if (e) {
		e->chain = c;
		advise(r, e);
	} else {
		free(c.steps);
	}
}

/* Every way from a root that is over, not the worst alone. */
struct paths {
	struct result *r;
	struct func *root;
	struct step step[128];
	unsigned found;
};

enum { MaxPaths = 200 };

static void walk(struct paths *p, struct func *f, unsigned n, int64_t used, int64_t call, int64_t limit)
{
	const struct info *in = f->info;
	bool entry = graph_entry(f);
	int64_t own;

	if (!in || n + 1 >= nelem(p->step) || p->found >= MaxPaths || in->total[entry].recursive)
		return;
	own = entry ? in->slowdeepest : in->deepest;
	p->step[n] = (struct step){ .f = f, .pc = entry ? in->slowdeepestpc : in->deepestpc, .uses = own, .call = call, .split = entry };
	if (known(own) && used + call + own > limit) {
		struct chain c = { .limit = limit, .used = used + call + own, .nsteps = n + 1, .quality = in->quality };
		c.steps = p->step;
		c = copy(&c);
		chain_close(&c);
		p->found++;
		overflow(p->r, p->root, c);
	}
	for (unsigned i = 0; i < in->nsites; i++) {
		const struct site *s = &in->sites[i];
		if (!site_counts(f, s, entry) || !s->callee || !s->callee->info || !known(s->hi))
			continue;
		int64_t below = used + call + s->hi;
		if (below + site_call(p->r->image, s) + s->callee->info->total[graph_entry(s->callee)].atleast <= limit)
			continue;
		p->step[n].pc = s->pc;
		p->step[n].uses = s->hi;
		walk(p, s->callee, n + 1, below, site_call(p->r->image, s), limit);
	}
}

static void budgets(struct result *r, bool allpaths)
{
	for (size_t i = 0; i < r->nroots; i++) {
		struct root *root = &r->roots[i];
		if (!over(&root->worst))
			continue;
		if (!allpaths) {
			overflow(r, root->f, copy(&root->worst));
			continue;
		}
		struct paths p = { .r = r, .root = root->f };
		walk(&p, root->f, 0, 0, r->image->arch->callsize, root->worst.limit);
	}
}

/* ---- nosplit code: what is reached from the roots ---- */

/* kinds: of each function, as far as it was asked; 0xff: not yet. */
static void helper(struct result *r, uint8_t *kinds, struct func *f, const struct site *s, bool chain)
{
	const char *name;
	uint8_t *kind = &kinds[s->callee->index];
	enum helper h = *kind == 0xff ? helper_of(s->callee, &name) : *kind;
	bool wide = r->image->arch->ptrsize == 8;

	*kind = (uint8_t)h;
	if (h == HELPER_NONE || s->callee == f)
		return;
	helper_of(s->callee, &name);
	if ((h == HELPER_DIV64 && !wide) || h == HELPER_DIV128) {
		if (chain || f->kind != FUNC_UNKNOWN)
			finding_add(r, DV001, f, s->pc, "%s is called%s", name, chain ? " from nosplit code" : "");
		return;
	}
	/* A function of that name that the program declares nosplit is proved like any other. */
	if (chain && !nosplit(s->callee))
		finding_add(r, DV002, f, s->pc, "%s is called from nosplit code", name);
}

static void inspect(struct result *r, struct func *f)
{
	const struct info *in = f->info;
	bool entry = graph_entry(f);
	int64_t own = entry ? in->slowdeepest : in->deepest;
	struct finding *e;

	if (f->flags & FN_EXTERNAL)
		return; /* whoever calls it is told */
	for (unsigned i = 0; i < in->nsites; i++) {
		const struct site *s = &in->sites[i];
		if (!site_counts(f, s, entry))
			continue;
		if (!s->callee && (!s->maysplit || !graph_splits(r->image))) {
			e = finding_add(r, NS002, f, s->pc, "nobody knows whom %s %s here", f->name,
					s->kind == SITE_IJUMP ? "jumps to" : "calls");
			if (e)
				e->hint = mem_fmt("Say it: in the program by a note, or in an --assume file: calls %s+0x%llx -> NAME",
						  f->name, (unsigned long long)(s->pc - f->start));
		} else if (s->callee && (!s->callee->info || (s->callee->flags & FN_EXTERNAL && !known(s->callee->info->deepest)))) {
			finding_add(r, NS005, s->callee, s->pc, "%s is not in this image: its frame is unknown", s->callee->name);
		}
		if (s->hi == UNBOUNDED)
			finding_add(r, NS004, f, s->pc, "%s: %s", f->name, in->why ? in->why : "the depth at this call has no bound");
	}
	if (in->total[entry].recursive)
		finding_add(r, NS003, f, f->start, "%s calls itself, directly or through others", f->name);
	if (own == UNBOUNDED)
		finding_add(r, NS004, f, in->whypc ? in->whypc : f->start, "%s: %s", f->name, in->why ? in->why : "its frame has no bound");
	if (in->quality == Q_UNKNOWN)
		finding_add(r, NS005, f, in->whypc, "%s: %s", f->name, in->why);
}

static void nosplit_code(struct result *r)
{
	struct image *im = r->image;
	uint8_t *in = mem_alloc(im->nfuncs + 1), *kinds = mem_alloc(im->nfuncs + 1);

	memset(kinds, 0xff, im->nfuncs);
	for (size_t i = 0; i < r->nroots; i++)
		if (r->roots[i].worst.limit >= 0)
			reach(im, in, r->roots[i].f);
	for (size_t i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];
		if (!f->info)
			continue;
		if (in[i])
			inspect(r, f);
		for (unsigned k = 0; k < f->info->nsites; k++)
			if (f->info->sites[k].callee)
				helper(r, kinds, f, &f->info->sites[k], in[i] && site_counts(f, &f->info->sites[k], graph_entry(f)));
		if (f->info->ncfi > 0 && (in[i] || f->kind != FUNC_UNKNOWN)) {
			const struct disagreement *d = &f->info->cfi[0];
			finding_add(r, NS008, f, d->pc, "CFI puts the frame of %s %lld bytes above the register, the code %lld%s", f->name,
				    (long long)d->expected, (long long)d->found, f->info->ncfi > 1 ? ", and so on" : "");
		}
	}
	free(kinds);
	free(in);
}

/* ---- checks of splitting functions ---- */

static void checks(struct result *r)
{
	struct image *im = r->image;

	for (size_t i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];
		const struct info *in = f->info;
		if (!in || f->kind != FUNC_SPLIT)
			continue;
		if (!in->hascheck)
			finding_add(r, NS007, f, f->start, "%s is marked as one that checks the stack, and there is no check", f->name);
		else if (im->small >= 0 && known(in->frame) && in->frame > in->checked + im->small)
			finding_add(r, NS007, f, in->checkpc, "the check of %s leaves %lld bytes, its frame takes %lld", f->name,
				    (long long)(in->checked + im->small), (long long)in->frame);
		else if (im->small >= 0 && !known(in->frame))
			finding_add(r, NS007, f, in->checkpc, "the check of %s leaves %lld bytes, its frame is %s", f->name,
				    (long long)(in->checked + im->small), in->frame == UNBOUNDED ? "without a bound" : "unknown");
	}
}

/* ---- all of it ---- */

static void count(struct result *r)
{
	struct image *im = r->image;

	for (size_t i = 0; i < im->nfuncs; i++) {
		const struct info *in = im->funcs[i]->info;
		r->nfuncs++;
		if (!in)
			continue;
		r->analyzed++;
		r->ninsns += in->insns;
		r->undecoded += in->undecoded;
		r->ncallsites += in->callsites;
		r->nunknownsites += in->unknownsites;
		r->ndynamicsites += in->dynamicsites;
		r->cfichecked += in->cfichecked;
		r->cfibad += in->ncfi;
		r->exact += in->quality == Q_EXACT;
		r->bound += in->quality == Q_BOUND;
		r->unknown += in->quality == Q_UNKNOWN;
		for (unsigned k = 0; k < in->nsites; k++) {
			bool indirect = in->sites[k].kind == SITE_ICALL || in->sites[k].kind == SITE_IJUMP;
			r->nindirect += indirect;
			r->nunresolved += indirect && !in->sites[k].callee && !in->sites[k].maysplit && !in->sites[k].other;
		}
	}
}

static int order(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (x->f->start != y->f->start)
		return x->f->start < y->f->start ? -1 : 1;
	return x->pc < y->pc ? -1 : x->pc > y->pc;
}

static void named_roots(struct image *im, const struct request *q)
{
	char err[256];

	for (unsigned i = 0; i < q->nroots; i++) {
		struct func *f = func_named(im, q->roots[i], err);
		if (!f)
			fatal("--root %s: %s", q->roots[i], err);
		f->flags |= FN_ROOT;
	}
}

/* Where a lazy analysis starts: whatever may be a root, callers being unknown. */
static struct func **starts(struct image *im, bool named, size_t *n)
{
	struct func **s = mem_alloc((im->nfuncs + 1) * sizeof *s);

	*n = 0;
	for (size_t i = 0; i < im->nfuncs; i++) {
		struct func *f = im->funcs[i];
		bool start = f->flags & FN_ROOT || (!named && (im->hasnotes ? f->kind != FUNC_UNKNOWN : (f->flags & FN_ENTRY) != 0));
		if (start && !f->whole && !(f->flags & FN_EXTERNAL))
			s[(*n)++] = f;
	}
	return s;
}

struct result *analyze(struct image *im, const struct request *q)
{
	struct result *r = mem_alloc(sizeof *r);
	struct timespec t0, t1;
	struct func **first;
	size_t n;

	clock_gettime(CLOCK_MONOTONIC, &t0);
	r->image = im;
	r->label = q->label ? q->label : im->path;
	r->limit = q->limit >= 0 ? q->limit : im->limit;
	if (q->assume)
		assume_read(im, q->assume);
	named_roots(im, q);
	if (q->lazy) {
		first = starts(im, q->nroots > 0, &n);
		flow_from(im, first, n);
		free(first);
	} else {
		flow_all(im);
	}
	graph_totals(im);
	roots(r, q->nroots > 0);
	budgets(r, q->allpaths);
	nosplit_code(r);
	checks(r);
	region_check(r);
	if (r->nfindings > 1)
		qsort(r->findings, r->nfindings, sizeof *r->findings, order);
	r->nnew = r->nfindings;
	if (q->assume)
		assume_check(im);
	count(r);
	clock_gettime(CLOCK_MONOTONIC, &t1);
	r->seconds = (double)(t1.tv_sec - t0.tv_sec) + (double)(t1.tv_nsec - t0.tv_nsec) / 1e9;
	return r;
}

void analyze_more(struct image *im, struct func *f)
{
	flow_from(im, &f, 1);
	graph_totals(im);
}

void result_free(struct result *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->nroots; i++)
		free(r->roots[i].worst.steps);
	for (size_t i = 0; i < r->nfindings; i++) {
		free(r->findings[i].message);
		free(r->findings[i].hint);
		free(r->findings[i].chain.steps);
	}
	free(r->roots);
	free(r->findings);
	free(r);
}
