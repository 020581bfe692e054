/*
 * listing.c - reads what objdump -d -z prints of an arm image: addresses, bytes, text.
 *
 * Depends on GNU objdump's layout: "address:<tab>bytes<tab>mnemonic<tab>operands", the bytes
 * of A32 as one word, of T32 as halfwords. Data is what it shows as .word, .short or .byte.
 */
#include "listing.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void byte(struct listing *l, unsigned b)
{
	l->bytes = mem_grow(l->bytes, l->nbytes, &l->capbytes, 1);
	l->bytes[l->nbytes++] = (uint8_t)b;
}

/* The bytes of one line, and its mode as far as they tell. */
static void bytes(struct listing *l, struct line *ln, const char *s)
{
	char *end;

	ln->mode = MODE_PLAIN;
	while (isxdigit((unsigned char)*s)) {
		unsigned long v = strtoul(s, &end, 16);
		int n = (int)(end - s) / 2;

		if (n == 2)
			ln->mode = MODE_THUMB;
		for (int i = 0; i < n; i++)
			byte(l, v >> 8 * i & 0xff);
		ln->len += n;
		s = *end == ' ' ? end + 1 : end;
	}
}

static char *text(char *s)
{
	char *end = strpbrk(s, "@;\n"), *to = s;

	if (end != NULL)
		*end = '\0';
	for (char *p = s; *p != '\0'; p++) {
		bool blank = *p == ' ' || *p == '\t';

		if (!blank)
			*to++ = *p;
		else if (to > s && to[-1] != ' ')
			*to++ = ' ';
	}
	while (to > s && to[-1] == ' ')
		to--;
	*to = '\0';
	return mem_dup(s);
}

void listing_read(struct listing *l, FILE *f)
{
	char buf[4096], *colon, *tab;
	int number = 0;

	while (fgets(buf, sizeof buf, f) != NULL) {
		struct line ln = {.number = ++number};

		colon = strstr(buf, ":\t");
		if (colon == NULL || (tab = strchr(colon + 2, '\t')) == NULL || strspn(buf, " 0123456789abcdef") != (size_t)(colon - buf))
			continue;
		ln.pc = strtoul(buf, NULL, 16);
		ln.at = l->nbytes;
		bytes(l, &ln, colon + 2);
		ln.text = text(tab + 1);
		if (ln.text[0] == '.')
			ln.mode = -1;
		l->lines = mem_grow(l->lines, l->n, &l->cap, sizeof *l->lines);
		l->lines[l->n++] = ln;
	}
	for (size_t i = l->n; i-- > 0;) {
		struct line *ln = &l->lines[i];

		ln->left = ln->len;
		if (i + 1 < l->n && ln[1].pc == ln->pc + ln->len)
			ln->left += ln[1].left;
	}
}

bool listing_decode(const struct listing *l, const struct line *ln, struct decoder *d, struct insn *in)
{
	return arch_arm.decode(d, ln->pc, l->bytes + ln->at, ln->left, ln->mode, in);
}
