/*
 * check.c - what the decoder makes of each instruction against objdump's text of it.
 *
 * Promises to compare: that it is decoded, its length, the set of registers written (both
 * ways), the condition, the flow and the target of a direct branch.
 */
#include "listing.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MostShown = 40 };

static const char *const condnames[] = {"eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le"};
static const uint8_t conds[] = {COND_EQ, COND_NE, COND_UGE, COND_ULT, COND_MI, COND_PL, COND_VS, COND_VC, COND_UGT, COND_ULE, COND_SGE, COND_SLT, COND_SGT, COND_SLE};

static bool starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* A register name at s, and what follows it; -1: none. */
static int reg(const char *s, const char **end)
{
	static const char *const special[] = {"sl", "fp", "ip", "sp", "lr", "pc"};
	int r = -1;

	for (int i = 0; i < 6; i++)
		if (starts(s, special[i])) {
			r = 10 + i;
			s += 2;
			break;
		}
	if (r < 0 && *s == 'r' && isdigit((unsigned char)s[1]))
		r = (int)strtol(s + 1, (char **)&s, 10);
	if (r < 0 || r > 15 || isalnum((unsigned char)*s) || *s == '_')
		return -1;
	if (end != NULL)
		*end = s;
	return r;
}

/* Operand n of a text, brackets and braces skipped over; nil: none. */
static const char *operand(const char *text, int n)
{
	const char *s = strchr(text, ' ');
	int deep = 0;

	if (s == NULL)
		return NULL;
	for (s++; n > 0 && *s != '\0'; s++) {
		deep += *s == '[' || *s == '{';
		deep -= *s == ']' || *s == '}';
		if (*s == ',' && deep == 0) {
			n--;
			while (s[1] == ' ')
				s++;
		}
	}
	return *s == '\0' ? NULL : s;
}

static uint32_t regbit(const char *text, int n)
{
	const char *s = operand(text, n);
	int r = s == NULL ? -1 : reg(s, NULL);

	return r < 0 ? 0 : 1u << r;
}

static uint32_t list(const char *s)
{
	uint32_t m = 0;
	int last = -1, r;
	bool range = false;

	s = strchr(s, '{');
	for (s = s == NULL ? "" : s + 1; *s != '\0' && *s != '}';) {
		r = reg(s, &s);
		if (r >= 0 && range)
			for (int i = last; i <= r; i++)
				m |= 1u << i;
		if (r >= 0) {
			m |= 1u << r;
			last = r;
		}
		range = *s == '-';
		if (*s != '}' && *s != '\0')
			s++;
		while (*s == ' ')
			s++;
	}
	return m;
}

static uint32_t writeback(const char *text)
{
	const char *s = strrchr(text, '['), *end; /* the last: lanes have brackets too */
	int r;

	if (s == NULL) {
		s = strchr(text, '!');
		return s == NULL ? 0 : regbit(text, 0);
	}
	end = strchr(s, ']');
	r = reg(s + 1, NULL);
	return r >= 0 && end != NULL && (end[1] == '!' || end[1] == ',') ? 1u << r : 0;
}

static bool any(const char *m, const char *const *list)
{
	for (; *list != NULL; list++)
		if (starts(m, *list))
			return true;
	return false;
}

/* Registers that the text says are written; pc among them. */
static uint32_t written(const char *t)
{
	static const char *const none[] = {"cmp", "cmn", "tst", "teq", "nop", "it", "pld", "pli", "dmb", "dsb", "isb", "udf", "cbz", "cbnz",
		"bkpt", "mcr", "msr", "cdp", "setend", "cps", "yield", "wf", "sev", "dbg", "clrex", "hlt", "csdb", "tlbi", "stl", "bti", "esb", "srs", NULL};
	static const char *const two[] = {"ldrd", "umull", "smull", "umlal", "smlal", "smlsld", "umaal", "ldrexd", "ldaexd", NULL};
	static const char *const lists[] = {"ldm", "pop", NULL};
	uint32_t m = 0;

	if (starts(t, "push") || starts(t, "vpush") || starts(t, "vpop"))
		return 1 << 13 | 0;
	if (starts(t, "pop"))
		m = 1 << 13;
	if (starts(t, "svc"))
		return 1;
	if (starts(t, "tbb") || starts(t, "tbh"))
		return 1u << 15;
	if (starts(t, "stlex") || starts(t, "strex"))
		return regbit(t, 0);
	if (any(t, none) && !starts(t, "isb."))
		return 0;
	if (starts(t, "mrrc"))
		return regbit(t, 2) | regbit(t, 3);
	if (starts(t, "mrc"))
		return regbit(t, 2);
	if (starts(t, "stc") || starts(t, "ldc") || starts(t, "stm") || starts(t, "str"))
		return writeback(t);
	if (t[0] == 'v' && (starts(t, "vmov") || starts(t, "vmrs")))
		return regbit(t, 0) | (regbit(t, 0) != 0 ? regbit(t, 1) : 0);
	if (t[0] == 'v')
		return starts(t, "vst") || starts(t, "vld") ? writeback(t) : 0;
	if (t[0] == 'b' && !starts(t, "bic") && !starts(t, "bf"))
		return 0;
	if (any(t, lists))
		return m | list(t) | writeback(t);
	m = regbit(t, 0) | (any(t, two) ? regbit(t, 1) : 0);
	if ((starts(t, "ldrd") || starts(t, "ldrexd") || starts(t, "ldaexd")) && regbit(t, 1) == 0)
		m |= m << 1; /* of A32 objdump shows the first alone */
	return m | (starts(t, "ldr") ? writeback(t) : 0);
}

static uint32_t modelled(const struct insn *in)
{
	uint32_t m = in->flow == FLOW_IJUMP ? 1u << 15 : 0;

	for (int i = 0; i < in->nops; i++) {
		const struct op *op = &in->ops[i];

		if (op->kind != OP_STORE && op->rd < 16)
			m |= 1u << op->rd;
		if (op->ra == 15 || op->rb == 15 || (op->rd == 15 && op->rd != NoReg))
			m |= 1u << 31; /* pc must not appear */
	}
	return m;
}

/* The condition at the end of the mnemonic. */
static unsigned condition(const char *t, bool *sure)
{
	static const char *const not[] = {"teq", "mls", "smmls", "bic", "movs", "lsls", "muls", "adcs", "sbcs", "rscs", "svc", "vmls", "vnmls", "vceq", "vcge", "vcgt", "vcle", "vclt", "vmvn",
		"vacge", "vacgt", "vacle", "vaclt", "vsel", "vcvt", "it", "nop", "cps", "vqs", "smls", "smlal", "umlal", "umull", "smull", "mcs", "bls", "vabs", "mrs", "msr", "vmrs", "vmsr", "vrs", "vsl", "vab", "dls", "sel", "usada", NULL};
	size_t n = strcspn(t, " .");

	*sure = true;
	if (n >= 3)
		for (int i = 0; i < 14; i++)
			if (strncmp(t + n - 2, condnames[i], 2) == 0) {
				*sure = !any(t, not) || n > 5;
				if (n == 5 && (starts(t, "movcs") || starts(t, "lslcs")))
					*sure = true;
				return conds[i];
			}
	return COND_ALWAYS;
}

static const char *flow(const char *t, const struct insn *in, uint32_t want)
{
	static const char *const calls[] = {"bl ", "blx ", NULL};
	const char *target = operand(t, starts(t, "cb") ? 1 : 0);
	size_t n = strcspn(t, " .");
	bool branch = (t[0] == 'b' && (n == 1 || (n == 3 && condition(t, &(bool){0}) != COND_ALWAYS && !starts(t, "bic")))) || starts(t, "cbz") || starts(t, "cbnz");
	bool call = any(t, calls) || ((starts(t, "bl") && n == 4) || (starts(t, "blx") && n == 5));

	if (starts(t, "bx"))
		return in->flow == FLOW_IJUMP || (in->flow == FLOW_JUMP && starts(target, "pc")) ? NULL : "bx is no ijump";
	if (call && reg(target, NULL) >= 0)
		return in->flow == FLOW_ICALL ? NULL : "not an indirect call";
	if (branch || call) {
		if (in->flow != (call ? FLOW_CALL : FLOW_JUMP))
			return "not a branch";
		return target != NULL && strtoul(target, NULL, 16) == (uint32_t)in->target ? NULL : "another target";
	}
	if (starts(t, "udf") || starts(t, "bkpt") || starts(t, "hlt"))
		return in->flow == FLOW_STOP ? NULL : "goes on";
	if (want >> 15 & 1)
		return in->flow == FLOW_IJUMP ? NULL : "pc is written";
	return in->flow == FLOW_NEXT ? NULL : "goes elsewhere";
}

static const char *differs(const struct line *ln, bool ok, const struct insn *in)
{
	uint32_t want = written(ln->text), have = modelled(in);
	bool sure;
	unsigned cond = condition(ln->text, &sure);

	if (!ok)
		return "not decoded";
	if (in->len != ln->len)
		return "another length";
	if (in->flow == FLOW_STOP)
		return NULL;
	if (starts(ln->text, "bx") || ln->text[0] == 'b')
		have &= ~(1u << 15);
	if ((want & ~have) != 0)
		return "a register is written";
	if ((have & ~want) != 0)
		return "a register is not written";
	if (cond == COND_ALWAYS && (in->cond == COND_OTHER || in->cond == COND_NOTHER))
		cond = in->cond;
	if (cond != in->cond && sure && !starts(ln->text, "it"))
		return "another condition";
	return flow(ln->text, in, want);
}

/* Stripped images have literal pools that look like code: objdump knows some for what they are. */
static bool real(const char *t)
{
	return t[0] != '\0' && strstr(t, "undefined") == NULL && strstr(t, "??") == NULL && strstr(t, "{}") == NULL;
}

int check(const struct listing *l, struct decoder *d)
{
	int bad = 0;
	size_t n = 0;
	struct insn in;

	for (size_t i = 0; i < l->n; i++) {
		const struct line *ln = &l->lines[i];
		const char *why;
		bool ok;

		if (ln->mode < 0 || !real(ln->text))
			continue;
		memset(&in, 0, sizeof in);
		ok = listing_decode(l, ln, d, &in);
		n++;
		why = differs(ln, ok, &in);
		if (why == NULL)
			continue;
		if (bad++ < MostShown) {
			char ops[1024] = "";

			if (ok)
				show(&in, ops, sizeof ops);
			printf("%llx: %s: %s: %s\n", (unsigned long long)ln->pc, ln->text, why, ops);
		}
	}
	printf("%zu instructions, %d differ\n", n, bad);
	return bad;
}
