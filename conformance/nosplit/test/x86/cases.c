/*
 * cases.c - ops of single instructions against the file of cases.
 *
 * A case is a line "WIDTH <tab> instruction <tab> ops"; WIDTH 64, 32 or any; v64, v32: a stub
 * that jumps, and what veneer() makes of it. run.sh has the
 * assembler put case k of the width into bytes 32 k to 32 k + 31, padded with 0xcc.
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>

enum { Slot = 32, Base = 0x40000000 };

static bool mine(const struct arch *a, const char *width)
{
	return strcmp(width, "any") == 0 || atoi(width + (*width == 'v')) == a->ptrsize * 8;
}

/* Registers in "any" cases are written as in 64 bits, word sizes as W. */
static void widen(const struct arch *a, const char *from, char *to, size_t size)
{
	size_t n = 0;

	for (; *from != '\0' && n < size - 1; from++) {
		if (*from == 'W')
			to[n++] = (char)('0' + a->ptrsize);
		else if (*from == 'R')
			to[n++] = a->ptrsize == 8 ? 'r' : 'e';
		else
			to[n++] = *from;
	}
	to[n] = '\0';
}

static int check_veneer(const struct arch *a, struct decoder *d, addr pc, const uint8_t *p, const char *expected, char *got, size_t size)
{
	addr slot, target;
	uint8_t mode;

	if (!a->veneer(d, pc, p, Slot, MODE_PLAIN, &slot, &target, &mode))
		snprintf(got, size, "none");
	else if (slot - pc < 0x1000 || target - pc < 0x1000)
		snprintf(got, size, "%s pc+%#llx", slot ? "slot" : "target", (unsigned long long)(slot + target - pc));
	else
		snprintf(got, size, "%s %#llx", slot ? "slot" : "target", (unsigned long long)(slot + target));
	return strcmp(expected, got) != 0;
}

static int check(const struct arch *a, struct decoder *d, addr pc, const uint8_t *p, const char *expected, char *got, size_t size)
{
	struct insn in;
	unsigned i;

	memset(&in, 0xa5, sizeof in); /* what decode() leaves unset shows */
	if (!a->decode(d, pc, p, Slot, MODE_PLAIN, &in)) {
		snprintf(got, size, "(not decoded)");
		return strcmp(expected, "(not decoded)") != 0;
	}
	show(a, pc, &in, got, size);
	for (i = in.len; i < Slot; i++)
		if (p[i] != 0xcc) {
			snprintf(got, size, "(%u bytes decoded)", in.len);
			return 1;
		}
	for (i = 0; i < in.nops; i++)
		if ((in.ops[i].kind == OP_FLAGS || in.ops[i].kind == OP_CMP) && !in.writesflags) {
			snprintf(got, size, "(writes flags and does not say so)");
			return 1;
		}
	return strcmp(expected, got) != 0;
}

int cases(const struct arch *a, const char *list, const char *binary)
{
	struct decoder *d = a->open(a, false);
	size_t n, k = 0;
	uint8_t *p = slurp(binary, &n);
	FILE *f = fopen(list, "r");
	char line[1024], expected[1024], got[1024];
	unsigned failed = 0, number = 0;

	if (f == NULL)
		fatal("%s: cannot be opened", list);
	while (fgets(line, sizeof line, f) != NULL) {
		char *width, *text, *ops, *save;

		number++;
		if (line[0] == '#' || line[0] == '\n')
			continue;
		line[strcspn(line, "\n")] = '\0';
		width = strtok_r(line, "\t", &save);
		text = strtok_r(NULL, "\t", &save);
		ops = strtok_r(NULL, "\t", &save);
		if (width == NULL || text == NULL)
			fatal("%s:%u: expected three fields", list, number);
		if (!mine(a, width))
			continue;
		if ((k + 1) * Slot > n)
			fatal("%s: ends before %s:%u", binary, list, number);
		widen(a, ops != NULL ? ops : "", expected, sizeof expected);
		if ((*width == 'v' ? check_veneer : check)(a, d, Base + k * Slot, p + k * Slot, expected, got, sizeof got) ||
				!both_agree(a, d, Base + k * Slot, p + k * Slot, Slot)) {
			printf("%s:%u: %s %s\n\texpected %s\n\tfound    %s\n", list, number, a->name, text, expected, got);
			failed++;
		}
		k++;
	}
	printf("%s: %zu cases, %u failed\n", a->name, k, failed);
	fclose(f);
	free(p);
	a->close(d);
	return failed != 0;
}
