/*
 * zone.c - depth in the red zone that no single access shows.
 *
 * Depends on what state.c notes in the flow: where sp was when memory was accessed by a pointer that
 * walks, or by an index. Promises: if that can be below sp, all of the red zone counts, as a bound.
 */
#include "walk.h"

/* Can an index, or what it is a copy of, be negative: a loop that counts up to 0, or down from it? */
static bool negative_index(const struct flow *fl)
{
	uint64_t indexes = fl->indexes, before = 0;

	while (indexes != before) {
		before = indexes;
		for (size_t i = 0; i < fl->nops; i++) {
			const struct op *op = &fl->ops[i];
			int64_t imm = op->kind == OP_SUB ? negated(op->imm) : op->imm;
			if (op->rd >= fl->arch->nregs || !(indexes >> op->rd & 1))
				continue;
			if (op->kind != OP_LEA && op->kind != OP_SUB && op->kind != OP_SEXT && op->kind != OP_AND)
				continue;
			if (op->ra == fl->arch->sp) /* it holds a pointer there */
				continue;
			if (op->kind != OP_AND && op->rb == NoReg && imm < 0 && imm >= -(int64_t)fl->arch->redzone)
				return true;
			if (op->ra < fl->arch->nregs)
				indexes |= (uint64_t)1 << op->ra;
			if (op->rb < fl->arch->nregs)
				indexes |= (uint64_t)1 << op->rb;
		}
	}
	return false;
}

/* What is accessed at places that nobody knows may lie in the red zone, which only functions
 * that call nobody have. */
static void redzone(struct flow *fl, int64_t sp, addr pc)
{
	struct info *in = fl->info;

	for (unsigned i = 0; i < in->nsites; i++)
		if (fl->sites[i].kind == SITE_CALL || fl->sites[i].kind == SITE_ICALL)
			return;
	if (known(sp) && sp + fl->arch->redzone > in->deepest) {
		in->deepest = sp + fl->arch->redzone;
		in->deepestpc = pc;
		fl->exactly[0] = false;
	}
}

void record_redzone(struct flow *fl)
{
	if (fl->walked != INT64_MIN)
		redzone(fl, fl->walked, fl->walkedpc);
	if (fl->indexed != INT64_MIN && negative_index(fl))
		redzone(fl, fl->indexed, fl->indexedpc);
}
