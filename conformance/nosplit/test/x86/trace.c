/*
 * trace.c - the ops against what a run really does.
 *
 * Standard input: the log of qemu-user with -singlestep -d cpu,nochain, the registers before
 * each instruction. Evaluates the ops on numbers and promises to compare: that what they say
 * about a register is so after the instruction, that a register without an op is unchanged,
 * the flags, the way that a branch takes, and where control goes. Memory is known where ops
 * have stored; what may change it otherwise (system calls, code outside of the file, %fs and
 * %gs) makes it unknown.
 */
#include "test.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MaxShown = 20, HashBits = 20 };
enum { CF = 1, PF = 4, ZF = 0x40, SF = 0x80, OF = 0x800, Arith = CF | PF | ZF | SF | OF };

struct number {
	bool known;
	uint64_t v;
};

struct cell { /* one byte of memory; of no meaning unless age is the trace's */
	addr at;
	unsigned age;
	uint8_t v;
};

struct cpu {
	addr pc;
	uint64_t r[16];
	unsigned flags;
	bool complete;
};

struct trace {
	const struct arch *a;
	struct cell *mem;
	unsigned age;
	struct number r[AllRegs];
	bool setsflags, cmpknown;
	unsigned flags; /* of the last OP_CMP */
	unsigned long steps, checked, branches, loads, wrong;
};

static uint64_t cut(uint64_t v, unsigned size)
{
	return size >= 8 || size == 0 ? v : v & (((uint64_t)1 << 8 * size) - 1);
}

/* ---- memory ---- */

static struct cell *cell(struct trace *t, addr at, bool make)
{
	size_t i = (size_t)(at * 0x9e3779b97f4a7c15u >> (64 - HashBits)), k;
	struct cell *c;

	for (k = 0; k < 64; k++) {
		c = &t->mem[(i + k) & ((1u << HashBits) - 1)];
		if (c->age == t->age && c->at == at)
			return c;
		if (c->age != t->age)
			return make ? (*c = (struct cell){at, t->age, 0}, c) : NULL;
	}
	t->age++; /* full here: forget everything */
	return make ? cell(t, at, true) : NULL;
}

/* A byte that is not known must not be found: it is taken over by an address that is not. */
static void store(struct trace *t, struct number at, unsigned size, struct number v)
{
	unsigned i;

	if (!at.known || (!v.known && size > 64)) {
		t->age++;
		return;
	}
	for (i = 0; i < size; i++) {
		struct cell *c = cell(t, cut(at.v + i, t->a->ptrsize), v.known);

		if (v.known)
			c->v = i < 8 ? (uint8_t)(v.v >> 8 * i) : 0;
		else if (c != NULL)
			c->at = ~(addr)0;
	}
}

static struct number load(struct trace *t, struct number at, unsigned size, bool sign)
{
	struct number v = {at.known && size <= 8, 0};
	unsigned i;

	for (i = 0; v.known && i < size; i++) {
		struct cell *c = cell(t, cut(at.v + i, t->a->ptrsize), false);

		v.known = c != NULL;
		if (v.known)
			v.v |= (uint64_t)c->v << 8 * i;
	}
	t->loads += v.known;
	if (sign && size < 8)
		v.v = (uint64_t)((int64_t)(v.v << (64 - 8 * size)) >> (64 - 8 * size));
	return v;
}

/* ---- ops ---- */

static struct number get(const struct trace *t, unsigned r)
{
	return r == NoReg ? (struct number){true, 0} : t->r[r];
}

static unsigned compared(uint64_t a, uint64_t b, unsigned size)
{
	uint64_t top = (uint64_t)1 << (8 * size - 1), d;
	unsigned f = 0;

	a = cut(a, size);
	b = cut(b, size);
	d = cut(a - b, size);
	f |= a < b ? CF : 0;
	f |= d == 0 ? ZF : 0;
	f |= d & top ? SF : 0;
	f |= (a ^ b) & (a ^ d) & top ? OF : 0;
	f |= __builtin_popcount(d & 0xff) & 1 ? 0 : PF;
	return f;
}

static void run(struct trace *t, const struct op *o)
{
	struct number a = get(t, o->ra), b = get(t, o->rb), v = {a.known && b.known, 0};
	unsigned word = t->a->ptrsize;

	switch (o->kind) {
	case OP_LEA: v.v = a.v + (b.v << o->shift) + (uint64_t)o->imm; break;
	case OP_SUB: v.v = a.v - (b.v << o->shift) - (uint64_t)o->imm; break;
	case OP_AND: v.v = a.v & (uint64_t)o->imm; break;
	case OP_SHL: v.v = a.v << o->imm; break;
	case OP_SHR: v.v = cut(a.v, word) >> o->imm; break;
	case OP_SEXT: v.v = (uint64_t)((int64_t)(a.v << (64 - 8 * o->size)) >> (64 - 8 * o->size)); break;
	case OP_LOAD:
		v.v = a.v + (b.v << o->shift) + (uint64_t)o->imm;
		v = load(t, v, o->size, o->sign);
		break;
	case OP_STORE:
		v.v = a.v + (b.v << o->shift) + (uint64_t)o->imm;
		store(t, v, o->size, o->rd == NoReg ? (struct number){false, 0} : t->r[o->rd]);
		return;
	case OP_CMP:
		t->setsflags = true;
		t->cmpknown = v.known;
		t->flags = compared(a.v, o->rb == NoReg ? (uint64_t)o->imm : b.v, o->size ? o->size : word);
		return;
	case OP_FLAGS:
		t->setsflags = true;
		t->cmpknown = false;
		return;
	case OP_CLOBBER: v.known = false; break;
	default: return;
	}
	v.v = cut(v.v, o->kind != OP_SEXT && o->kind != OP_LOAD && o->size ? o->size : word);
	t->r[o->rd] = v;
}

static bool holds(unsigned f, unsigned cond)
{
	bool slt = !(f & SF) != !(f & OF), v;

	switch (cond & ~1u) {
	case COND_EQ: v = f & ZF; break;
	case COND_ULT: v = f & CF; break;
	case COND_UGT: v = !(f & (CF | ZF)); break;
	case COND_SLT: v = slt; break;
	case COND_SGT: v = !slt && !(f & ZF); break;
	case COND_MI: v = f & SF; break;
	case COND_VS: v = f & OF; break;
	default: v = f & PF; break; /* COND_PE */
	}
	return v != (cond & 1);
}

/* ---- one step ---- */

static const char *follow(struct trace *t, const struct insn *in, const struct cpu *was, const struct cpu *is)
{
	bool taken = true;
	unsigned i, r;
	unsigned f = was->flags;

	for (r = 0; r < t->a->nregs; r++)
		t->r[r] = (struct number){true, was->r[r]};
	t->r[Tmp0].known = t->r[Tmp1].known = false;
	t->setsflags = false;
	if (in->cond != COND_ALWAYS && in->cond < COND_OTHER)
		taken = holds(f, in->cond);
	for (i = 0; i < in->nops; i++)
		if (in->flow != FLOW_NEXT || taken)
			run(t, &in->ops[i]);
	if (in->flow == FLOW_CALL || in->flow == FLOW_ICALL) {
		t->r[t->a->sp].v -= t->a->callsize;
		store(t, t->r[t->a->sp], t->a->callsize, (struct number){true, was->pc + in->len});
	}
	for (r = 0; r < t->a->nregs; r++)
		if (t->r[r].known && t->r[r].v != is->r[r])
			return t->a->regnames[r];
	if (!t->setsflags && (was->flags ^ is->flags) & Arith)
		return "flags changed";
	if (t->setsflags && t->cmpknown && (t->flags ^ is->flags) & Arith)
		return "flags of the comparison";
	t->checked++;
	switch (in->flow) {
	case FLOW_NEXT: /* a string instruction may go on */
		return is->pc == was->pc + in->len || is->pc == was->pc ? NULL : "goes elsewhere";
	case FLOW_JUMP:
		if (in->cond >= COND_OTHER)
			return is->pc == in->target || is->pc == was->pc + in->len ? NULL : "goes elsewhere";
		t->branches += in->cond != COND_ALWAYS;
		return is->pc == (taken ? in->target : was->pc + in->len) ? NULL : "takes the other way";
	case FLOW_CALL:
		return is->pc == in->target ? NULL : "calls something else";
	case FLOW_IJUMP:
	case FLOW_ICALL:
		return !t->r[in->flowreg].known || is->pc == t->r[in->flowreg].v ? NULL : "goes elsewhere";
	}
	return "goes on after it has stopped";
}

static void step(struct trace *t, struct decoder *d, const uint8_t *p, size_t n, const struct cpu *was, const struct cpu *is)
{
	struct insn in;
	const char *what;
	char text[128], ops[512];
	unsigned i;

	t->steps++;
	if (!t->a->decode(d, was->pc, p, n, MODE_PLAIN, &in)) {
		printf("%#llx: not decoded\n", (unsigned long long)was->pc);
		t->wrong++;
		return;
	}
	t->a->text(d, was->pc, p, n, MODE_PLAIN, text, sizeof text);
	if (strncmp(text, "syscall", 7) == 0 || strncmp(text, "int ", 4) == 0 || strncmp(text, "sysenter", 8) == 0 ||
			strncmp(text, "xsave", 5) == 0) {
		t->age++;
		return;
	}
	for (i = 0; i < 2; i++) /* as a prefix */
		if (p[i] == 0x64 || p[i] == 0x65)
			t->age++;
	what = follow(t, &in, was, is);
	if (what == NULL || ++t->wrong > MaxShown)
		return;
	show(t->a, was->pc, &in, ops, sizeof ops);
	printf("%#llx: %s: %s: %s\n", (unsigned long long)was->pc, text, what, ops);
}

/* Takes what a line of the log says into c; complete after the line with the flags. */
static void read_line(const struct arch *a, const char *s, struct cpu *c)
{
	unsigned r;

	c->complete = false;
	while (isupper((unsigned char)*s)) {
		char name[8] = "";
		size_t n = strcspn(s, " =");
		uint64_t v;

		if (n >= sizeof name)
			return;
		for (r = 0; r < n; r++)
			name[r] = (char)tolower((unsigned char)s[r]);
		s += n;
		s += strspn(s, " ");
		if (*s != '=')
			return;
		v = strtoull(s + 1, (char **)&s, 16);
		for (r = 0; r < a->nregs; r++)
			if (strcmp(name, a->regnames[r]) == 0)
				c->r[r] = v;
		if (strcmp(name, "rip") == 0 || strcmp(name, "eip") == 0)
			c->pc = v;
		if (strcmp(name, "rfl") == 0 || strcmp(name, "efl") == 0) {
			c->flags = (unsigned)v;
			c->complete = true;
			return;
		}
		s += strspn(s, " ");
	}
}

int trace(const struct arch *a, const char *binary, addr base)
{
	struct trace t = {.a = a, .age = 1};
	struct decoder *d = a->open(a, false);
	struct cpu was = {0}, is = {0};
	size_t n;
	uint8_t *p = slurp(binary, &n);
	char line[1024];
	bool have = false;

	t.mem = mem_alloc(sizeof *t.mem << HashBits);
	while (fgets(line, sizeof line, stdin) != NULL) {
		read_line(a, line, &is);
		if (!is.complete)
			continue;
		if (have && was.pc >= base && was.pc - base < n)
			step(&t, d, p + (was.pc - base), n - (size_t)(was.pc - base), &was, &is);
		else
			t.age++;
		was = is;
		have = true;
	}
	printf("%s: %lu steps, %lu right, %lu branches, %lu values from memory, %lu wrong\n", a->name, t.steps, t.checked,
		t.branches, t.loads, t.wrong);
	free(t.mem);
	free(p);
	a->close(d);
	return t.wrong != 0 || t.checked == 0;
}
