/*
 * graph.h - what the files that look at the whole program share.
 */
#ifndef GRAPH_H
#define GRAPH_H

#include "nosplit.h"

/* graph.c */
void graph_totals(struct image *);
/* Is the site in the part of f that a chain pays for: before the check (entry), or all of it. */
bool site_counts(const struct func *f, const struct site *, bool entry);
bool graph_entry(const struct func *); /* callers pay for the part before its check only */
bool graph_splits(const struct image *); /* some function that was analyzed checks the stack */
int64_t site_call(const struct image *, const struct site *); /* bytes that the call pushes */
void chain_close(struct chain *); /* sets left and biggest of the steps */
int64_t chain_sum(const struct chain *);

/* roots.c */
bool func_nosplit(const struct func *); /* it, or assembly, or a leaf without a check */
void graph_reach(const struct image *, uint8_t *in, struct func *); /* in[index] = 1: what a chain from there counts */
void roots_find(struct result *, bool named); /* named: --root alone says them */

/* budget.c: NS001 */
void budgets_check(struct result *, bool allpaths);

/* rules.c */
void rules_check(struct result *); /* all but NS001 and NS006 */
/* Nil if that finding is there already. */
struct finding *finding_add(struct result *, enum rule, struct func *, addr pc, const char *fmt, ...) PRINTF(5, 6);

/* region.c: NS006 */
void region_check(struct result *);

#endif
