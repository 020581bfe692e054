/*
 * sweep.c - the decoder against objdump, over a whole program.
 *
 * Standard input: objdump -d --no-show-raw-insn of the bytes in the flat file. Promises to
 * compare, for every instruction: that it is decoded; its length; that both decoders agree;
 * that what pushes, pops, calls, returns or writes sp has the op or the flow for it; that a
 * general register that is the destination is written; that an access relative to sp or a
 * frame pointer is an access in the ops; the target of a direct branch.
 */
#include "test.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MostShown = 20 };

struct sweep {
	const struct arch *a;
	struct decoder *d;
	unsigned long insns, wrong, undecoded, bytes, sametext;
};

static bool starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* The general register that s, without its %, names in any width; -1: none. */
static int reg(const struct arch *a, const char *s)
{
	static const char *const low[] = {"al", "cl", "dl", "bl", "ah", "ch", "dh", "bh"};
	size_t n = strcspn(s, ",) ");
	char name[8] = "";
	unsigned r;

	if (n == 0 || n > 4)
		return -1;
	memcpy(name, s, n);
	for (r = 0; r < 8; r++)
		if (strcmp(name, low[r]) == 0)
			return (int)(r & 3);
	if (name[0] == 'r' && isdigit((unsigned char)name[1])) {
		r = (unsigned)atoi(name + 1);
		return r >= 8 && r < a->nregs ? (int)r : -1;
	}
	if (name[n - 1] == 'l') /* spl ... dil */
		name[n - 1] = '\0';
	for (r = 0; r < 8; r++)
		if (strcmp(name, a->regnames[r]) == 0 || strcmp(name, a->regnames[r] + 1) == 0 ||
				(name[0] == 'e' && strcmp(name + 1, a->regnames[r] + 1) == 0))
			return (int)r;
	return -1;
}

static bool readsonly(const char *m)
{
	static const char *const list[] = {"cmp", "test", "push", "call", "jmp", "nop", "bt ", "btl", "btw", "btq", "bnd ",
		"notrack", "out", "verr", "verw", "lldt", "ltr", "lmsw", "fs ", "gs ", "cs ", "data16", "ud1", "ud0", "bound",
		"incssp", "xchg %ax,%ax", "scas", "repz scas", "repnz scas", "wr", "ptwrite", "lgdt", "vmwrite", "invlpg", "llwpcb", "rex", "mul", "div", "imul ", "idiv",
		"loadall", "tpause", "umwait", "(bad)", "lock cmp", "addr32", "xbegin", "insl", "insb", "insw", "prefetch", "invpcid", "invept", "enqcmd", "movdir", "senduipi"};
	size_t i;

	for (i = 0; i < nelem(list); i++)
		if (starts(m, list[i]))
			return true;
	return false;
}

static bool writes(const struct insn *in, int r)
{
	unsigned i;

	for (i = 0; i < in->nops; i++)
		if (in->ops[i].rd == r && in->ops[i].kind != OP_STORE)
			return true;
	return false;
}

static bool accesses(const struct insn *in, int base)
{
	unsigned i;

	for (i = 0; i < in->nops; i++)
		if ((in->ops[i].kind == OP_LOAD || in->ops[i].kind == OP_STORE || in->ops[i].kind == OP_TOUCH) && in->ops[i].ra == base)
			return true;
	return false;
}

static const char *wrong(const struct sweep *s, const struct insn *in, const char *text)
{
	const char *last = strrchr(text, '%'), *open = strchr(text, '(');
	int sp = s->a->sp, r;

	if ((starts(text, "push") || starts(text, "pop ") || starts(text, "popf") || starts(text, "popa") || starts(text, "leave") ||
			starts(text, "enter") || starts(text, "ret")) && !writes(in, sp))
		return "sp is not written";
	if (starts(text, "ret") && !(in->isret && in->flow == FLOW_IJUMP))
		return "does not return";
	if (starts(text, "call") && in->flow != FLOW_CALL && in->flow != FLOW_ICALL)
		return "does not call";
	if (text[0] == 'j' && in->flow != FLOW_JUMP && in->flow != FLOW_IJUMP)
		return "does not jump";
	if ((text[0] == 'j' || starts(text, "call")) && (in->flow == FLOW_JUMP || in->flow == FLOW_CALL)) {
		const char *t = strchr(text, ' ');

		if (starts(text, "jmp") || text[0] == 'c' ? in->cond != COND_ALWAYS : in->cond == COND_ALWAYS)
			return "is conditional, or is not";
		if (t != NULL && strtoull(t, NULL, 16) != in->target)
			return "goes elsewhere";
	}
	if (last != NULL && !readsonly(text) && (last == text || last[-1] != '(') && strpbrk(last, "()") == NULL &&
			(r = reg(s->a, last + 1)) >= 0 && strcspn(last, " <,") == strlen(last) && !writes(in, r))
		return "the destination is not written";
	if (open != NULL && open[1] == '%' && !starts(text, "lea ") && strstr(text, "nop") == NULL && !starts(text, "prefetch") &&
			strstr(text, "%fs:") == NULL && strstr(text, "%gs:") == NULL && strstr(text, "addr32") == NULL &&
			strstr(text, "bnd") == NULL && (r = reg(s->a, open + 2)) >= 0 &&
			(r == sp || s->a->preserved >> r & 1) && (s->a->ptrsize == 4 || open[2] == 'r') && !accesses(in, r))
		return "the access is missing";
	return NULL;
}

/* objdump shows targets without 0x. */
static bool sametext(const struct sweep *s, addr pc, const uint8_t *p, size_t n, const char *text)
{
	char ours[128], *x;

	s->a->text(s->d, pc, p, n, MODE_PLAIN, ours, sizeof ours);
	x = strstr(ours, " 0x");
	if (strcmp(ours, text) == 0)
		return true;
	if (x == NULL)
		return false;
	memmove(x + 1, x + 3, strlen(x + 3) + 1);
	return strcmp(ours, text) == 0;
}

static void one(struct sweep *s, addr pc, const uint8_t *p, size_t n, size_t len, const char *text)
{
	struct insn in;
	const char *what;
	char ops[512];

	s->insns++;
	s->bytes += len;
	if (strstr(text, "(bad)") != NULL || starts(text, ".byte"))
		return;
	if (!s->a->decode(s->d, pc, p, n, MODE_PLAIN, &in)) {
		s->undecoded++;
		printf("%#llx: %s: not decoded\n", (unsigned long long)pc, text);
		return;
	}
	s->sametext += sametext(s, pc, p, n, text);
	what = in.len != len ? "another length" : wrong(s, &in, text);
	if (what != NULL && ++s->wrong <= MostShown) {
		show(s->a, pc, &in, ops, sizeof ops);
		printf("%#llx: %s: %s: %s (%u bytes, objdump %zu)\n", (unsigned long long)pc, text, what, ops, in.len, len);
	}
	if (!both_agree(s->a, s->d, pc, p, n))
		s->wrong++;
}

/* "  401000:<tab>push   %rbx" to its address and "push %rbx". */
static bool parse(char *line, addr *pc, char **text)
{
	char *colon = strchr(line, ':'), *to, *from;

	if (line[0] != ' ' || colon == NULL || colon[1] != '\t')
		return false;
	*pc = strtoull(line, NULL, 16);
	*text = to = colon + 2;
	for (from = to; *from != '\0' && *from != '#' && *from != '\n' && *from != '<'; from++)
		if (*from != ' ' || (to > *text && to[-1] != ' '))
			*to++ = *from == '\t' ? ' ' : *from;
	while (to > *text && to[-1] == ' ')
		to--;
	*to = '\0';
	return true;
}

int sweep(const struct arch *a, const char *binary, addr base)
{
	struct sweep s = {.a = a, .d = a->open(a, false)};
	size_t n;
	uint8_t *p = slurp(binary, &n);
	char line[512], text[512] = "", *next;
	addr pc = 0, at;
	bool have = false;

	while (fgets(line, sizeof line, stdin) != NULL) {
		if (!parse(line, &at, &next))
			continue;
		if (have && pc >= base && pc - base < n && at > pc)
			one(&s, pc, p + (pc - base), n - (size_t)(pc - base), (size_t)(at - pc), text);
		have = true;
		pc = at;
		snprintf(text, sizeof text, "%s", next);
	}
	printf("%s: %lu instructions, %lu bytes, %lu not decoded, %lu wrong, %.1f %% spelt as objdump does\n", a->name,
		s.insns, s.bytes, s.undecoded, s.wrong, s.insns ? 100.0 * (double)s.sametext / (double)s.insns : 0);
	free(p);
	a->close(s.d);
	return s.wrong != 0 || s.undecoded != 0 || s.insns == 0;
}
