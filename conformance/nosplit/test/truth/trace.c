/*
 * trace.c - from a log on stdin to depths on stdout, tab-separated, in two kinds of line:
 *	F	address	name	activations	own	total	open
 *	X	address of an instruction that was executed
 * own: deepest byte that the function itself used below the sp at its entry, over all its
 * activations; total: that and whatever it called or jumped to. The word that a call pushes
 * is the callee's side of the entry: it is in the caller's total only. open:
 * 1 if a function named dyn_, rec_ or ind_ was among them, whose depth no one can tell before.
 *
 * An activation starts where control comes to the first instruction of a function by a call,
 * or by a jump or by running on (a tail call: its caller's activation stays below it). It ends
 * where sp is above its entry (x86: the return address is gone), or at its return address
 * with sp back (arm). A cold part is its function's.
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
	bool open;
};

static struct program program;
static struct activation stack[65536];
static size_t depth;

static uint64_t low(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static void end(void)
{
	struct activation *a = &stack[--depth];
	uint64_t own = a->entry - a->own, all = a->entry - a->all;

	a->f->activations++;
	if (own > a->f->own)
		a->f->own = own;
	if (all > a->f->total)
		a->f->total = all;
	a->f->open |= a->open;
	if (depth > 0) {
		stack[depth - 1].all = low(stack[depth - 1].all, a->all);
		stack[depth - 1].open |= a->open;
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
	bool iscall, wascall = false;
	uint64_t lastpc = 0, reached, steps = 0;
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
		reached = s.sp - below(&program, &s, &iscall);
		if (depth > 0) {
			stack[depth - 1].own = low(stack[depth - 1].own, reached);
			stack[depth - 1].all = low(stack[depth - 1].all, reached);
		}
		if (pc >= program.textstart && pc < program.textend)
			executed[pc - program.textstart] = 1;
		wascall = iscall;
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
			printf("F\t%" PRIx64 "\t%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%d\n", f->start, f->name, f->activations, f->own,
			       f->total, f->open);
	for (uint64_t pc = program.textstart; pc < program.textend; pc++)
		if (executed[pc - program.textstart])
			printf("X\t%" PRIx64 "\n", pc);
	return 0;
}
