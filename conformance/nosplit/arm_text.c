/*
 * arm_text.c - instructions as text: Capstone's, spelt as objdump does.
 *
 * Depends on arm.h and Capstone. Immediates are decimal, targets bare hexadecimal, r9 is r9.
 * An instruction in an IT block shows its condition if the IT has been decoded before.
 */
#include "arm.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Of a direct branch, whose only or last #imm is an address. */
static bool branches(const cs_insn *in)
{
	const char *m = in->mnemonic;

	if (m[0] == 'c')
		return strcmp(m, "cbz") == 0 || strcmp(m, "cbnz") == 0;
	return m[0] == 'b' && strncmp(m, "bkpt", 4) != 0 && strncmp(m, "bf", 2) != 0 && strncmp(m, "bic", 3) != 0;
}

/* Copies operands: "#0x10" to "#16", "sb" to "r9"; in a branch "#0x10" to "10". */
static void operands(const char *s, bool branch, char *buf, size_t size)
{
	size_t n = 0;
	const char *start = s;
	char *end;

	while (*s != '\0' && n + 24 < size) {
		bool word = s > start && (s[-1] == '_' || isalnum((unsigned char)s[-1]));

		if (*s == '#' && strchr("-0", s[1]) != NULL && s[1] != '\0') {
			bool minus = s[1] == '-';
			unsigned long v = strtoul(s + 1 + minus, &end, 0);

			if (end == s + 1 + minus || *end == '.') { /* a floating-point one */
				buf[n++] = *s++;
				continue;
			}
			if (branch)
				n += snprintf(buf + n, size - n, "%lx", v);
			else
				n += snprintf(buf + n, size - n, "#%s%d", minus ? "-" : "", (int)(uint32_t)v);
			s = end;
		} else if (!word && s[0] == 's' && s[1] == 'b' && (s[2] == '\0' || strchr(",]}! ", s[2]) != NULL)) {
			buf[n++] = 'r';
			buf[n++] = '9';
			s += 2;
		} else {
			buf[n++] = *s++;
		}
	}
	buf[n] = '\0';
}

static void spell(const cs_insn *in, char *buf, size_t size)
{
	char ops[192];

	operands(in->op_str, branches(in), ops, sizeof ops);
	snprintf(buf, size, "%s%s%s", in->mnemonic, ops[0] == '\0' ? "" : " ", ops);
}

void arm_text(struct decoder *d, addr pc, const uint8_t *p, size_t n, int mode, char *buf, size_t size)
{
	unsigned state = mode == MODE_THUMB ? arm_itstate(d, pc, p, n) : 0;
	uint8_t code[6] = {state, 0xbf};
	int len, it = state != 0 ? 2 : 0;
	uint32_t w;
	cs_insn *in;
	size_t got = 0, want;

	if (size == 0)
		return;
	mode = mode == MODE_THUMB ? MODE_THUMB : MODE_PLAIN; /* -1: data, shown as A32 */
	len = arm_fetch(d, p, n, mode, &w);
	if (len == 0) {
		snprintf(buf, size, "(nothing there)");
		return;
	}
	if (mode == MODE_THUMB && len == 4)
		w = w << 16 | w >> 16;
	for (int i = 0; i < len; i++)
		code[it + i] = w >> 8 * i;
	/* Only the last instruction of a block of one, or Capstone would wait for more. */
	if (it != 0)
		code[0] = (state & 0xf0) | 8;
	want = it != 0 ? 2 : 1;
	for (int i = 0; i < 2 && got != want; i++) {
		if (got != 0)
			cs_free(in, got);
		got = cs_disasm(d->cs[mode][i], code, it + len, pc - it, 0, &in);
	}
	if (got == want)
		spell(&in[got - 1], buf, size);
	else
		snprintf(buf, size, len == 2 ? ".inst.n 0x%04x" : ".inst 0x%08x", w);
	if (got != 0)
		cs_free(in, got);
}
