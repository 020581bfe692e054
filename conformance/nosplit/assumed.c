/*
 * assumed.c - what the user said of functions, against what the code says.
 *
 * assume.c has read it. A frame takes the place of what the analysis could not find; when all is
 * done, a statement that nobody needed, or that turned out to be wrong, ends the run.
 */
#include "user.h"

#include <stdlib.h>

/* Its own depth is known, it calls nobody: an assumption can only be wrong or superfluous. */
static bool leaf(const struct info *i)
{
	return i->quality == Q_EXACT && known(i->deepest) && i->nsites == 0;
}

void assume_apply(struct func *f)
{
	struct assumed *a = f->assumed;
	struct info *i = f->info;

	if (a == NULL || (i == NULL && !(f->flags & (FN_EXTERNAL | FN_PLT))) || (a->frame < 0 && !a->noreturn))
		return;
	if (i == NULL) {
		i = f->info = mem_alloc(sizeof *i);
		i->quality = Q_UNKNOWN;
		i->deepest = i->slowdeepest = i->frame = UNKNOWN;
		i->returns = !(f->flags & FN_STOPS);
		i->exitregion = REGION_SAME;
		i->thunkreg = NoReg;
		i->why = "it is not in this image: its frame is unknown";
	}
	if (a->noreturn && i->returns) {
		a->noreturnused = true;
		i->returns = false;
	}
	/* One that is too small stays unused, and is found to be contradicted at the end. */
	if (a->frame >= 0 && !leaf(i) && !(known(i->deepest) && i->deepest > a->frame)) {
		a->frameused = true;
		a->nsites = i->nsites;
		a->deepest = i->deepest;
		i->deepest = i->slowdeepest = i->frame = a->frame;
		i->deepestpc = i->slowdeepestpc = f->start;
		i->quality = Q_BOUND;
		i->nsites = 0;
		i->why = NULL;
	}
}

static unsigned sites(const struct func *f)
{
	return f->info == NULL ? 0 : f->assumed != NULL && f->assumed->frameused ? f->assumed->nsites : f->info->nsites;
}

/* Some path of calls leads from f to target. */
static bool reaches(const struct func *f, const struct func *target, bool *seen)
{
	unsigned i;

	for (i = 0; i < sites(f); i++) {
		const struct func *callee = f->info->sites[i].callee;

		if (callee == target)
			return true;
		if (callee == NULL || seen[callee->index])
			continue;
		seen[callee->index] = true;
		if (reaches(callee, target, seen))
			return true;
	}
	return false;
}

/* The code says all that the frame of f says: its own depth and, without recursion, its callees'. */
static bool superfluous(const struct image *im, const struct func *f)
{
	const struct assumed *a = f->assumed;
	bool *seen, recursive;
	unsigned i;

	if (f->info == NULL || f->flags & (FN_EXTERNAL | FN_PLT) || !known(a->deepest))
		return false;
	for (i = 0; i < a->nsites; i++) {
		const struct site *s = &f->info->sites[i];

		if (!known(s->hi) || s->callee == NULL || s->callee->info == NULL || !known(s->callee->info->total[s->callee->kind == FUNC_SPLIT].used))
			return false;
	}
	seen = mem_alloc(im->nfuncs + 1);
	recursive = reaches(f, f, seen);
	free(seen);
	return !recursive;
}

void assume_check(const struct image *im)
{
	const struct assume *a = im->assume;
	size_t i, k;

	for (i = 0; a != NULL && i < a->n; i++) {
		const struct line *l = &a->lines[i];
		const struct func *f = l->f;
		bool used = false;

		if (l->statement == SAYS_CALLS) {
			for (k = 0; k < im->nspots; k++)
				used = used || (im->spots[k].assumed && im->spots[k].line == l->number && im->spots[k].used);
			if (!used)
				assume_bad(a, l->number, "unused: nothing reaches the call, or its callees are known from the code: remove the line");
		} else if (l->statement == SAYS_FRAME && !f->assumed->frameused) {
			if (f->info != NULL && f->info->deepest != f->assumed->frame)
				assume_contradicted(im, l->number, "%s takes %lld bytes by its code", f->name, (long long)f->info->deepest);
			assume_bad(a, l->number, "unused: %s: remove the line", f->info != NULL ? "its code says so already" : "nothing reaches it");
		} else if (l->statement == SAYS_FRAME && superfluous(im, f)) {
			assume_bad(a, l->number, "unused: all that %s calls is known from the code: remove the line", f->name);
		} else if (l->statement == SAYS_NORETURN && !f->assumed->noreturnused) {
			assume_bad(a, l->number, "unused: %s: remove the line", f->info != NULL ? "its code says so already" : "nothing reaches it");
		} else if (l->statement == SAYS_NORETURN && f->info->always) {
			assume_contradicted(im, l->number, "every path of %s returns", f->name);
		}
	}
}

void assume_free(struct image *im)
{
	size_t i;

	for (i = 0; i < im->nfuncs; i++) {
		free(im->funcs[i]->assumed);
		im->funcs[i]->assumed = NULL;
	}
	if (im->assume != NULL) {
		free(im->assume->path);
		free(im->assume->lines);
		free(im->assume);
		im->assume = NULL;
	}
}
