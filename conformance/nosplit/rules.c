/*
 * rules.c - what is wrong in the code that chains reach, and in stack checks.
 *
 * Depends on flow.c, graph.c and roots.c. Promises: nothing unknown inside of nosplit code
 * goes unreported: what the analysis could not see is a finding, not a number.
 */
#include "graph.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

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
	if (chain && !func_nosplit(s->callee))
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
			graph_reach(im, in, r->roots[i].f);
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

void rules_check(struct result *r)
{
	nosplit_code(r);
	checks(r);
}
