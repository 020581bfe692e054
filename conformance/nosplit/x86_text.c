/*
 * x86_text.c - an instruction as objdump shows it.
 *
 * Depends on Zydis's AT&T style, and turns its spelling into that of the GNU tools where the
 * two differ in what people read most: jumps, conditions, extending moves.
 */
#include "x86.h"

#include <string.h>

void x86_text_init(struct decoder *d)
{
	ZydisFormatter *f = &d->formatter;

	ZydisFormatterInit(f, ZYDIS_FORMATTER_STYLE_ATT);
	ZydisFormatterSetProperty(f, ZYDIS_FORMATTER_PROP_HEX_UPPERCASE, ZYAN_FALSE);
	ZydisFormatterSetProperty(f, ZYDIS_FORMATTER_PROP_FORCE_RELATIVE_RIPREL, ZYAN_TRUE);
	ZydisFormatterSetProperty(f, ZYDIS_FORMATTER_PROP_ADDR_PADDING_ABSOLUTE, ZYDIS_PADDING_DISABLED);
	ZydisFormatterSetProperty(f, ZYDIS_FORMATTER_PROP_ADDR_PADDING_RELATIVE, ZYDIS_PADDING_DISABLED);
	ZydisFormatterSetProperty(f, ZYDIS_FORMATTER_PROP_DISP_PADDING, ZYDIS_PADDING_DISABLED);
	ZydisFormatterSetProperty(f, ZYDIS_FORMATTER_PROP_IMM_PADDING, ZYDIS_PADDING_DISABLED);
	ZydisFormatterSetProperty(f, ZYDIS_FORMATTER_PROP_IMM_SIGNEDNESS, ZYDIS_SIGNEDNESS_UNSIGNED);
}

/* Conditions and conversions; Intel's name first. */
static const char *const spellings[][2] = {
	{"nz", "ne"}, {"z", "e"}, {"nb", "ae"}, {"nbe", "a"}, {"nl", "ge"}, {"nle", "g"},
}, *const conversions[][2] = {
	{"cbw", "cbtw"}, {"cwde", "cwtl"}, {"cdqe", "cltq"}, {"cwd", "cwtd"}, {"cdq", "cltd"}, {"cqo", "cqto"},
};

static const char *suffix(unsigned bits)
{
	return bits == 8 ? "b" : bits == 16 ? "w" : bits == 32 ? "l" : "q";
}

static const char *after(const char *s, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(s, prefix, n) == 0 ? s + n : NULL;
}

/* The GNU name of the instruction that Zydis calls name. */
static void respell(const ZydisDecodedInstruction *zi, const ZydisDecodedOperand *z, const char *name,
	char *buf, size_t size)
{
	static const char *const families[] = {"j", "set", "cmov"};
	const char *rest;
	size_t i, k;

	switch (zi->mnemonic) {
	case ZYDIS_MNEMONIC_MOVZX: case ZYDIS_MNEMONIC_MOVSX: case ZYDIS_MNEMONIC_MOVSXD:
		snprintf(buf, size, "mov%s%s%s", zi->mnemonic == ZYDIS_MNEMONIC_MOVZX ? "z" : "s",
			suffix(z[1].size), suffix(z[0].size));
		return;
	case ZYDIS_MNEMONIC_NOP:
		snprintf(buf, size, "nop%s", zi->operand_count_visible ? suffix(z[0].size) : "");
		return;
	case ZYDIS_MNEMONIC_MOV:
		if (zi->raw.imm[0].size == 64 || zi->raw.disp.size == 64) {
			snprintf(buf, size, "movabs");
			return;
		}
		break;
	default:
		break;
	}
	for (i = 0; i < nelem(conversions); i++)
		if (strcmp(name, conversions[i][0]) == 0) {
			snprintf(buf, size, "%s", conversions[i][1]);
			return;
		}
	for (k = 0; k < nelem(families); k++)
		if ((rest = after(name, families[k])) != NULL)
			for (i = 0; i < nelem(spellings); i++)
				if (strcmp(rest, spellings[i][0]) == 0) {
					snprintf(buf, size, "%s%s", families[k], spellings[i][1]);
					return;
				}
	snprintf(buf, size, "%.31s", name);
}

static bool isprefix(const char *word)
{
	static const char *const words[] = {"lock", "rep", "repz", "repe", "repnz", "repne", "bnd", "notrack",
		"xacquire", "xrelease", "data16", "far"};
	size_t i;

	for (i = 0; i < nelem(words); i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

void x86_text(struct decoder *d, addr pc, const uint8_t *p, size_t n, int mode, char *buf, size_t size)
{
	ZydisDecodedInstruction zi;
	ZydisDecodedOperand z[ZYDIS_MAX_OPERAND_COUNT];
	char raw[256], name[32], out[256];
	size_t len = 0;
	char *s = raw, *end;

	(void)mode;
	if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&d->zydis, p, n, &zi, z)) ||
			!ZYAN_SUCCESS(ZydisFormatterFormatInstruction(&d->formatter, &zi, z,
				zi.operand_count_visible, raw, sizeof raw, pc, NULL))) {
		snprintf(buf, size, "(bad)");
		return;
	}
	for (;;) {
		end = s + strcspn(s, " ");
		if (*end == '\0')
			break;
		*end = '\0';
		if (!isprefix(s)) {
			*end = ' ';
			break;
		}
		len += (size_t)snprintf(out + len, sizeof out - len, "%s ", s);
		s = end + 1;
	}
	if (*end != '\0')
		*end++ = '\0';
	respell(&zi, z, s, name, sizeof name);
	len += (size_t)snprintf(out + len, sizeof out - len, "%s", name);
	if (zi.mnemonic == ZYDIS_MNEMONIC_NOP && (s = strchr(end, ',')) != NULL)
		end = s + 2; /* the register that a nop does not have */
	if (*end != '\0' && len < sizeof out - 2)
		out[len++] = ' ';
	if ((zi.mnemonic == ZYDIS_MNEMONIC_CALL || zi.mnemonic == ZYDIS_MNEMONIC_JMP) && *end != '*' &&
			(z[0].type == ZYDIS_OPERAND_TYPE_REGISTER || z[0].type == ZYDIS_OPERAND_TYPE_MEMORY))
		out[len++] = '*';
	for (; *end != '\0' && len < sizeof out - 1; end++)
		if (*end != ' ' || end[-1] != ',')
			out[len++] = *end;
	out[len] = '\0';
	snprintf(buf, size, "%s", out);
}
