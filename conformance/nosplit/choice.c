/*
 * choice.c - the functions that the resolver of an IFUNC can return.
 *
 * Where ways meet, a number that differs becomes a symbol: for resolvers it is kept of what
 * (join.c, block.c). Depends on nothing else. Promises: all that the resolver can return, or
 * nothing: if one of its results is no address that the analysis knows, nobody knows any.
 */
#include "flow.h"

#include <stdlib.h>

enum { Result = 0 /* a symbol that no value has */, MaxChosen = 64 };

struct choice {
	uint32_t id; /* of a symbol, or Result */
	struct value v; /* it is this, or one of the others of that id */
};

struct choices {
	struct choice *c;
	size_t n, cap;
};

void choices_open(struct flow *fl)
{
	fl->choices = fl->f->flags & FN_IFUNC ? mem_alloc(sizeof *fl->choices) : 0;
}

void choices_clear(struct flow *fl)
{
	if (fl->choices)
		fl->choices->n = 0;
}

void choices_close(struct flow *fl)
{
	if (fl->choices)
		free(fl->choices->c);
	free(fl->choices);
	fl->choices = 0;
}

static void add(struct choices *o, uint32_t id, struct value v)
{
	if (v.kind == V_SYM && v.id == id && v.lo == 0)
		return;
	for (size_t i = 0; i < o->n; i++)
		if (o->c[i].id == id && v_same(&o->c[i].v, &v))
			return;
	o->c = mem_grow(o->c, o->n, &o->cap, sizeof *o->c);
	o->c[o->n++] = (struct choice){ id, v };
}

void choice_add(const struct flow *fl, uint32_t id, const struct value *v)
{
	if (fl->choices)
		add(fl->choices, id, v ? *v : v_top());
}

void choice_result(const struct flow *fl, const struct value *v)
{
	choice_add(fl, Result, v);
}

static bool known_code(const struct flow *fl, addr a)
{
	if (fl->arch->thumb)
		a &= ~(addr)1;
	return image_executable(fl->image, a) && image_mode(fl->image, a) >= 0;
}

/* Breadth first from the result. */
void choices_resolve(struct flow *fl)
{
	const struct choices *o = fl->choices;
	struct info *in = fl->info;
	addr chosen[MaxChosen];
	uint32_t *ids;
	size_t nids = 1, n = 0, k;
	bool all = true;

	if (!o)
		return;
	ids = mem_alloc((o->n + 1) * sizeof *ids);
	ids[0] = Result;
	for (size_t at = 0; at < nids && all; at++) {
		bool any = false;
		for (size_t i = 0; i < o->n; i++) {
			const struct value *v = &o->c[i].v;
			if (o->c[i].id != ids[at])
				continue;
			any = true;
			if (v->kind == V_CONST && known_code(fl, (addr)v->lo)) {
				for (k = 0; k < n && chosen[k] != (addr)v->lo; k++)
					;
				all = all && k < MaxChosen;
				if (k == n && n < MaxChosen)
					chosen[n++] = (addr)v->lo;
			} else if (v->kind == V_SYM && v->lo == 0 && v->id >= FirstSym) {
				for (k = 0; k < nids && ids[k] != v->id; k++)
					;
				if (k == nids)
					ids[nids++] = v->id;
			} else {
				all = false;
			}
		}
		all = all && any;
	}
	free(ids);
	if (!all || n == 0)
		return;
	in->chosen = mem_alloc(n * sizeof *in->chosen);
	memcpy(in->chosen, chosen, n * sizeof *in->chosen);
	in->nchosen = (unsigned)n;
}
