/* A tree that is summed in parallel: a goroutine for each node, which waits for its two
 * children; the leaves recurse on stacks of their own, so that thousands of them split. */
#include "test.h"

enum { Depth = 11, Nodes = (2 << Depth) - 1, Leaf = 40 /* calls */ };

static uint32_t born, split;

/* 1 + 2 + ... + n */
NOINLINE static uint32_t triangle(uint32_t n)
{
	volatile char frame[100];

	frame[0] = (char)n;
	return n == 0 ? 0 : triangle(n - 1) + n + (uint32_t)(frame[0] != (char)n);
}

struct node {
	struct chan *to;
	uint32_t id, depth;
};

/* Sends to its parent, in whose frame its channel and its node are. */
static void sum(void *arg)
{
	struct node *me = arg, child[2];
	uint32_t v, total = me->id, depth = me->depth;
	struct stktop *top = getg()->stackbase;
	struct chan c;

	xadd(&born, 1);
	if (depth == 0) {
		total += triangle(Leaf);
		if (top->next) /* it came back from another segment, which is the spare one now */
			xadd(&split, 1);
	} else {
		chaninit(&c, sizeof v, 0, 0);
		for (uint32_t i = 0; i < 2; i++) {
			child[i] = (struct node){ &c, 2 * me->id + i, depth - 1 };
			newproc(sum, &child[i]);
		}
		for (uint32_t i = 0; i < 2; i++) {
			chanrecv(&c, &v);
			total += v;
		}
	}
	chansend(me->to, &total);
}

TEST("R04")
{
	uint32_t leaves = 1u << Depth, total, expected;
	struct chan c;

	/* The nodes are numbered 1..Nodes. */
	expected = (uint32_t)Nodes * (Nodes + 1) / 2 + leaves * (Leaf * (Leaf + 1) / 2);
	for (uint32_t procs = 1; procs <= 4; procs++) {
		struct node root = { &c, 1, Depth };
		gomaxprocs(procs);
		chaninit(&c, sizeof total, 0, 0);
		born = split = 0;
		newproc(sum, &root);
		chanrecv(&c, &total);
		EQ(total, expected, "the sum");
		EQ(born, Nodes, "nodes");
		EQ(split, leaves, "leaves that needed a second segment");
	}
}
