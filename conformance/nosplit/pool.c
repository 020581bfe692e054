/*
 * pool.c - memory for many small things that all end at the same time.
 *
 * Depends on util.c. What a function's states take is given back when the function is done:
 * one by one, that takes longer than it takes to make them.
 */
#include "flow.h"

#include <stdlib.h>

enum { Chunk = 64 << 10 };

void *pool_alloc(struct pool *p, size_t n)
{
	struct chunk *c = p->first;
	void *bytes;

	n = (n + sizeof c->bytes[0] - 1) / sizeof c->bytes[0];
	if (!c || c->size - c->used < n) {
		size_t size = n < Chunk / sizeof c->bytes[0] ? Chunk / sizeof c->bytes[0] : n;
		c = malloc(sizeof *c + size * sizeof c->bytes[0]);
		if (!c)
			fatal("out of memory (%zu bytes): analyze fewer functions: name them with --root", size * sizeof c->bytes[0]);
		*c = (struct chunk){ .next = p->first, .size = size };
		p->first = c;
	}
	bytes = &c->bytes[c->used];
	c->used += n;
	return bytes;
}

static void drop(struct pool *p)
{
	struct chunk *c = p->first;

	p->first = c->next;
	free(c);
}

void pool_clear(struct pool *p)
{
	while (p->first && p->first->next)
		drop(p);
	if (p->first)
		p->first->used = 0;
}

void pool_free(struct pool *p)
{
	while (p->first)
		drop(p);
}
