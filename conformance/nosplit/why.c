/*
 * why.c - the worst chain from one function, with the instructions that make it.
 */
#include "user.h"

#include <stdlib.h>
#include <string.h>

enum { MaxLowering = 24 };

static bool lowers(const struct image *im, const struct insn *in)
{
	int sp = im->arch->sp, i;

	for (i = 0; i < in->nops; i++) {
		const struct op *o = &in->ops[i];

		if (o->rd != sp || o->ra != sp)
			continue;
		if (o->kind == OP_AND || (o->kind == OP_SUB && (o->rb != NoReg || o->imm > 0)) ||
			(o->kind == OP_LEA && (o->rb != NoReg || o->imm < 0)))
			return true;
	}
	return false;
}

void put_lowering(struct buf *b, const struct image *im, const struct func *f, addr pc)
{
	unsigned lines = 0;
	struct insn in;
	addr a = f->start;

	/* The deepest place is shown by itself; a part that lies elsewhere is not swept. */
	while (a < pc && pc < f->end) {
		size_t n = 0;
		const uint8_t *bytes = image_bytes(im, a, &n);
		int mode = image_mode(im, a);

		if (bytes == NULL || mode < 0 || !im->arch->decode(im->decoder, a, bytes, n, mode, &in) || in.len == 0)
			return;
		if (in.flow != FLOW_CALL && in.flow != FLOW_ICALL && lowers(im, &in)) {
			struct buf text = {0};

			if (lines++ == MaxLowering) {
				buf_str(b, "          ...\n");
				return;
			}
			put_insn(&text, im, a);
			buf_str(b, "          lowers sp ");
			put_offset(b, im, f, a);
			buf_fmt(b, ": %s\n", buf_text(&text));
			buf_free(&text);
		}
		a += in.len;
	}
}

static void headline(struct buf *b, const struct result *r, const struct func *f, const struct chain *c)
{
	put_clean(b, f->name);
	buf_str(b, ": ");
	put_used(b, c);
	if (hasbudget(c->limit)) {
		buf_fmt(b, " of %lld bytes", (long long)c->limit);
		if (known(c->used))
			buf_fmt(b, ", %lld %s", (long long)llabs((long long)(c->limit - c->used)), c->used > c->limit ? "over" : "left");
	} else if (known(c->used)) {
		buf_str(b, c->used == 1 ? " byte" : " bytes");
	}
	if (f->info != NULL && f->info->why != NULL) {
		buf_str(b, " (");
		put_clean(b, f->info->why);
		buf_str(b, " at ");
		put_place(b, r->image, f, f->info->whypc);
		buf_str(b, ")");
	}
	buf_str(b, " [");
	put_clean(b, r->label);
	buf_str(b, "]\n");
}

/* An IFUNC that nobody in the image calls: what was asked for is whom it chooses, elsewhere. */
static void resolver(struct buf *b, const struct image *im, const struct func *f)
{
	const struct info *in = f->info;

	if (!(f->flags & FN_IFUNC))
		return;
	put_clean(b, f->name);
	buf_str(b, " is the resolver of an IFUNC: it runs when the program is loaded, and chooses");
	if (in == NULL || in->nchosen == 0)
		buf_str(b, " nobody knows whom");
	for (unsigned i = 0; in != NULL && i < in->nchosen; i++) {
		const struct func *g = image_at(im, im->arch->thumb ? in->chosen[i] & ~(addr)1 : in->chosen[i]);

		buf_str(b, i == 0 ? " " : i + 1 < in->nchosen ? ", " : " or ");
		if (g != NULL)
			put_clean(b, g->name);
		else
			buf_fmt(b, "0x%llx", (unsigned long long)in->chosen[i]);
	}
	buf_str(b, "\n");
}

static void as_json(struct buf *b, const struct result *r, const struct func *f, const struct chain *c, bool isroot)
{
	buf_str(b, "{\"schema\":1,\"tool\":\"nosplit\",\"verb\":\"why\",\"file\":");
	put_json(b, r->image->path);
	buf_str(b, ",\"label\":");
	put_json(b, r->label);
	buf_str(b, ",\"function\":");
	put_json(b, f->name);
	buf_fmt(b, ",\"root\":%s,\"entry\":{", isroot ? "true" : "false");
	json_place(b, r->image, f->start);
	buf_str(b, "},\"worst\":");
	json_chain(b, r->image, c);
	buf_str(b, "}\n");
}

void why(struct report *p, const struct result *r, struct func *f, const char *format)
{
	const struct root *root = NULL;
	struct chain own = {0};
	const struct chain *c;
	struct buf text = {0};
	size_t i;

	for (i = 0; i < r->nroots && root == NULL; i++)
		if (r->roots[i].f == f)
			root = &r->roots[i];
	if (root == NULL)
		own = chain_from(r->image, f, r->limit);
	c = root != NULL ? &root->worst : &own;
	if (strcmp(format, "json") == 0) {
		as_json(&p->b, r, f, c, root != NULL);
	} else {
		bool pre = strcmp(format, "markdown") == 0;

		headline(&text, r, f, c);
		put_chain(&text, r, c, pre ? PLAIN : p->paint, true);
		if (c->nsteps > 0)
			buf_str(&text, "\n");
		resolver(&text, r->image, f);
		if (pre) {
			buf_str(&p->b, "<pre>\n");
			put_markup_text(&p->b, text.p);
			buf_str(&p->b, "</pre>\n");
		} else {
			buf_add(&p->b, text.p, text.n);
		}
		buf_free(&text);
	}
	free(own.steps);
}
