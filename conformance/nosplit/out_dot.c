/*
 * out_dot.c - a graph for Graphviz: the worst chains of all roots put together.
 *
 * A node is a function with the bytes it uses at most in them, an edge a call with its place. What is
 * over the budget has a double border and the word: colour alone says nothing.
 */
#include "user.h"

#include <stdlib.h>

struct edge {
	const struct func *from, *to;
	addr pc;
	int64_t call;
};

struct node {
	const struct func *f;
	int64_t uses;
	bool root, over;
	const char *unsure; /* the root's depth is unknown, unbounded; nil */
};

static int by_node(const void *pa, const void *pb)
{
	const struct node *a = pa, *b = pb;

	if (a->f->start != b->f->start)
		return a->f->start < b->f->start ? -1 : 1;
	return (a->f > b->f) - (a->f < b->f); /* external ones have no address */
}

static int by_edge(const void *pa, const void *pb)
{
	const struct edge *a = pa, *b = pb;

	if (a->pc != b->pc)
		return a->pc < b->pc ? -1 : 1;
	return (a->to->start > b->to->start) - (a->to->start < b->to->start);
}

static void id(struct buf *b, unsigned cluster, const struct func *f)
{
	buf_fmt(b, "f%u_%llx", cluster, (unsigned long long)f->start);
	if (f->flags & FN_EXTERNAL) {
		buf_str(b, "_");
		buf_fmt(b, "%u", f->index);
	}
}

static void put_node(struct buf *b, unsigned cluster, const struct node *n)
{
	buf_str(b, "\t\t");
	id(b, cluster, n->f);
	buf_str(b, " [label=\"");
	put_dot(b, n->f->name);
	buf_str(b, "\\n");
	put_bytes(b, n->uses);
	if (known(n->uses))
		buf_str(b, n->uses == 1 ? " byte" : " bytes");
	if (n->over || n->unsure != NULL)
		buf_fmt(b, "\\nchain: %s", n->over ? "over budget" : n->unsure);
	buf_fmt(b, "\"%s%s];\n", n->root ? ", style=\"filled,bold\", fillcolor=\"#eef3fa\"" : "",
		n->over || n->unsure != NULL ? ", color=\"#a40e26\", peripheries=2" : "");
}

static void put_edge(struct buf *b, unsigned cluster, const struct image *im, const struct edge *e)
{
	struct buf file = {0};
	int line;

	buf_str(b, "\t\t");
	id(b, cluster, e->from);
	buf_str(b, " -> ");
	id(b, cluster, e->to);
	buf_fmt(b, " [label=\"%s", e->call > 0 ? "call " : "");
	if (e->call > 0)
		buf_fmt(b, "%lld", (long long)e->call);
	if (put_source(&file, im, e->pc, &line)) {
		buf_str(b, e->call > 0 ? "\\n" : "");
		put_dot(b, file.p);
		buf_fmt(b, ":%d", line);
	}
	buf_str(b, "\"];\n");
	buf_free(&file);
}

static void file(struct report *p, const struct result *r, const struct delta *d)
{
	struct node *nodes = NULL;
	struct edge *edges = NULL;
	size_t nnodes = 0, nedges = 0, capnodes = 0, capedges = 0, i;
	struct buf *b = &p->b;
	unsigned k;

	(void)d;
	for (i = 0; i < r->nroots; i++) {
		const struct chain *c = &r->roots[i].worst;

		for (k = 0; k < c->nsteps; k++) {
			bool over = k == 0 && known(c->used) && hasbudget(c->limit) && c->used > c->limit;
			const char *unsure = k == 0 && !known(c->used) ? quality_word(c) : NULL;

			nodes = mem_grow(nodes, nnodes, &capnodes, sizeof *nodes);
			nodes[nnodes++] = (struct node){c->steps[k].f, c->steps[k].uses, k == 0, over, unsure};
			if (k == 0)
				continue;
			edges = mem_grow(edges, nedges, &capedges, sizeof *edges);
			edges[nedges++] = (struct edge){c->steps[k - 1].f, c->steps[k].f, c->steps[k - 1].pc, c->steps[k].call};
		}
	}
	if (nnodes > 0)
		qsort(nodes, nnodes, sizeof *nodes, by_node);
	if (nedges > 0)
		qsort(edges, nedges, sizeof *edges, by_edge);
	buf_fmt(b, "\tsubgraph cluster_%u {\n\t\tlabel=\"", p->files);
	put_dot(b, r->image->path);
	buf_str(b, " [");
	put_dot(b, r->label);
	buf_str(b, "]\";\n");
	for (i = 0; i < nnodes; i++) {
		if (i + 1 < nnodes && nodes[i].f == nodes[i + 1].f) {
			if (nodes[i].uses > nodes[i + 1].uses)
				nodes[i + 1].uses = nodes[i].uses;
			nodes[i + 1].root |= nodes[i].root;
			nodes[i + 1].over |= nodes[i].over;
			if (nodes[i].unsure != NULL)
				nodes[i + 1].unsure = nodes[i].unsure;
			continue;
		}
		put_node(b, p->files, &nodes[i]);
	}
	for (i = 0; i < nedges; i++)
		if (i + 1 == nedges || by_edge(&edges[i], &edges[i + 1]) != 0 || edges[i].to != edges[i + 1].to)
			put_edge(b, p->files, r->image, &edges[i]);
	buf_str(b, "\t}\n");
	free(nodes);
	free(edges);
}

static void begin(struct report *p)
{
	buf_str(&p->b, "digraph nosplit {\n\trankdir=LR;\n\tnode [shape=box, fontname=\"sans-serif\", fontsize=11];\n"
		       "\tedge [fontname=\"sans-serif\", fontsize=9];\n");
}

static void end(struct report *p)
{
	buf_str(&p->b, "}\n");
}

const struct output out_dot = {"dot", begin, file, end};
