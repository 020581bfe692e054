/*
 * log.c - what qemu-user 7.2 writes for -d cpu, before each instruction:
 *	amd64	RAX=%016x RBX= RCX= RDX= / RSI= RDI= RBP= RSP= / R8 = ... / RIP=
 *	386	EAX=%08x ... / EIP=
 *	arm	R00=%08x R01= R02= R03= ... R15= / PSR=
 * Other lines (flags, segments, what the program itself prints) are passed over.
 */
#include "trace.h"

#include <stdio.h>
#include <string.h>

/* Numbers of the registers in the order in which the log has them, four a line. */
static const int x86order[16] = {0, 3, 1, 2, 6, 7, 5, 4, 8, 9, 10, 11, 12, 13, 14, 15};

static uint64_t hex(const char *p)
{
	uint64_t v = 0;

	for (;; p++)
		if (*p >= '0' && *p <= '9')
			v = v << 4 | (uint64_t)(*p - '0');
		else if (*p >= 'a' && *p <= 'f')
			v = v << 4 | (uint64_t)(*p - 'a' + 10);
		else
			return v;
}

/* Four registers NAME=value, from number first on in the log's order. */
static void four(struct stepped *s, const char *line, int first, const int *order)
{
	const char *p = line;

	for (int i = 0; i < 4 && (p = strchr(p, '=')) != NULL; i++) {
		p++;
		s->reg[order != NULL ? order[first + i] : first + i] = hex(p);
	}
}

static bool x86line(struct stepped *s, const char *line)
{
	const char *r = line + 1;

	if ((line[0] == 'R' && line[1] >= '8') || line[0] == 'E' || line[0] == 'R') {
		if (memcmp(r, "AX=", 3) == 0)
			four(s, line, 0, x86order);
		else if (memcmp(r, "SI=", 3) == 0)
			four(s, line, 4, x86order);
		else if (memcmp(r, "8 =", 3) == 0)
			four(s, line, 8, x86order);
		else if (memcmp(r, "12=", 3) == 0)
			four(s, line, 12, x86order);
		else if (memcmp(r, "IP=", 3) == 0) {
			s->pc = hex(line + 4);
			s->sp = s->reg[4];
			return true;
		}
	}
	return false;
}

static bool armline(struct stepped *s, const char *line)
{
	if (memcmp(line, "PSR=", 4) == 0) {
		s->psr = (uint32_t)hex(line + 4);
		s->sp = s->reg[13];
		s->lr = s->reg[14];
		s->pc = s->reg[15];
		return true;
	}
	if (line[0] == 'R' && line[3] == '=' && line[1] >= '0' && line[1] <= '1')
		four(s, line, (line[1] - '0') * 10 + line[2] - '0', NULL);
	return false;
}

bool log_step(enum machine machine, struct stepped *s)
{
	char line[512];

	while (fgets_unlocked(line, sizeof line, stdin) != NULL) {
		if (line[0] == '\0' || line[1] == '\0' || line[2] == '\0' || line[3] == '\0')
			continue;
		if (machine == MACH_ARM ? armline(s, line) : x86line(s, line))
			return true;
	}
	return false;
}
