/*
 * trace.c - from a log on stdin to depths on stdout, tab-separated, in two kinds of line:
 *	F	address	name	activations	own	total	open	worst own	worst total
 *	X	address of an instruction that was executed
 * own: deepest byte that the function itself used below the sp at its entry, over all its
 * activations; total: that and whatever it called or jumped to. The word that a call pushes
 * is the callee's side of the entry: it is in the caller's total only. open:
 * 1 if a function named dyn_, rec_ or ind_ was among them, whose depth no one can tell before.
 *
 * worst: where an activation aligned sp, the run saw one sp at entry out of several. Rounding
 * down took so many bytes; with the worst sp it would have taken unit - (what sp is a multiple
 * of anyway), and the same instructions would have reached that much deeper.
 *
 * An activation starts where control comes to the first instruction of a function by a call,
 * or by a jump or by running on (a tail call: its caller's activation stays below it); on arm
 * also where a call leads into the middle of a function, which then counts for its caller
 * alone. It ends where sp is above its entry (x86: the return address is gone), or at its
 * return address with sp back (arm). A cold part is its function's.
 */
#include "trace.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct activation {
	struct function *f;
	uint64_t entry, ret; /* sp; arm: the return address */
	uint64_t own, all;   /* lowest address used */
	uint64_t worstown, worstall; /* bytes below entry */
	uint64_t aligned, slack; /* sp was rounded down to here, and could have been by so much more */
	uint64_t pending, pendingslack; /* a copy of sp was */
	bool open;
};

static struct program program;
static struct activation stack[65536];
static size_t depth;

static struct function middle = {.name = "(the middle of one)"};

static uint64_t low(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static void raise_to(uint64_t *a, uint64_t b)
{
	if (b > *a)
		*a = b;
}

static void end(void)
{
	struct activation *a = &stack[--depth];
	uint64_t own = a->entry - a->own, all = a->entry - a->all;

	a->f->activations++;
	raise_to(&a->f->own, own);
	raise_to(&a->f->total, all);
	raise_to(&a->f->worstown, a->worstown);
	raise_to(&a->f->worsttotal, a->worstall);
	a->f->open |= a->open;
	if (depth > 0) {
		struct activation *caller = &stack[depth - 1];
		caller->all = low(caller->all, a->all);
		caller->open |= a->open;
		if (caller->entry + a->worstall >= a->entry) /* not the tail call of one that has popped more */
			raise_to(&caller->worstall, caller->entry - a->entry + caller->slack + a->worstall);
	}
}

/* The activation on top uses what is above reached. The ABI of arm has sp a multiple of 8 at
 * every entry; with -mstackrealign on x86 a caller may have it at any word. */
static void use(struct activation *a, const struct stepped *s, const struct effect *e)
{
	uint64_t reached = s->sp - e->below, word = program.machine == MACH_386 ? 4 : 8;

	if (s->sp > a->aligned)
		a->slack = 0;
	if (a->pending != 0 && s->sp == a->pending) {
		a->aligned = s->sp;
		a->slack += a->pendingslack;
		a->pending = 0;
	}
	a->own = low(a->own, reached);
	a->all = low(a->all, reached);
	if (reached < a->entry) {
		raise_to(&a->worstown, a->entry - reached + a->slack);
		raise_to(&a->worstall, a->entry - reached + a->slack);
	}
	if (e->unit > word) { /* done by this instruction: counts from the next one on */
		a->pending = e->to;
		a->pendingslack = e->unit - word - (e->from - e->to);
	}
}

static bool isopen(const struct function *f)
{
	return strncmp(f->name, "dyn_", 4) == 0 || strncmp(f->name, "rec_", 4) == 0 || strncmp(f->name, "ind_", 4) == 0;
}

static bool over(const struct activation *a, const struct stepped *s)
{
	if (program.machine == MACH_ARM)
		return s->pc == a->ret && s->sp >= a->entry;
	return s->sp > a->entry;
}

static void begin(struct function *f, const struct stepped *s, bool called)
{
	struct activation *top = depth > 0 ? &stack[depth - 1] : NULL;

	if (!called && top != NULL && (f->whole == top->f || (f == top->f && s->sp == top->entry)))
		return; /* a cold part; a loop around the whole function */
	if (depth == sizeof stack / sizeof stack[0]) {
		fprintf(stderr, "trace: more than %zu activations\n", depth);
		exit(2);
	}
	stack[depth++] = (struct activation){.f = f, .entry = s->sp, .ret = s->lr & ~(uint64_t)1, .own = s->sp, .all = s->sp, .open = isopen(f)};
}

int main(int argc, char **argv)
{
	struct stepped s = {0};
	struct function *f;
	struct effect effect;
	bool wascall = false;
	uint64_t lastpc = 0, steps = 0;
	uint8_t *executed;

	if (argc != 2) {
		fprintf(stderr, "usage: trace IMAGE <log\n");
		return 2;
	}
	program_read(&program, argv[1]);
	executed = calloc(program.textend - program.textstart, 1);
	for (; log_step(program.machine, &s); steps++) {
		if (steps == 0)
			program.bias = s.pc - program.entry;
		uint64_t pc = s.pc - program.bias;
		while (depth > 0 && over(&stack[depth - 1], &s))
			end();
		f = program_function(&program, pc);
		if (program.machine == MACH_ARM)
			wascall = (s.lr & ~(uint64_t)1) - lastpc <= 4 && (s.lr & ~(uint64_t)1) - lastpc >= 2;
		if (f != NULL && f->start == pc)
			begin(f, &s, wascall);
		else if (f != NULL && wascall && program.machine == MACH_ARM)
			begin(&middle, &s, true);
		effect = program.machine == MACH_ARM ? effect_arm(&program, &s) : effect_x86(&program, &s);
		if (depth > 0)
			use(&stack[depth - 1], &s, &effect);
		if (pc >= program.textstart && pc < program.textend)
			executed[pc - program.textstart] = 1;
		wascall = effect.call;
		lastpc = s.pc;
	}
	while (depth > 0)
		end();
	if (steps == 0) {
		fprintf(stderr, "trace: no step in the log\n");
		return 2;
	}
	for (size_t i = 0; i < program.nfunctions; i++)
		if ((f = &program.functions[i])->activations > 0)
			printf("F\t%" PRIx64 "\t%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%d\t%" PRIu64 "\t%" PRIu64 "\n", f->start, f->name, f->activations,
			       f->own, f->total, f->open, f->worstown, f->worsttotal);
	for (uint64_t pc = program.textstart; pc < program.textend; pc++)
		if (executed[pc - program.textstart])
			printf("X\t%" PRIx64 "\n", pc);
	return 0;
}
