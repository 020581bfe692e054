/*
 * fake.c - an image and results made by hand, and the few engine functions that outputs call.
 *
 * A function is 0x100 bytes long; its line numbers and instructions are derived from addresses.
 * What every output has to survive is in the case "hostile".
 */
#include "fake.h"

#include <string.h>

#define X(i, t, h) {i, t, h}
const struct ruleinfo rules[NRULES] = {
	[NS001] = X("NS001", "over budget", "Shrink a frame of the chain."),
	[NS002] = X("NS002", "unresolved indirect call", "Say whom it calls."),
	[NS003] = X("NS003", "recursion", "Take it apart."),
	[NS004] = X("NS004", "unbounded frame", "Give it a fixed size."),
	[NS005] = X("NS005", "unknown frame", "Say its frame."),
	[NS006] = X("NS006", "split in syscall status", "Mark it nosplit."),
	[NS007] = X("NS007", "check too small", "Mend the check."),
	[NS008] = X("NS008", "CFI disagrees", "Mend the directives."),
	[DV001] = X("DV001", "64-bit divide helper", "Divide without it."),
	[DV002] = X("DV002", "out-of-line helper", "Write it out."),
};

enum { MaxFuncs = 16 };

static struct func *funcs[MaxFuncs];
static const char *files[MaxFuncs];
static int lines[MaxFuncs];
static size_t nfuncs;
static struct result *kept[8]; /* nothing made here leaks, so that what outputs leak is seen */
static size_t nkept;

static void text(struct decoder *d, addr pc, const uint8_t *p, size_t n, int mode, char *buf, size_t size)
{
	(void)d, (void)p, (void)n, (void)mode;
	snprintf(buf, size, (pc & 0xff) == 0x1c ? "push %%ebx" : "call 0x%llx", (unsigned long long)pc + 0x40);
}

static bool decode(struct decoder *d, addr pc, const uint8_t *p, size_t n, int mode, struct insn *out)
{
	(void)d, (void)p, (void)n, (void)mode;
	*out = (struct insn){.len = 8};
	if ((pc & 0xff) == 8) { /* sub $imm,%esp */
		out->nops = 1;
		out->ops[0] = (struct op){OP_SUB, 4, 4, NoReg, 0, 0, false, 8};
	}
	return true;
}

static const struct arch arch = {.name = "386", .callsize = 4, .ptrsize = 4, .sp = 4, .minlen = 1, .text = text, .decode = decode};

const uint8_t *image_bytes(const struct image *im, addr a, size_t *n)
{
	static const uint8_t bytes[16];

	(void)im;
	*n = sizeof bytes;
	return a >= 0x1000 && a < 0x1000 + nfuncs * 0x100 ? bytes : NULL;
}

int image_mode(const struct image *im, addr a)
{
	(void)im, (void)a;
	return MODE_PLAIN;
}

const char *image_line(const struct image *im, addr a, int *line)
{
	size_t i = (a - 0x1000) / 0x100;

	(void)im;
	if (a < 0x1000 || i >= nfuncs)
		return NULL;
	*line = lines[i];
	return files[i];
}

struct func *image_func(const struct image *im, addr a)
{
	(void)im;
	return a >= 0x1000 && a < 0x1000 + nfuncs * 0x100 ? funcs[(a - 0x1000) / 0x100] : NULL;
}

struct func *image_at(const struct image *im, addr a)
{
	struct func *f = image_func(im, a);

	return f != NULL && f->start == a ? f : NULL;
}

struct func *image_named(const struct image *im, const char *name)
{
	struct func *found = NULL;
	size_t i;

	(void)im;
	for (i = 0; i < nfuncs; i++)
		if (strcmp(funcs[i]->name, name) == 0) {
			if (found != NULL)
				return NULL;
			found = funcs[i];
		}
	return found;
}

struct func *image_through(struct image *im, struct func *f)
{
	(void)im;
	return f;
}

struct func *image_resolver(struct image *im, struct func *f)
{
	(void)im;
	(void)f;
	return NULL;
}

static struct func *func(const char *name, const char *file, int line, uint8_t kind)
{
	struct func *f = mem_alloc(sizeof *f);

	f->name = name;
	f->start = 0x1000 + nfuncs * 0x100;
	f->end = f->start + 0x100;
	f->kind = kind;
	f->index = (unsigned)nfuncs;
	files[nfuncs] = file;
	lines[nfuncs] = line;
	funcs[nfuncs++] = f;
	return f;
}

static struct result *result(const char *path, const char *label, int64_t limit)
{
	struct result *r = kept[nkept++ % nelem(kept)] = mem_alloc(sizeof *r);

	r->image = mem_alloc(sizeof *r->image);
	r->image->path = path;
	r->image->arch = &arch;
	r->image->decoder = (struct decoder *)funcs; /* anything but nil */
	r->image->funcs = funcs;
	r->image->nfuncs = nfuncs;
	r->image->textbytes = 4096;
	r->label = label;
	r->limit = limit;
	r->roots = mem_alloc(8 * sizeof *r->roots);
	r->findings = mem_alloc(8 * sizeof *r->findings);
	r->nfuncs = r->analyzed = (unsigned)nfuncs;
	r->exact = (unsigned)nfuncs;
	r->ninsns = 100;
	r->ncallsites = 10;
	r->cfichecked = 90;
	r->seconds = 0.25;
	return r;
}

static void step(struct chain *c, struct func *f, addr offset, int64_t uses, int64_t call)
{
	struct step *s;

	if (c->steps == NULL)
		c->steps = mem_alloc(8 * sizeof *c->steps);
	s = &c->steps[c->nsteps++];
	*s = (struct step){.f = f, .pc = f->start + offset, .uses = uses, .call = call};
	if (!known(c->used) || !known(uses))
		c->used = known(c->used) || uses == UNBOUNDED ? uses : c->used;
	else
		c->used += uses + call;
	if (known(uses))
		c->atleast += uses + call;
	s->left = c->limit - c->atleast;
}

static struct root *root(struct result *r, struct chain c)
{
	r->roots[r->nroots] = (struct root){c.steps[0].f, c};
	return &r->roots[r->nroots++];
}

static struct finding *finding(struct result *r, enum rule rule, struct func *f, addr offset, const char *message)
{
	struct finding *e = &r->findings[r->nfindings++];

	*e = (struct finding){.rule = rule, .f = f, .pc = f->start + offset, .message = mem_dup(message)};
	r->nnew = r->nfindings;
	return e;
}

/* The sample of a finding in the tool's manual. */
static struct result *overflow(bool over)
{
	struct func *a = func("notetsleepg", "core/lock_futex.c", 171, FUNC_NOSPLIT), *b = func("notetsleep", "core/lock_futex.c", 140, FUNC_NOSPLIT);
	struct func *c = func("futexsleep", "./os/x/../linux/sleep.c", 36, FUNC_NOSPLIT), *d = func("timediv", "core/timediv.c", 9, FUNC_NOSPLIT);
	struct result *r = result("build/386-linux/test/S04", "386/linux", 128);
	struct chain chain = {.limit = 128, .cfichecked = 42}, leaf = {.limit = 128, .quality = Q_BOUND};
	struct finding *e;

	step(&chain, a, 0x20, 8, 4);
	step(&chain, b, 0x2f, over ? 44 : 36, 4);
	step(&chain, c, 0x44, 56, 4);
	step(&chain, d, 0x1c, 8, 4);
	chain.steps[1].pc = b->start + 0x2f;
	chain.steps[2].biggest = true;
	step(&leaf, d, 0x1c, 8, 4);
	root(r, leaf);
	root(r, chain);
	if (!over)
		return r;
	e = finding(r, NS001, a, 0x20, "nosplit stack overflow: 132 of 128 bytes, 4 over");
	e->chain = chain;
	e->shrink = c;
	e->shrinkby = 4;
	e->fixes = 3;
	return r;
}

static struct result *unknown(void)
{
	struct func *a = func("main", NULL, 0, FUNC_UNKNOWN), *b = func("walk", "/usr/src/tree/walk.c", 7, FUNC_UNKNOWN);
	struct func *c = func("sub_1200", NULL, 0, FUNC_UNKNOWN);
	struct result *r = result("prog", "prog", -1);
	struct chain grows = {.limit = -1, .quality = Q_BOUND}, lost = {.limit = -1, .quality = Q_UNKNOWN};
	struct finding *e;

	c->origin = FROM_CALL;
	step(&grows, a, 0x10, 40, 8);
	step(&grows, b, 0x18, UNBOUNDED, 0);
	step(&lost, c, 0x18, 16, 8);
	step(&lost, a, 0x18, UNKNOWN, 8);
	root(r, grows);
	root(r, lost);
	e = finding(r, NS003, b, 0x18, "walk calls itself");
	e->chain = grows;
	e->hint = mem_dup("Give it a depth.");
	finding(r, NS002, c, 0x18, "nobody knows whom sub_1200 calls here");
	finding(r, NS002, c, 0x20, "nobody knows whom sub_1200 calls here");
	return r;
}

/* What a file may hold that wants to be taken for something else. */
static struct result *hostile(void)
{
	static const char evil[] = "a\n::error file=x::no%0A\033[31m\xff\"'<script>alert(1)</script>&]]>|`*_@x\\\t\xe2\x80\xae\xe2\x80\x8b\xef\xbf\xbf\x7f";
	struct func *a = func(evil, "dir with space/\"a\":b,c%.c", 3, FUNC_NOSPLIT), *b = func("", "\033]0;title\a.c", 4, FUNC_ASM);
	struct func *c = func("twice", "x.c", 5, FUNC_LEAF), *d = func("twice", "x.c", 6, FUNC_SPLIT);
	struct result *r = result("p\nq\"<&.elf", "386/<linux>\n", 16);
	struct chain one = {.limit = 16}, two = {.limit = 0, .cfichecked = 7, .cfibad = 2};
	struct finding *e;

	step(&one, a, 0x10, 16, 4);
	step(&one, b, 0x1c, 0, 0);
	step(&two, d, 0x1c, 0, 0);
	root(r, one);
	root(r, two);
	e = finding(r, NS001, a, 0x10, "over\n::warning::me \033[2J </pre>");
	e->chain = one;
	e->hint = mem_dup("hint\r\n<b>");
	finding(r, NS008, c, 0x10, "\xc3\xa4 \xf0\x9f\x98\x80 \xed\xa0\x80 is valid but for the last");
	finding(r, NS008, d, 0x10, "");
	return r;
}

static struct result *changed(bool new)
{
	struct result *r = overflow(new);
	struct func *f = func(new ? "appeared" : "gone", "core/x.c", 1, FUNC_NOSPLIT), *g = func("recurses", "core/x.c", 2, FUNC_ASM);
	struct chain c = {.limit = 128}, d = {.limit = 128};

	r->image->nfuncs = nfuncs;
	step(&c, f, 0x1c, 20, 4);
	root(r, c);
	step(&d, g, 0x1c, new ? 12 : UNBOUNDED, 4);
	root(r, d);
	r->findings[r->nfindings++] = (struct finding){.rule = NS002, .f = g, .pc = g->start + 8, .message = mem_dup("nobody knows")};
	if (new)
		r->findings[r->nfindings++] = (struct finding){.rule = NS002, .f = g, .pc = g->start + 16, .message = mem_dup("nobody knows")};
	r->nnew = r->nfindings;
	return r;
}

struct result *fake(const char *name)
{
	static struct func *all[8][MaxFuncs];

	if (nfuncs > 0 && nkept < nelem(all))
		memcpy(all[nkept], funcs, sizeof funcs);
	nfuncs = 0;
	if (strcmp(name, "overflow") == 0 || strcmp(name, "clean") == 0)
		return overflow(name[0] == 'o');
	if (strcmp(name, "unknown") == 0)
		return unknown();
	if (strcmp(name, "hostile") == 0)
		return hostile();
	if (strcmp(name, "old") == 0 || strcmp(name, "new") == 0)
		return changed(name[0] == 'n');
	return NULL;
}

struct chain chain_from(struct image *im, struct func *f, int64_t limit)
{
	struct chain c = {.limit = limit};

	(void)im;
	step(&c, f, 0x10, 12, 4);
	step(&c, funcs[nfuncs - 1], 0x1c, 20, 4);
	return c;
}
