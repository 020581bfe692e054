/*
 * show.c - ops as one line of text, as the file cases has them.
 *
 *	rax=rbx+rcx<<3+0x10	OP_LEA; ":4" at the end: zero-extended from 32 bits
 *	rsp=rsp-0x8		OP_LEA or OP_SUB of a constant
 *	rax=[rsp+0x8]4		OP_LOAD of 4 bytes; s4: sign-extended
 *	[rsp]8=rax		OP_STORE; =?: of something unknown
 *	touch [rsp]8, cmp rax,rbx, flags, rax=?, rax=rbx&-0x10, rax=rbx>>3, rax=sext4 rbx
 * and then the flow: jump, call, ijump, icall, stop; "if ..." in front: conditional.
 */
#include "show.h"

#include <stdarg.h>
#include <string.h>

struct text {
	char *p, *end;
	const struct arch *a;
	addr pc;
};

static void add(struct text *t, const char *fmt, ...) PRINTF(2, 3);

static void add(struct text *t, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(t->p, (size_t)(t->end - t->p), fmt, ap);
	va_end(ap);
	t->p = n < t->end - t->p ? t->p + n : t->end - 1;
}

static const char *name(const struct text *t, unsigned r)
{
	return r == NoReg ? "?" : r == Tmp0 ? "t0" : r == Tmp1 ? "t1" : r < t->a->nregs ? t->a->regnames[r] : "(bad)";
}

static void number(struct text *t, int64_t v, bool sign)
{
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;

	add(t, "%s%s0x%llx", v < 0 ? "-" : sign ? "+" : "", "", (unsigned long long)u);
}

/* Constants near the instruction are shown relative to it. */
static void place(struct text *t, const struct op *o, const char *minus)
{
	int64_t imm = *minus == '-' ? (int64_t)-(uint64_t)o->imm : o->imm, near = (int64_t)((uint64_t)imm - t->pc);

	if (o->ra == NoReg && o->rb == NoReg) {
		if (near > -0x1000 && near < 0x1000) {
			add(t, "pc");
			number(t, near, true);
		} else {
			number(t, imm, false);
		}
		return;
	}
	if (o->ra != NoReg)
		add(t, "%s", name(t, o->ra));
	if (o->rb != NoReg) {
		add(t, "%s%s", *minus == '-' ? "-" : o->ra != NoReg ? "+" : "", name(t, o->rb));
		if (o->shift)
			add(t, "<<%u", o->shift);
	}
	if (imm != 0)
		number(t, imm, true);
}

static void bracket(struct text *t, const struct op *o)
{
	add(t, "[");
	place(t, o, "");
	add(t, "]%s%u", o->sign ? "s" : "", o->size);
}

static void showop(struct text *t, const struct op *o)
{
	switch (o->kind) {
	case OP_LEA:
	case OP_SUB:
		add(t, "%s=", name(t, o->rd));
		place(t, o, o->kind == OP_SUB ? "-" : "");
		break;
	case OP_AND:
		add(t, "%s=%s&", name(t, o->rd), name(t, o->ra));
		number(t, o->imm, false);
		break;
	case OP_SHL:
	case OP_SHR:
		add(t, "%s=%s%s%d", name(t, o->rd), name(t, o->ra), o->kind == OP_SHL ? "<<" : ">>", (int)o->imm);
		break;
	case OP_SEXT:
		add(t, "%s=sext%u %s", name(t, o->rd), o->size, name(t, o->ra));
		return;
	case OP_LOAD:
		add(t, "%s=", name(t, o->rd));
		bracket(t, o);
		return;
	case OP_STORE:
		bracket(t, o);
		add(t, "=%s", name(t, o->rd));
		return;
	case OP_TOUCH:
		add(t, "touch ");
		bracket(t, o);
		return;
	case OP_CMP:
		add(t, "cmp %s,", name(t, o->ra));
		if (o->rb != NoReg)
			add(t, "%s", name(t, o->rb));
		else
			number(t, o->imm, false);
		break;
	case OP_FLAGS:
		add(t, "flags");
		break;
	case OP_CLOBBER:
		add(t, "%s=?", name(t, o->rd));
		break;
	default:
		add(t, "(bad op)");
	}
	if (o->size)
		add(t, ":%u", o->size);
}

void show(const struct arch *a, addr pc, const struct insn *in, char *buf, size_t size)
{
	static const char *const conds[] = {"always", "(1)", "eq", "ne", "ult", "uge", "ugt", "ule", "slt", "sge", "sgt", "sle",
		"mi", "pl", "vs", "vc", "pe", "po", "other", "nother"};
	static const char *const flows[] = {"", "jump", "call", "ijump", "icall", "stop"};
	struct text t = {buf, buf + size, a, pc};
	unsigned i;

	buf[0] = '\0';
	for (i = 0; i < in->nops; i++) {
		if (i != 0)
			add(&t, "; ");
		showop(&t, &in->ops[i]);
	}
	if (in->flow == FLOW_NEXT && in->cond == COND_ALWAYS)
		return;
	if (in->nops != 0)
		add(&t, "; ");
	if (in->cond != COND_ALWAYS)
		add(&t, "if %s%s", in->cond < nelem(conds) ? conds[in->cond] : "(bad)", in->flow != FLOW_NEXT ? " " : "");
	add(&t, "%s", flows[in->flow]);
	if (in->flow == FLOW_JUMP || in->flow == FLOW_CALL) {
		struct op target = {.ra = NoReg, .rb = NoReg, .imm = (int64_t)in->target};

		add(&t, " ");
		place(&t, &target, "");
	}
	if (in->flow == FLOW_IJUMP || in->flow == FLOW_ICALL)
		add(&t, " %s", name(&t, in->flowreg));
	if (in->isret)
		add(&t, " ret");
}
