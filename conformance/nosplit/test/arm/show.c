/* show.c - an instruction's ops and flow as one line, for people and for the table. */
#include "listing.h"

#include <stdarg.h>

struct out {
	char *buf;
	size_t n, size;
};

static void put(struct out *o, const char *fmt, ...) PRINTF(2, 3);
static void put(struct out *o, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(o->buf + o->n, o->size - o->n, fmt, ap);
	va_end(ap);
	if (n > 0 && (o->n += n) >= o->size)
		o->n = o->size - 1;
}

static const char *name(int r)
{
	return r == Tmp0 ? "t0" : r == Tmp1 ? "t1" : r == NoReg ? "?" : r < 16 ? arch_arm.regnames[r] : "bad";
}

static void sum(struct out *o, const struct op *op, char sign)
{
	bool any = false;

	if (op->ra != NoReg) {
		put(o, "%s", name(op->ra));
		any = true;
	}
	if (op->rb != NoReg) {
		put(o, sign == '-' ? "-%s" : any ? "+%s" : "%s", name(op->rb));
		if (op->shift != 0)
			put(o, "<<%d", op->shift);
		any = true;
	}
	if (!any)
		put(o, "%#llx", (unsigned long long)(uint32_t)op->imm);
	else if (op->imm != 0)
		put(o, "%+lld", (long long)(int32_t)(sign == '-' ? -op->imm : op->imm));
}

static void one(struct out *o, const struct op *op)
{
	static const char *const kinds[] = {[OP_AND] = "&", [OP_SHL] = "<<", [OP_SHR] = ">>"};

	switch (op->kind) {
	case OP_LEA:
	case OP_SUB:
		put(o, "%s=", name(op->rd));
		sum(o, op, op->kind == OP_SUB ? '-' : '+');
		break;
	case OP_AND:
	case OP_SHL:
	case OP_SHR:
		put(o, "%s=%s%s%lld", name(op->rd), name(op->ra), kinds[op->kind], (long long)op->imm);
		break;
	case OP_LOAD:
		put(o, "%s=%s%d[", name(op->rd), op->sign ? "s" : "u", op->size);
		sum(o, op, '+');
		put(o, "]");
		break;
	case OP_STORE:
		put(o, "u%d[", op->size);
		sum(o, op, '+');
		put(o, "]=%s", name(op->rd));
		break;
	case OP_CMP:
		put(o, "cmp ");
		put(o, op->rb == NoReg ? "%s,%lld" : "%s,", name(op->ra), (long long)op->imm);
		if (op->rb != NoReg)
			put(o, "%s", name(op->rb));
		break;
	case OP_FLAGS:
		put(o, "flags");
		break;
	case OP_CLOBBER:
		put(o, "%s=?", name(op->rd));
		break;
	case OP_TOUCH:
		put(o, "touch[");
		sum(o, op, '+');
		put(o, "]");
		break;
	default:
		put(o, "op%d", op->kind);
	}
}

void show(const struct insn *in, char *buf, size_t size)
{
	static const char *const conds[] = {"al", "1", "eq", "ne", "ult", "uge", "ugt", "ule", "slt", "sge", "sgt", "sle", "mi", "pl", "vs", "vc", "pe", "po", "other", "nother"};
	static const char *const flows[] = {"", "jump", "call", "ijump", "icall", "stop"};
	struct out o = {buf, 0, size};

	buf[0] = '\0';
	if (in->cond != COND_ALWAYS)
		put(&o, "if %s ", conds[in->cond]);
	for (int i = 0; i < in->nops; i++) {
		one(&o, &in->ops[i]);
		put(&o, i + 1 < in->nops || in->flow != FLOW_NEXT ? "; " : "");
	}
	put(&o, "%s", flows[in->flow]);
	if (in->flow == FLOW_JUMP || in->flow == FLOW_CALL)
		put(&o, " %#llx %s", (unsigned long long)in->target, in->targetmode == MODE_THUMB ? "t" : "a");
	if (in->flow == FLOW_IJUMP || in->flow == FLOW_ICALL)
		put(&o, " %s%s", name(in->flowreg), in->isret ? " ret" : "");
	if (in->nops == 0 && in->flow == FLOW_NEXT)
		put(&o, "nothing");
}
